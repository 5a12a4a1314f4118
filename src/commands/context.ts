/** Every port that a command may touch: `cli/wiring.ts` makes the real ones, tests make small fakes. */

import type { Files } from '../ports/files.ts';
import type { HolderPortal } from '../ports/holder-portal.ts';
import type { LocalData } from '../ports/local-data.ts';
import type { PageText } from '../ports/page-text.ts';
import type { Portal } from '../ports/portal.ts';
import type { Prompts } from '../ports/prompts.ts';
import type { SecretStore, StoreKind } from '../ports/secrets.ts';
import type { Sessions } from '../ports/sessions.ts';
import type { Account, ConfigStore, Profile } from '../ports/settings.ts';
import type { Submissions } from '../ports/submissions.ts';
import type { Clock, GlobalOptions, Interruption, Language, Random, RunSelf } from '../ports/surroundings.ts';
import type { Terminal } from '../ports/terminal.ts';
import type { TrustStore } from '../ports/trust-store.ts';
import type { Verifier } from '../ports/verifier.ts';
import type { Wallet } from '../ports/wallet.ts';
import type { Messages } from '../ui/messages/en/index.ts';

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
  /** The same portal in the holder's session, which is found or made at the first call. @throws CertError as `portal` */
  holderPortal(): Promise<HolderPortal>;
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
  pageText(): Promise<PageText>;
  trust(): Promise<TrustStore>;
  localData(): Promise<LocalData>;
  /** Standard input to its end, for a secret: without the final line break. `flag` is what asked for it. */
  readSecretFromStdin(flag: string): Promise<string>;
  /** Several secrets from standard input, a line each, in the order of the flags. @throws CertError INPUT_REQUIRED */
  readSecretLines(flags: readonly string[]): Promise<string[]>;
  /** Opens a file in the system's viewer. @throws CertError NO_VIEWER */
  openInViewer(path: string): Promise<void>;
  readonly runSelf: RunSelf;
}
