/** SM2 signatures with SM3 (GB/T 32918.2), on the curve recommended there. */
import { createHash } from 'node:crypto';
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { bytesOfBits, positiveInteger } from '../asn1/decode.ts';
import { parseDer, TAG } from '../asn1/element.ts';

/** GB/T 32918.5, the 256-bit prime curve. */
const CURVE = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
};
export const Point = weierstrass(CURVE);

/** The identity that GM/T 0009 gives to everybody, and none, which OpenSSL takes unless it is told otherwise. */
const IDENTITIES = ['1234567812345678', ''];

const NUMBER_BYTES = 32;

/**
 * Whether the signature over `data` was made with the private half of an SM2 key (SubjectPublicKeyInfo, DER).
 * It is r and s as a SEQUENCE (GM/T 0009), or the 64 bytes of the two alone, as some signing servers give them.
 * @throws Asn1Failure where the key cannot be read
 */
export function verifySm2(publicKey: Buffer, data: Uint8Array, signature: Buffer): boolean {
  const point = bytesOfBits(parseDer(publicKey).as(TAG.sequence).child(1));
  try {
    const key = Point.fromBytes(point);
    key.assertValidity();
    const [r, s, ...more] = isRaw(signature) ? rawNumbers(signature) : derNumbers(signature);
    if (r === undefined || s === undefined || more.length > 0) return false;
    return IDENTITIES.some((identity) => holds(key, digestNumber(identity, key, data), r, s));
  } catch {
    return false;
  }
}

/** A SEQUENCE of two such numbers is as short in one of 2^46 signatures. */
const isRaw = (signature: Buffer): boolean => signature.length === 2 * NUMBER_BYTES;

const rawNumbers = (signature: Buffer): bigint[] =>
  [signature.subarray(0, NUMBER_BYTES), signature.subarray(NUMBER_BYTES)].map(numberOf);

/** @throws Asn1Failure */
const derNumbers = (signature: Buffer): bigint[] => parseDer(signature).as(TAG.sequence).children.map(positiveInteger);

type Key = InstanceType<typeof Point>;

/** GB/T 32918.2, 7.1. */
function holds(key: Key, e: bigint, r: bigint, s: bigint): boolean {
  const { n } = CURVE;
  if (r === 0n || s === 0n || r >= n || s >= n) return false;
  const t = (r + s) % n;
  if (t === 0n) return false;
  const { x } = Point.BASE.multiplyUnsafe(s).add(key.multiplyUnsafe(t)).toAffine();
  return (e + x) % n === r;
}

/** The digest of the signer's identity and key, then the data (GB/T 32918.2, 5.5 and 7.1). */
export function digestNumber(identity: string, key: Key, data: Uint8Array): bigint {
  const id = Buffer.from(identity, 'latin1');
  const length = Buffer.alloc(2);
  length.writeUInt16BE(8 * id.length);
  const { x, y } = key.toAffine();
  const numbers = [CURVE.a, CURVE.b, CURVE.Gx, CURVE.Gy, x, y].map(bytes32);
  const z = createHash('sm3')
    .update(Buffer.concat([length, id, ...numbers]))
    .digest();
  return numberOf(createHash('sm3').update(z).update(data).digest());
}

const numberOf = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex') || '0'}`);

const bytes32 = (number: bigint): Buffer => Buffer.from(number.toString(16).padStart(64, '0'), 'hex');
