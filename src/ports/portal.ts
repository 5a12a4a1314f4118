/** What a portal does for anybody, without a session. */
import type {
  Credentials,
  Lookup,
  LookupResult,
  Meta,
  Notice,
  QrLogin,
  QrLoginState,
  Registration,
  Session,
} from '../contract/schemas.ts';

/** One method a route of the contract. Every method may throw a CertError of the network or the portal. */
export interface Portal {
  readonly origin: string;
  meta(): Promise<Meta>;
  notice(): Promise<Notice>;
  register(registration: Registration): Promise<{ readonly username: string }>;
  startQrLogin(): Promise<QrLogin>;
  qrLogin(id: string): Promise<QrLoginState>;
  logIn(credentials: Credentials): Promise<Session>;
  /** The third-party check. */
  lookUp(facts: Lookup): Promise<LookupResult>;
}
