import type { Fetch } from './http.ts';
import type { PageText } from './page-text.ts';
import type { Prompts } from './prompts.ts';
import type { SecretStore } from './secrets.ts';
import type { Clock, Random, RunSelf } from './surroundings.ts';

/** A stream that people or scripts read. */
export interface Output {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(chunk: string | Uint8Array, done?: (error?: Error | null) => void): boolean;
  once(event: 'drain' | 'error', listener: (error?: Error) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Everything outside of `cert`: the real machine in `main.ts`, small fakes in tests. */
export interface Machine {
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly pid: number;
  /** Asks whether a process is there. Throws as `process.kill(pid, 0)` does. */
  readonly signalProcess: (pid: number) => void;
  readonly systemLocale: string;
  readonly home: string | undefined;
  readonly cwd: string;
  /** When the process began. */
  readonly startedAt: Date;
  readonly stdin: AsyncIterable<Uint8Array | string> & { readonly isTTY?: boolean | undefined };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly clock: Clock;
  readonly random: Random;
  readonly newReference: () => string;
  /** Aborted with a CertError INTERRUPTED or TERMINATED as its reason. */
  readonly signal: AbortSignal;
  /** Loads the HTTP stack when the first request is due. */
  readonly fetch: () => Promise<Fetch>;
  /**
   * The keychain of the system, for one run; `interactive` when a person may look at its dialog. `onSlow` is called when
   * it does not answer for a while.
   */
  readonly keychain: (options: { interactive: boolean; onSlow: () => void }) => Promise<SecretStore>;
  /** Of the encrypted file: the base-2 logarithm of scrypt's N; undefined for the usual. */
  readonly passphraseWorkFactor?: number | undefined;
  /** Answers in place of a person; undefined for the real prompts. */
  readonly prompts?: Prompts | undefined;
  /** Reads the text of PDFs in processes of its own. */
  readonly pageText: () => Promise<PageText>;
  readonly openInViewer: (path: string) => Promise<void>;
  readonly runSelf: RunSelf;
}
