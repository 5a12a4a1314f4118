/** An RSA signature without a container (`adbe.x509.rsa_sha1`; ISO 32000-1, 12.8.3.2): it names neither digest nor signer. */
import { type Element, TAG } from './asn1/element.ts';
import type { SignerCheck } from './cms/signer.ts';
import { UNNAMED } from './crypto/digests.ts';
import { checkSignature } from './crypto/verify-signature.ts';
import type { Certificate } from './x509/certificate.ts';

/**
 * Whether the covered bytes were signed with the key of the certificate beside the signature.
 * @throws Asn1Failure
 */
export async function checkBareSignature(
  octets: Element,
  covered: readonly Uint8Array[],
  certificate: Certificate | undefined,
): Promise<SignerCheck> {
  const signature = octets.as(TAG.octetString).content;
  if (certificate === undefined) return { code: 'SIGNER_CERTIFICATE_MISSING', holds: false };
  const content = Buffer.concat(covered);
  for (const digest of UNNAMED) {
    const check = await checkSignature({ scheme: 'rsa', digest }, certificate.publicKey, content, signature);
    if (check === 'unsupported') return { code: 'ALGORITHM_NOT_SUPPORTED', holds: false, certificate };
    if (check !== 'mismatch')
      return { code: check === 'weak' ? 'ALGORITHM_WEAK' : 'UNCHANGED', holds: true, certificate };
  }
  return { code: 'SIGNATURE_MISMATCH', holds: false, certificate };
}
