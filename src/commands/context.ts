/**
 * Every port that a command may touch. Interfaces only: `main.ts` wires the real ones, tests wire small fakes.
 */
import type { Account, ConfigStore, Profile, SecretStore, Sessions, StoreKind } from '../ports/account.ts';
import type { Files } from '../ports/files.ts';
import type { Language } from '../ports/language.ts';
import type { Traces } from '../ports/local-data.ts';
import type { Portal } from '../ports/portal.ts';
import type { Submissions } from '../ports/submissions.ts';
import type { Prompts, Terminal } from '../ports/terminal.ts';
import type { TrustStore, Verifier } from '../ports/verification.ts';
import type { Wallet } from '../ports/wallet.ts';
import type { Messages } from '../ui/messages/en/index.ts';

export type * from '../ports/account.ts';
export type * from '../ports/files.ts';
export type * from '../ports/language.ts';
export type * from '../ports/local-data.ts';
export type * from '../ports/portal.ts';
export type * from '../ports/submissions.ts';
export type * from '../ports/terminal.ts';
export type * from '../ports/verification.ts';
export type * from '../ports/wallet.ts';

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

/** Another run of this very executable; `transcript` is both its streams as they came. */
export type RunSelf = (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
) => Promise<{ code: number; stdout: string; transcript: string }>;

interface Interruption {
  readonly signal: AbortSignal;
  /** What to tell the person when `cert` is interrupted from now on: what goes on at the portal, how to resume. */
  explain(line: string): void;
}

export interface Context {
  readonly options: GlobalOptions;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly language: Language;
  readonly messages: Messages;
  readonly clock: Clock;
  /** When this run began. */
  readonly startedAt: Date;
  readonly random: Random;
  /** A fresh unguessable name: letters, digits and `-`. */
  readonly newReference: () => string;
  readonly terminal: Terminal;
  readonly prompts: Prompts;
  readonly config: ConfigStore;
  readonly interruption: Interruption;
  /** @throws CertError PROFILE_NOT_FOUND, ENVIRONMENT_INVALID */
  account(): Account;
  /** @throws CertError PORTAL_NOT_CONFIGURED, PORTAL_URL_INVALID, PORTAL_NOT_HTTPS */
  portal(): Promise<Portal>;
  /** @throws CertError TOKEN_REFUSED when the portal of this call does not take the token of a session */
  checkToken(accessToken: string): Promise<void>;
  /** Ends a profile's stored session at its portal, where there is one. */
  endSession(profile: Profile): Promise<void>;
  sessions(): Promise<Sessions>;
  secrets(kind: StoreKind): Promise<SecretStore>;
  submissions(): Promise<Submissions>;
  wallet(): Promise<Wallet>;
  files(): Promise<Files>;
  verifier(): Promise<Verifier>;
  trust(): Promise<TrustStore>;
  traces(): Promise<Traces>;
  /** Standard input to its end, for a secret: without the final line break. `flag` is what asked for it. */
  readSecretFromStdin(flag?: string): Promise<string>;
  /** Several secrets from standard input, a line each, in the order of the flags. @throws CertError INPUT_REQUIRED */
  readSecretLines(flags: readonly string[]): Promise<string[]>;
  /** Opens a file in the system's viewer. @throws CertError NO_VIEWER */
  openInViewer(path: string): Promise<void>;
  readonly runSelf: RunSelf;
}
