/** Settings, accounts, secrets and sessions on this machine. Interfaces only. */
import type { Session } from '../contract/schemas.ts';
import type { Language } from './language.ts';

export type StoreKind = 'keychain' | 'file' | 'none';

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

/** A secret's address in a store. */
export interface SecretKey {
  readonly portal: string;
  readonly username: string;
  readonly entry: 'password' | 'session';
}

/** Where secrets come from. */
export interface SecretSource {
  get(key: SecretKey): Promise<string | undefined>;
}

/** Where secrets are kept. Every method throws a CertError with exit code 11 where that is not possible. */
export interface SecretStore extends SecretSource {
  readonly kind: StoreKind;
  /** Whether secrets can be stored now. Leaves nothing behind. */
  probe(): Promise<void>;
  set(key: SecretKey, secret: string): Promise<void>;
  /** Whether there was one. */
  delete(key: SecretKey): Promise<boolean>;
}

/** A session of a login; of one that was made elsewhere nothing but the token may be known. */
export interface KeptSession {
  readonly accessToken: string;
  readonly expiresAt?: string | undefined;
  readonly holder?: Session['holder'] | undefined;
}

export interface ActiveSession extends KeptSession {
  readonly source: 'environment' | StoreKind;
}

export interface Sessions {
  /**
   * The session for authenticated calls: from the environment, else stored, else made once with a stored password.
   * @throws CertError LOGIN_REQUIRED, SESSION_EXPIRED where a stored one cannot be renewed, or what the portal answers
   * to the one attempt.
   */
  current(): Promise<ActiveSession>;
  /**
   * A new session in place of one that the portal refused; undefined where no password is at hand. It may be needed
   * many times in a long wait; a password that was refused once is not tried again.
   */
  renew(refused: ActiveSession): Promise<ActiveSession | undefined>;
  /**
   * Keeps the secrets of a fresh login and makes it the current profile, whose name it gives. A login without a
   * password cannot be renewed.
   */
  keep(login: {
    username: string;
    password?: string | undefined;
    session: KeptSession;
    store: StoreKind;
  }): Promise<string>;
  /** The session token that is stored for a profile, expired or not. */
  stored(profile: Profile): Promise<string | undefined>;
  /** Erases a profile's secrets here; the portal is not asked. */
  forget(profile: Profile): Promise<void>;
}
