/** SM2 signatures with SM3 (GB/T 32918.2), the national algorithms: for tests of what checks them. */
import { createHmac, randomBytes } from 'node:crypto';
import { Integer, Sequence } from 'asn1js';
import { digestNumber, Point } from '../../pdf/crypto/verify-sm2.ts';

const { Fn } = Point;
const { ORDER } = Fn;

/** The signer's identity where none is agreed on (GM/T 0009). */
const IDENTITY = '1234567812345678';

/** A private number, 32 bytes in hex: 0 < d < n − 1. */
export function randomPrivateKey(): string {
  for (;;) {
    const hex = randomBytes(32).toString('hex');
    if (numberOf(hex) > 0n && numberOf(hex) < ORDER - 1n) return hex;
  }
}

/** The public point, uncompressed. */
export const publicPointOf = (secret: string): Uint8Array => Point.BASE.multiply(numberOf(secret)).toBytes(false);

/** A SEQUENCE of r and s, DER. The one-time number follows from key and message, in the manner of RFC 6979. */
export function signSm2(message: Uint8Array, secret: string): Uint8Array {
  const d = numberOf(secret);
  const e = digestNumber(IDENTITY, Point.BASE.multiply(d), message);
  for (let attempt = 0; ; attempt += 1) {
    const k = oneTimeNumber(secret, e, attempt);
    if (k === 0n || k >= ORDER) continue;
    const r = Fn.create(e + Point.BASE.multiply(k).toAffine().x);
    const s = Fn.mul(Fn.inv(Fn.create(1n + d)), Fn.create(k - r * d));
    if (r !== 0n && r + k !== ORDER && s !== 0n) return derOf(r, s);
  }
}

const oneTimeNumber = (secret: string, e: bigint, attempt: number): bigint =>
  numberOf(createHmac('sha256', Buffer.from(secret, 'hex')).update(`${e} ${attempt}`).digest('hex'));

const numberOf = (hex: string): bigint => BigInt(`0x${hex}`);

const derOf = (r: bigint, s: bigint): Uint8Array =>
  new Uint8Array(new Sequence({ value: [Integer.fromBigInt(r), Integer.fromBigInt(s)] }).toBER());
