/**
 * The keychain of the system: Keychain on macOS, Credential Manager on Windows, the Secret Service on Linux.
 *
 * - A locked one answers "nothing there" to `getPassword` and `deletePassword`: that is told apart with a probe entry.
 * - One that waits for a person to unlock it may never answer: every call has a time limit.
 * - Its `findCredentials` can crash the process: it is not used.
 */
import { randomUUID } from 'node:crypto';
import type { SecretKey, SecretStore } from '../context.ts';
import { CertError, isCertError } from '../errors.ts';

const SERVICE = 'cert';
const TIME_LIMIT_MS = 3_000;
const MAX_DETAIL_CHARACTERS = 200;

/** What is used of keytar. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

/** Loaded when it is first needed: it is optional, and cannot be loaded on a Linux without libsecret. */
const loadKeytar = async (): Promise<Keytar> => (await import('keytar')).default;

/** Every method throws CertError SECRET_STORE_UNAVAILABLE or SECRET_STORE_LOCKED. */
export function createKeychain(load: () => Promise<Keytar> = loadKeytar, timeLimitMs = TIME_LIMIT_MS): SecretStore {
  const call = async <T>(action: (keytar: Keytar) => Promise<T>): Promise<T> => {
    try {
      return await within(timeLimitMs, load().then(action));
    } catch (error) {
      throw failure(error);
    }
  };
  const probe = () =>
    call(async (keytar) => {
      const account = `probe:${randomUUID()}`;
      await keytar.setPassword(SERVICE, account, account);
      if ((await keytar.getPassword(SERVICE, account)) !== account) throw locked();
      await keytar.deletePassword(SERVICE, account);
    });
  return {
    kind: 'keychain',
    probe,
    async get(key) {
      const secret = await call((keytar) => keytar.getPassword(SERVICE, accountOf(key)));
      if (secret === null) await probe();
      return secret ?? undefined;
    },
    set: (key, secret) => call((keytar) => keytar.setPassword(SERVICE, accountOf(key), secret)),
    async delete(key) {
      const deleted = await call((keytar) => keytar.deletePassword(SERVICE, accountOf(key)));
      if (!deleted) await probe();
      return deleted;
    },
  };
}

const accountOf = ({ entry, username, portal }: SecretKey) => `${entry}:${username}@${portal}`;

const locked = (cause?: unknown) => new CertError('SECRET_STORE_LOCKED', { store: 'keychain' }, { cause });

/** The words of libsecret and of macOS for a locked keychain. */
const SAYS_LOCKED = /\blocked\b|interaction is not allowed/i;

function failure(error: unknown): unknown {
  if (isCertError(error)) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (SAYS_LOCKED.test(text)) return locked(error);
  const detail = (text.split('\n', 1)[0] ?? '').slice(0, MAX_DETAIL_CHARACTERS);
  return new CertError('SECRET_STORE_UNAVAILABLE', { store: 'keychain', detail }, { cause: error });
}

async function within<T>(timeLimitMs: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeLimitMs / 1000} s`)), timeLimitMs);
  });
  try {
    return await Promise.race([answer, limit]);
  } finally {
    clearTimeout(timer);
  }
}
