import { Asn1Failure } from '../asn1/element.ts';
import { digestByOid } from '../crypto/digests.ts';
import { checkSignature, type SignatureCheck } from '../crypto/verify-signature.ts';
import type { Certificate } from '../x509/certificate.ts';

/** Object identifier. */
export const SM2_WITH_SM3 = '1.2.156.10197.1.501';

/** Undefined where this build of Node lacks it. */
export const SM3 = digestByOid('1.2.156.10197.1.401');

export interface Sealed {
  readonly signedBytes: Buffer;
  /** Object identifier. */
  readonly algorithm: string;
  readonly signature: Buffer;
}

/** Whether a user or a maker signed: with SM2 and SM3, which is all that seals are seen with. */
export async function checkSm2(
  { signedBytes, algorithm, signature }: Sealed,
  { publicKey }: Certificate,
): Promise<SignatureCheck> {
  if (algorithm !== SM2_WITH_SM3 || SM3 === undefined) return 'unsupported';
  try {
    return await checkSignature({ scheme: 'sm2', digest: SM3 }, publicKey, signedBytes, signature);
  } catch (error) {
    if (error instanceof Asn1Failure) return 'unsupported';
    throw error;
  }
}
