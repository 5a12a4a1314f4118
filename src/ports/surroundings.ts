/** The words of the surroundings that everybody shares: options of this call, time, chance, the end of the run. */
export type Language = 'en' | 'zh-CN';

export interface GlobalOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly debug: boolean;
  readonly input: boolean;
  readonly color: boolean;
  readonly profile?: string | undefined;
  readonly portal?: string | undefined;
  readonly lang?: Language | undefined;
  readonly passphraseFile?: string | undefined;
}

export interface Clock {
  now(): Date;
  /** @throws CertError INTERRUPTED or TERMINATED as soon as the person or the system ends `cert`. */
  sleep(ms: number): Promise<void>;
}

/** A number in [0, 1), for jitter only. */
export type Random = () => number;

/**
 * Another run of this very executable, with `env` and what every program needs of the system; `transcript` is both its
 * streams as they came.
 */
export type RunSelf = (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
) => Promise<{ code: number; stdout: string; transcript: string }>;

export interface Interruption {
  readonly signal: AbortSignal;
  /** What to tell the person when `cert` is interrupted from now on: what goes on at the portal, how to resume. */
  explain(line: string): void;
}
