/** SM2 signatures with SM3 (GB/T 32918.2), the national algorithms: for tests of what checks them. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { Integer, Sequence } from 'asn1js';

/** The recommended curve (GB/T 32918.5). */
const Point = weierstrass({
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
});
const { n: ORDER } = Point.CURVE();
const { Fn } = Point;

/** The signer's identity where none is agreed on (GM/T 0009), with its length in bits before it. */
const IDENTITY = Buffer.from('\x00\x801234567812345678', 'latin1');

export const sm3 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sm3');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** A private number, 32 bytes in hex: 0 < d < n − 1. */
export function randomPrivateKey(): string {
  for (;;) {
    const hex = randomBytes(32).toString('hex');
    if (isScalar(numberOf(hex) + 1n)) return hex;
  }
}

/** The public point, uncompressed. */
export const publicPointOf = (secret: string): Uint8Array => Point.BASE.multiply(numberOf(secret)).toBytes(false);

/** A SEQUENCE of r and s, DER. The one-time number follows from key and message, as in RFC 6979. */
export function signSm2(message: Uint8Array, secret: string): Uint8Array {
  const d = numberOf(secret);
  const { a, b } = Point.CURVE();
  const curve = [a, b, Point.BASE.x, Point.BASE.y].map((number) => Point.Fp.toBytes(number));
  const z = sm3(IDENTITY, ...curve, publicPointOf(secret).subarray(1));
  const digest = sm3(z, message);
  const e = numberOf(digest.toString('hex'));
  for (let attempt = 0; ; attempt += 1) {
    const k = oneTimeNumber(secret, digest, attempt);
    if (!isScalar(k)) continue;
    const r = Fn.create(e + Point.BASE.multiply(k).toAffine().x);
    const s = Fn.mul(Fn.inv(Fn.create(1n + d)), Fn.create(k - r * d));
    if (r !== 0n && r + k !== ORDER && s !== 0n) return derOf(r, s);
  }
}

const oneTimeNumber = (secret: string, digest: Buffer, attempt: number): bigint =>
  numberOf(createHmac('sha256', Buffer.from(secret, 'hex')).update(digest).update(`${attempt}`).digest('hex'));

const numberOf = (hex: string): bigint => BigInt(`0x${hex}`);
const isScalar = (number: bigint): boolean => number > 0n && number < ORDER;

const derOf = (r: bigint, s: bigint): Uint8Array =>
  new Uint8Array(new Sequence({ value: [Integer.fromBigInt(r), Integer.fromBigInt(s)] }).toBER());
