import { createHash, type Hash } from 'node:crypto';

/** A digest algorithm by the name that `node:crypto` has for it. */
export interface Digest {
  readonly name: string;
  /** Whether two files with the same digest can be made today, or could soon. */
  readonly isWeak: boolean;
}

const strong = (name: string): Digest => ({ name, isWeak: false });
const weak = (name: string): Digest => ({ name, isWeak: true });

export const SHA1 = weak('sha1');
const SM3 = strong('sm3');
const [SHA256, SHA384, SHA512] = [strong('sha256'), strong('sha384'), strong('sha512')];

/** The digests of an RSA signature that does not name its own. */
export const UNNAMED = [SHA1, SHA256, SHA384, SHA512];

const DIGESTS: Readonly<Record<string, Digest>> = {
  '2.16.840.1.101.3.4.2.1': SHA256,
  '2.16.840.1.101.3.4.2.2': SHA384,
  '2.16.840.1.101.3.4.2.3': SHA512,
  // SM3 and SM3 without a key, GM/T 0006
  '1.2.156.10197.1.401': SM3,
  '1.2.156.10197.1.401.1': SM3,
  '1.3.14.3.2.26': SHA1,
  '1.2.840.113549.2.5': weak('md5'),
};

/** Undefined for an algorithm that is not known here, or that this build of Node lacks. */
export function digestByOid(oid: string): Digest | undefined {
  const digest = DIGESTS[oid];
  return digest !== undefined && startHash(digest.name) !== undefined ? digest : undefined;
}

function startHash(name: string): Hash | undefined {
  try {
    return createHash(name);
  } catch {
    return undefined;
  }
}

export function digestOf({ name }: Digest, ...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash(name);
  for (const part of parts) hash.update(part);
  return hash.digest();
}
