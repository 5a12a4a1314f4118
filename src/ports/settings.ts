/** Settings and profiles on this machine, and which of them this call is about. */
import type { StoreKind } from './secrets.ts';
import type { Language } from './surroundings.ts';

export interface Profile {
  /** The portal's origin, such as `https://portal.example`. */
  readonly portal: string;
  readonly username: string;
  readonly store: StoreKind;
  /** What was stored last: a password with its session, a session alone, or nothing. A profile of old may not say. */
  readonly keeps?: 'password' | 'session' | 'nothing';
}

export interface Settings {
  readonly lang?: Language;
  readonly portal?: string;
  readonly days?: number;
  readonly output?: string;
}

export interface Config {
  readonly currentProfile: string | null;
  readonly profiles: Readonly<Record<string, Profile>>;
  readonly settings: Settings;
}

export interface ConfigStore {
  readonly path: string;
  /** @throws CertError CONFIG_INVALID when the file is damaged or from a newer version; it is left as it is. */
  read(): Config;
  /** Tries whether they can be read and changed. Leaves nothing behind. @throws CertError CONFIG_INVALID, FILE_NOT_WRITABLE */
  ensureWritable(): Promise<void>;
  /**
   * Changes what is in the file at that moment, one `cert` after the other; what `change` throws changes nothing. It may
   * be called more than once.
   * @throws CertError CONFIG_INVALID, FILE_NOT_WRITABLE
   */
  update(change: (config: Config) => Config): Promise<void>;
}

export type Source = 'flag' | 'environment' | 'profile' | 'config';

/** Which portal and account this call is about, and where each value came from. */
export interface Account {
  readonly profile: string | undefined;
  /** What named the profile; `config` where it is simply the current one. */
  readonly profileSource: Exclude<Source, 'profile'> | undefined;
  readonly portal: { readonly value: string; readonly source: Source } | undefined;
  readonly username: { readonly value: string; readonly source: Source } | undefined;
  readonly store: StoreKind | undefined;
}
