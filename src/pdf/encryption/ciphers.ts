/** How the strings and streams of one object are decrypted (ISO 32000-2, 7.6.3: algorithms 1 and 1.A). */
import { createDecipheriv } from 'node:crypto';
import { digestOf } from '../crypto/digests.ts';
import { damaged, type ObjectId } from '../syntax/objects.ts';
import { rc4 } from './rc4.ts';

/** The names of the methods in crypt filters; V2 is RC4. */
export type Method = 'Identity' | 'V2' | 'AESV2' | 'AESV3';

/** @throws SyntaxFailure damaged, where the string was not encrypted with AES as the file says */
export function decryptedString(method: Method, fileKey: Buffer, id: ObjectId, written: Buffer): Buffer {
  if (method === 'Identity' || written.length === 0) return written;
  if (method === 'V2') return rc4(keyOf(fileKey, id), written);
  if (written.length % BLOCK_BYTES !== 0) throw damaged();
  const plain = withoutPadding(blocksOf(method, fileKey, id, written));
  if (plain === undefined) throw damaged();
  return plain;
}

/** A stream says by itself where it ends, so one that is badly padded is no worse for it. */
export function decryptedStream(method: Method, fileKey: Buffer, id: ObjectId, data: Buffer): Buffer {
  if (method === 'Identity') return data;
  if (method === 'V2') return rc4(keyOf(fileKey, id), data);
  const blocks = blocksOf(method, fileKey, id, data);
  return withoutPadding(blocks) ?? blocks;
}

const AES_SALT = Buffer.from('sAlT');
const MAX_KEY_BYTES = 16;
const MD5 = { name: 'md5', isWeak: true };

function keyOf(fileKey: Buffer, { number, generation }: ObjectId, salt: Buffer = Buffer.alloc(0)): Buffer {
  const id = Buffer.alloc(5);
  id.writeUIntLE(number % 2 ** 24, 0, 3);
  id.writeUIntLE(generation % 2 ** 16, 3, 2);
  return digestOf(MD5, fileKey, id, salt).subarray(0, Math.min(fileKey.length + id.length, MAX_KEY_BYTES));
}

const BLOCK_BYTES = 16;

/** The whole blocks behind the initialization vector, with the padding at their end. */
function blocksOf(method: 'AESV2' | 'AESV3', fileKey: Buffer, id: ObjectId, data: Buffer): Buffer {
  const end = data.length - (data.length % BLOCK_BYTES);
  if (end === 0) return data.subarray(0, 0);
  const key = method === 'AESV3' ? fileKey : keyOf(fileKey, id, AES_SALT);
  const decipher = createDecipheriv(`aes-${8 * key.length}-cbc`, key, data.subarray(0, BLOCK_BYTES));
  return decipher.setAutoPadding(false).update(data.subarray(BLOCK_BYTES, end));
}

function withoutPadding(blocks: Buffer): Buffer | undefined {
  const count = blocks.at(-1) ?? 0;
  const isPadded = count > 0 && count <= BLOCK_BYTES && blocks.subarray(-count).every((byte) => byte === count);
  return isPadded ? blocks.subarray(0, -count) : undefined;
}
