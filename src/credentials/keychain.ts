/**
 * The keychain of the system: Keychain on macOS, Credential Manager on Windows, the Secret Service on Linux.
 *
 * A locked one answers "nothing there" to `getPassword` and `deletePassword`: that is told apart with a probe entry.
 */
import { randomUUID } from 'node:crypto';
import { CertError } from '../errors.ts';
import type { SecretKey, SecretStore } from '../ports/secrets.ts';
import type { Clock } from '../ports/surroundings.ts';
import { stayedLocked } from './keychain-failure.ts';
import { type ChildSurroundings, keytarInChild } from './keychain-process.ts';
import type { Keytar } from './keytar.ts';

const SERVICE = 'cert';
/** The most that Windows keeps in one entry (CRED_MAX_CREDENTIAL_BLOB_SIZE). */
const MAX_WINDOWS_BYTES = 2_560;

/** How long it may take to answer: while a person may be looking at its dialog, and where nobody can be. */
const PERSON_LIMIT_MS = 60_000;
const ALONE_LIMIT_MS = 3_000;

interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly clock: Pick<Clock, 'now'>;
}

/** The keychain of this system, in a process that starts at once. */
export const openKeychain = ({
  interactive,
  ...surroundings
}: Surroundings & Omit<ChildSurroundings, 'timeLimitMs'> & { readonly interactive: boolean }): SecretStore =>
  createKeychain(
    keytarInChild({ ...surroundings, timeLimitMs: interactive ? PERSON_LIMIT_MS : ALONE_LIMIT_MS }),
    surroundings,
  );

/** Every method throws what `keytar` throws, and SECRET_STORE_LOCKED or …_DISMISSED; `set` SECRET_TOO_LARGE too. */
export function createKeychain(keytar: Keytar, { platform, clock }: Surroundings): SecretStore {
  async function probe(): Promise<void> {
    const account = `probe:${randomUUID()}`;
    const startedAt = clock.now().getTime();
    await keytar.setPassword(SERVICE, account, account);
    const kept = await keytar.getPassword(SERVICE, account);
    if (kept !== account) throw stayedLocked(clock.now().getTime() - startedAt);
    await keytar.deletePassword(SERVICE, account);
  }
  return {
    kind: 'keychain',
    probe,
    async get(key) {
      const secret = await keytar.getPassword(SERVICE, accountOf(key));
      if (secret === null) await probe();
      return secret ?? undefined;
    },
    async set(key, secret) {
      const bytes = Buffer.byteLength(secret);
      if (platform === 'win32' && bytes > MAX_WINDOWS_BYTES)
        throw new CertError('SECRET_TOO_LARGE', { store: 'keychain', bytes, maxBytes: MAX_WINDOWS_BYTES });
      await keytar.setPassword(SERVICE, accountOf(key), secret);
    },
    async delete(key) {
      const deleted = await keytar.deletePassword(SERVICE, accountOf(key));
      if (!deleted) await probe();
      return deleted;
    },
  };
}

const accountOf = ({ entry, username, portal }: SecretKey) => `${entry}:${username}@${portal}`;
