/**
 * The passphrase of an age file (age specification, "The scrypt recipient type"), over the derivation of Node: it takes
 * half the time of the library's own and does not block the process meanwhile.
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import type { Identity, Recipient, Stanza } from 'age-encryption';

/** More than that (1 GB, some seconds) is not done for a file that anybody may have written. */
const MAX_WORK_FACTOR = 20;

const LABEL = Buffer.from('age-encryption.org/v1/scrypt');
const SALT_BYTES = 16;
const TAG_BYTES = 16;
const FILE_KEY_BYTES = 16;
/** The derived key is used once: its nonce is fixed. */
const NONCE = Buffer.alloc(12);
const CIPHER = 'chacha20-poly1305';

/** `workFactor` is the base-2 logarithm of scrypt's N. */
export const passphraseRecipient = (passphrase: string, workFactor: number, makeStanza: typeof Stanza): Recipient => ({
  async wrapFileKey(fileKey) {
    const salt = randomBytes(SALT_BYTES);
    const cipher = createCipheriv(CIPHER, await derive(passphrase, salt, workFactor), NONCE, {
      authTagLength: TAG_BYTES,
    });
    const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
    return [new makeStanza(['scrypt', unpadded(salt), String(workFactor)], body)];
  },
});

export class WrongPassphrase extends Error {}

/** Throws WrongPassphrase; another Error for what is no file with a passphrase, or costs too much to open. */
export const passphraseIdentity = (passphrase: string): Identity => ({
  async unwrapFileKey(stanzas) {
    const [stanza, ...others] = stanzas;
    const [kind, salt = '', factor = ''] = stanza?.args ?? [];
    if (stanza === undefined || kind !== 'scrypt' || others.length > 0 || stanza.args.length !== 3)
      throw new Error('it is not encrypted with a passphrase');
    const saltBytes = Buffer.from(salt, 'base64');
    const isWhole = saltBytes.length === SALT_BYTES && stanza.body.length === FILE_KEY_BYTES + TAG_BYTES;
    if (!isWhole || !/^[1-9]\d?$/.test(factor)) throw new Error('its header is damaged');
    if (Number(factor) > MAX_WORK_FACTOR) throw new Error(`its work factor is too high (${factor})`);
    const decipher = createDecipheriv(CIPHER, await derive(passphrase, saltBytes, Number(factor)), NONCE, {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(stanza.body.subarray(FILE_KEY_BYTES));
    const fileKey = decipher.update(stanza.body.subarray(0, FILE_KEY_BYTES));
    try {
      decipher.final();
      return fileKey;
    } catch (error) {
      throw new WrongPassphrase('', { cause: error });
    }
  },
});

function derive(passphrase: string, salt: Buffer, workFactor: number): Promise<Buffer> {
  const cost = { N: 2 ** workFactor, r: 8, p: 1 };
  const maxmem = 2 * 128 * cost.N * cost.r;
  return new Promise((resolve, reject) =>
    scrypt(passphrase, Buffer.concat([LABEL, salt]), 32, { ...cost, maxmem }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    ),
  );
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
