/** The sessions of this call: found, made, renewed and kept. */
import type { Session } from '../contract/schemas.ts';
import type { StoreKind } from './secrets.ts';
import type { Profile } from './settings.ts';

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
