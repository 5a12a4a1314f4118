/** The secrets as an age file with a passphrase: what it holds, and what can be wrong with it. */
import * as v from 'valibot';
import { CertError } from '../errors.ts';
import { passphraseIdentity, passphraseRecipient, WrongPassphrase } from './scrypt-passphrase.ts';

/** The secrets by the name of their entry. */
export type Secrets = ReadonlyMap<string, string>;

const SCHEMA_VERSION = 1;

/** OWASP's floor for scrypt: about 0.4 s and 128 MB. */
const WORK_FACTOR = 17;

const json = v.pipe(v.string(), v.parseJson());
const contents = v.object({ schemaVersion: v.literal(SCHEMA_VERSION), secrets: v.record(v.string(), v.string()) });
const newer = v.looseObject({ schemaVersion: v.pipe(v.number(), v.gtValue(SCHEMA_VERSION)) });

/** The first line of every version of the format, up to its number. */
const FORMAT = 'age-encryption.org/v';

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
  const damaged = (detail: 'newer-version' | 'wrong-value') => new CertError('SECRETS_DAMAGED', { path, detail });
  if (isOfNewerFormat(bytes)) throw damaged('newer-version');
  const text = v.safeParse(json, await decrypted(bytes, passphrase, path));
  if (v.is(newer, text.output)) throw damaged('newer-version');
  const parsed = v.safeParse(contents, text.output);
  if (!parsed.success) throw damaged('wrong-value');
  return new Map(Object.entries(parsed.output.secrets));
}

function isOfNewerFormat(bytes: Uint8Array): boolean {
  const [line = ''] = Buffer.from(bytes.subarray(0, 100)).toString('latin1').split('\n', 1);
  return line.startsWith(FORMAT) && /^[2-9]\d*$|^1\d+$/.test(line.slice(FORMAT.length));
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
