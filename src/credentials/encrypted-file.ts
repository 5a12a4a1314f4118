/**
 * Secrets in one encrypted file, for machines without a keychain.
 *
 * - The file is an age file: `age -d` opens it too. It appears whole or not at all; nothing is ever written as plain text.
 * - Changes are made under a lock, so that two processes do not lose each other's.
 * - Opening costs what the passphrase is worth: what was opened once is kept for the run, until the file changes.
 */
import { access, constants, mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeWhole } from '../disk/atomic.ts';
import { exclusively, type Locking } from '../disk/exclusive.ts';
import { notWritable } from '../disk/file-error.ts';
import { readOrdinary } from '../disk/ordinary-file.ts';
import { CertError, isCertError } from '../errors.ts';
import type { SecretKey, SecretStore } from '../ports/secrets.ts';
import { decryptSecrets, encryptSecrets, type Secrets } from './age-file.ts';
import type { Passphrases } from './passphrase.ts';

const MAX_FILE_BYTES = 1_048_576;

interface Dependencies {
  /** Absolute. Its folder is created for its owner only. */
  readonly path: string;
  readonly passphrases: Passphrases;
  readonly locking: Locking;
  /** Of new files: the base-2 logarithm of scrypt's N. */
  readonly workFactor?: number | undefined;
}

/**
 * Every method throws CertError PASSPHRASE_WRONG, SECRETS_DAMAGED or SECRET_STORE_UNAVAILABLE, and what
 * `passphrases` throw.
 */
export function createEncryptedFile({ path, passphrases, locking, workFactor }: Dependencies): SecretStore {
  const folder = dirname(path);
  let passphrase: string | undefined;
  let opened: { readonly bytes: Buffer; readonly secrets: Secrets } | undefined;

  /** The secrets in the file as it is now. */
  async function read(): Promise<Secrets> {
    const bytes = readBytes(path);
    if (bytes === undefined) return new Map();
    if (opened?.bytes.equals(bytes) !== true) opened = { bytes, secrets: await open(bytes) };
    return opened.secrets;
  }

  /** Asks for the passphrase, again where it does not fit and somebody can be asked. */
  async function open(bytes: Buffer): Promise<Secrets> {
    for (let attempt = 1, failure: unknown; ; attempt += 1) {
      const candidate = passphrase ?? (await passphrases.open(attempt));
      if (candidate === undefined) throw failure;
      try {
        const secrets = await decryptSecrets(bytes, candidate, path);
        passphrase = candidate;
        return secrets;
      } catch (error) {
        if (!isCertError(error, 'PASSPHRASE_WRONG')) throw error;
        failure = error;
        passphrase = undefined;
      }
    }
  }

  async function change(alter: (secrets: Map<string, string>) => boolean): Promise<boolean> {
    // Nobody waits for a lock while a person types.
    await unlock();
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return exclusively({ path, lockName: 'secrets', ...locking }, async () => {
      const secrets = new Map(await read());
      if (!alter(secrets)) return false;
      await write(secrets);
      return true;
    });
  }

  /** Proves the passphrase, or has one chosen for a new file. */
  async function unlock(): Promise<string> {
    await read();
    passphrase ??= await passphrases.choose();
    return passphrase;
  }

  async function write(secrets: Secrets): Promise<void> {
    opened = undefined;
    if (secrets.size === 0) return rm(path, { force: true });
    const bytes = await encryptSecrets(secrets, await unlock(), workFactor);
    await writeWhole(path, bytes);
    opened = { bytes: Buffer.from(bytes), secrets };
  }

  const available = <T>(action: () => Promise<T>): Promise<T> =>
    action().catch((error) => {
      throw unavailable(path, error);
    });

  return {
    kind: 'file',
    probe: () =>
      available(async () => {
        await unlock();
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await access(folder, constants.W_OK);
      }),
    get: (key) => available(async () => (await read()).get(nameOf(key))),
    set: (key, secret) =>
      available(async () => {
        await change(
          (secrets) => secrets.get(nameOf(key)) !== secret && secrets.set(nameOf(key), secret) !== undefined,
        );
      }),
    delete: (key) =>
      available(async () => (await read()).has(nameOf(key)) && change((secrets) => secrets.delete(nameOf(key)))),
  };
}

const nameOf = ({ entry, username, portal }: SecretKey) => `${entry}:${username}@${portal}`;

/** Undefined where there is no file. */
function readBytes(path: string): Buffer | undefined {
  try {
    return readOrdinary(path, MAX_FILE_BYTES);
  } catch (error) {
    if (isCertError(error, 'FILE_NOT_FOUND')) return undefined;
    if (!isCertError(error, 'FILE_NOT_READABLE')) throw error;
    const { detail } = error.params;
    throw detail === 'too-large'
      ? new CertError('SECRETS_DAMAGED', { path, detail })
      : new CertError('SECRET_STORE_UNAVAILABLE', { store: 'file', path, reason: detail }, error);
  }
}

/** A file that cannot be read or written, as a store that cannot be used. */
function unavailable(path: string, error: unknown): unknown {
  const known = notWritable(path, error);
  if (!isCertError(known, 'FILE_NOT_WRITABLE')) return error;
  return new CertError(
    'SECRET_STORE_UNAVAILABLE',
    { store: 'file', path, reason: known.params.detail },
    { cause: error },
  );
}
