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

/** A word of the portal for a status or a kind that this version does not know: it is passed on as it is. */
export interface UnknownWord {
  readonly of: 'certificateStatus' | 'certificateKind' | 'annotationStatus' | 'lookupStatus';
  readonly word: string;
  /** Of the certificate or the annotation; empty for a lookup. */
  readonly id: string;
}

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
