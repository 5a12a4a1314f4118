/** The secrets as an age file with a passphrase: what it holds, and what can be wrong with it. */
import * as v from 'valibot';
import { CertError } from '../errors.ts';
import { passphraseIdentity, passphraseRecipient, WrongPassphrase } from './scrypt-passphrase.ts';

/** The secrets by the name of their entry. */
export type Secrets = ReadonlyMap<string, string>;

const SCHEMA_VERSION = 1;

/** OWASP's floor for scrypt: about 0.4 s and 128 MB. */
const WORK_FACTOR = 17;

const contents = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ schemaVersion: v.literal(SCHEMA_VERSION), secrets: v.record(v.string(), v.string()) }),
);

export async function encryptSecrets(
  secrets: Secrets,
  passphrase: string,
  workFactor = WORK_FACTOR,
): Promise<Uint8Array> {
  const { Encrypter, Stanza } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.addRecipient(passphraseRecipient(passphrase, workFactor, Stanza));
  return encrypter.encrypt(JSON.stringify({ schemaVersion: SCHEMA_VERSION, secrets: Object.fromEntries(secrets) }));
}

/**
 * The secrets in the file at `path`, whose bytes are given. A passphrase that does not fit and a damaged seal of the
 * key cannot be told apart; everything else can.
 * @throws CertError PASSPHRASE_WRONG, SECRETS_DAMAGED
 */
export async function decryptSecrets(bytes: Uint8Array, passphrase: string, path: string): Promise<Secrets> {
  const parsed = v.safeParse(contents, await decrypted(bytes, passphrase, path));
  if (!parsed.success) throw new CertError('SECRETS_DAMAGED', { path, detail: 'wrong-value' });
  return new Map(Object.entries(parsed.output.secrets));
}

async function decrypted(bytes: Uint8Array, passphrase: string, path: string): Promise<string> {
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  decrypter.addIdentity(passphraseIdentity(passphrase));
  try {
    return await decrypter.decrypt(bytes, 'text');
  } catch (error) {
    if (error instanceof WrongPassphrase) throw new CertError('PASSPHRASE_WRONG', { path });
    throw new CertError('SECRETS_DAMAGED', { path, detail: 'damaged' }, { cause: error });
  }
}
