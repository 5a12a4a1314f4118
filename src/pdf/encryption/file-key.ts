/** The key that a file is encrypted with, as the empty password opens it: the user's, or the owner's. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { type Digest, digestByOid, digestOf } from '../crypto/digests.ts';
import { rc4 } from './rc4.ts';

/** The entries of an /Encrypt dictionary that the key comes from (ISO 32000-2, table 21). */
export interface KeySource {
  /** 2 to 6. */
  readonly revision: number;
  /** 5 to 16; of no meaning from revision 5 on. */
  readonly keyBytes: number;
  /** /O and /U: 32 bytes each, from revision 5 on 48. */
  readonly owner: Buffer;
  readonly user: Buffer;
  /** /OE and /UE, 32 bytes each: from revision 5 on. */
  readonly ownerKey: Buffer;
  readonly userKey: Buffer;
  /** /P, 32 bits. */
  readonly permissions: number;
  /** The first half of the file's identifier. */
  readonly id: Buffer;
  readonly encryptsMetadata: boolean;
}

/** Undefined where the empty password is not the right one, and where this build of Node has no MD5 for an old file. */
export function fileKey(source: KeySource): Buffer | undefined {
  if (source.revision >= 5) return unwrapped(source);
  const md5 = digestByOid('1.2.840.113549.2.5');
  return md5 && (derived(source, PADDING, md5) ?? derived(source, userPassword(source, md5), md5));
}

const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const REPEATED_HASHES = 50;
const REPEATED_CIPHERS = 20;

/** Algorithms 2 and 6: the key by the user's password, padded to 32 bytes, where that is the right one. */
function derived(source: KeySource, password: Buffer, md5: Digest): Buffer | undefined {
  const { revision, owner, user, id, encryptsMetadata } = source;
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(source.permissions);
  const metadata = Buffer.alloc(revision >= 4 && !encryptsMetadata ? 4 : 0, 0xff);
  const keyBytes = keyBytesOf(source);
  let key = digestOf(md5, password, owner, permissions, id, metadata).subarray(0, keyBytes);
  if (revision === 2) return rc4(key, PADDING).equals(user) ? key : undefined;
  for (let round = 0; round < REPEATED_HASHES; round += 1) key = digestOf(md5, key).subarray(0, keyBytes);
  let check = digestOf(md5, PADDING, id);
  for (let round = 0; round < REPEATED_CIPHERS; round += 1) check = rc4(variant(key, round), check);
  return check.equals(user.subarray(0, check.length)) ? key : undefined;
}

/** Algorithm 7: the user's password, padded, that the owner's opens when it is empty. */
function userPassword(source: KeySource, md5: Digest): Buffer {
  let hash = digestOf(md5, PADDING);
  if (source.revision === 2) return rc4(hash.subarray(0, keyBytesOf(source)), source.owner);
  for (let round = 0; round < REPEATED_HASHES; round += 1) hash = digestOf(md5, hash);
  const key = hash.subarray(0, keyBytesOf(source));
  let password = source.owner;
  for (let round = REPEATED_CIPHERS - 1; round >= 0; round -= 1) password = rc4(variant(key, round), password);
  return password;
}

const keyBytesOf = ({ revision, keyBytes }: KeySource): number => (revision === 2 ? 5 : keyBytes);

const variant = (key: Buffer, round: number): Buffer => Buffer.from(key.map((byte) => byte ^ round));

/** Algorithm 2.A: the key is in the file, encrypted with the password. */
function unwrapped({ revision, owner, user, ownerKey, userKey }: KeySource): Buffer | undefined {
  const hash = revision === 5 ? sha256 : hardened;
  const opened = (check: Buffer, key: Buffer, beside: Buffer): Buffer | undefined => {
    if (!hash(check.subarray(32, 40), beside).equals(check.subarray(0, 32))) return undefined;
    const decipher = createDecipheriv('aes-256-cbc', hash(check.subarray(40, 48), beside), Buffer.alloc(16));
    return decipher.setAutoPadding(false).update(key);
  };
  return opened(user, userKey, Buffer.alloc(0)) ?? opened(owner, ownerKey, user);
}

const sha = (name: string) => ({ name, isWeak: false });
const sha256 = (...parts: readonly Buffer[]): Buffer => digestOf(sha('sha256'), ...parts);
const HASHES = [sha('sha256'), sha('sha384'), sha('sha512')];

/**
 * Algorithm 2.B, for the empty password: 64 rounds and as many more as the last byte asks for, which cannot be more
 * than 288 in all.
 */
function hardened(salt: Buffer, beside: Buffer): Buffer {
  let key = sha256(salt, beside);
  let last = 0;
  for (let round = 0; round < 64 || last > round - 32; round += 1) {
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(false);
    const repeated = Buffer.concat([key, beside]);
    const mixed = cipher.update(Buffer.alloc(64 * repeated.length, repeated));
    // The first 16 bytes are a number; its remainder by 3 is that of the sum of its bytes.
    const sum = mixed.subarray(0, 16).reduce((all, byte) => all + byte, 0);
    key = digestOf(HASHES[sum % 3] as Digest, mixed);
    last = mixed.at(-1) ?? 0;
  }
  return key.subarray(0, 32);
}
