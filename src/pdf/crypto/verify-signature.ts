import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { keyKindOf, type SignatureAlgorithm } from './algorithms.ts';

/** `weak`: it matches, but what it stands on can be forged. */
export type SignatureCheck = 'match' | 'weak' | 'mismatch' | 'unsupported';

const LEAST_RSA_BITS = 2_048;
/** With 1 everything is its own signature. */
const LEAST_RSA_EXPONENT = 3n;
const KINDS: Readonly<Record<SignatureAlgorithm['scheme'], readonly ReturnType<typeof keyKindOf>[]>> = {
  rsa: ['rsa'],
  'rsa-pss': ['rsa', 'rsa-pss'],
  ecdsa: ['ec'],
  sm2: ['sm2'],
};

/**
 * Whether a signature over `data` was made with the private half of a key (SubjectPublicKeyInfo, DER).
 * @throws Asn1Failure where the key cannot be read
 */
export async function checkSignature(
  algorithm: SignatureAlgorithm,
  publicKey: Buffer,
  data: Uint8Array,
  signature: Buffer,
): Promise<SignatureCheck> {
  const kind = keyKindOf(publicKey);
  if (kind === undefined) return 'unsupported';
  if (!KINDS[algorithm.scheme].includes(kind)) return 'mismatch';
  if (algorithm.scheme === 'sm2') {
    const { verifySm2 } = await import('./verify-sm2.ts');
    return verifySm2(publicKey, data, signature) ? 'match' : 'mismatch';
  }
  const key = keyOf(publicKey);
  if (key === undefined) return 'unsupported';
  if (!matches(algorithm, key, data, signature)) return 'mismatch';
  return algorithm.digest.isWeak || isWeak(key) ? 'weak' : 'match';
}

/** Of RSA keys: those of other kinds have neither length nor exponent. */
function isWeak({ asymmetricKeyDetails: { modulusLength, publicExponent } = {} }: KeyObject): boolean {
  return (
    (modulusLength !== undefined && modulusLength < LEAST_RSA_BITS) ||
    (publicExponent !== undefined && publicExponent < LEAST_RSA_EXPONENT)
  );
}

function keyOf(publicKey: Buffer): KeyObject | undefined {
  try {
    return createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

function matches(
  { scheme, digest, saltLength }: SignatureAlgorithm,
  key: KeyObject,
  data: Uint8Array,
  signature: Buffer,
) {
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, ...(saltLength === undefined ? {} : { saltLength }) };
  try {
    return verify(digest.name, data, scheme === 'rsa-pss' ? { key, ...pss } : key, signature);
  } catch {
    return false;
  }
}
