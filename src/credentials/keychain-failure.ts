import { CertError, type UnavailableReason } from '../errors.ts';

/** The words of libsecret and of macOS for a locked keychain. */
const LOCKED = /\blocked\b|interaction is not allowed/i;
/** The words of macOS, and of services that say it, when the person closes the dialog. */
const DISMISSED = /\bcancel|\bdismiss/i;
/** The words of libsecret without a bus or a service, and of Windows for a logon over the network. */
const NO_SERVICE = /d-?bus|org\.freedesktop\.secrets|could not connect|logon session/i;

/** No person closes a dialog that fast; a keychain that cannot show one says so at once. */
const SEEN_MS = 1_000;
const MAX_SAID_CHARACTERS = 200;

/** A keychain that stayed locked: after a moment in which a person saw its dialog, or at once. */
export const stayedLocked = (afterMs: number): CertError =>
  new CertError(afterMs < SEEN_MS ? 'SECRET_STORE_LOCKED' : 'SECRET_STORE_DISMISSED', { store: 'keychain' });

/** What keytar or its process said, as a failure that a person understands. */
export function keychainFailure(said: string, afterMs = 0, reason?: UnavailableReason): CertError {
  if (DISMISSED.test(said)) return new CertError('SECRET_STORE_DISMISSED', { store: 'keychain' });
  if (reason === undefined && LOCKED.test(said)) return stayedLocked(afterMs);
  const known = reason ?? (NO_SERVICE.test(said) ? 'no-service' : undefined);
  return new CertError('SECRET_STORE_UNAVAILABLE', {
    store: 'keychain',
    said: (said.split('\n', 1)[0] ?? '').slice(0, MAX_SAID_CHARACTERS),
    ...(known === undefined ? {} : { reason: known }),
  });
}
