/** A timestamp (RFC 3161) on a signature, or on a document: it must belong to it; the time is not relied on. */
import { type Element, parseDer, TAG } from '../asn1/element.ts';
import { readDigestAlgorithm } from '../crypto/algorithms.ts';
import { digestOf } from '../crypto/digests.ts';
import type { Certificate } from '../x509/certificate.ts';
import { type Embedded, isCanonical, readEmbedded } from './embedded.ts';
import { readSignedData } from './signed-data.ts';
import { checkSigner, isBound } from './signer.ts';

const TIMESTAMP_INFO = '1.2.840.113549.1.9.16.1.4';

export interface TimestampCheck {
  readonly result: 'match' | 'mismatch' | 'unsupported';
  /** What the token carries, without the certificate that its signer vouches for. */
  readonly embedded?: Embedded;
  readonly signer?: Certificate;
  /** TSTInfo, encoded. */
  readonly info?: Buffer;
  /** Whether it could be forged. */
  readonly isWeak?: boolean;
}

/**
 * Whether a token is a timestamp of that signature, or of that document.
 * @param others certificates beside the token's own
 * @throws Asn1Failure
 */
export async function checkTimestamp(
  token: Element,
  stamped: readonly Uint8Array[],
  others: readonly Certificate[],
): Promise<TimestampCheck> {
  const data = readSignedData(token);
  const embedded = readEmbedded(data);
  const [signer, ...more] = data.signers;
  const content = data.content?.as(TAG.context(0)).child(0, TAG.octetString).content;
  if (signer === undefined || more.length > 0 || content === undefined) return { result: 'unsupported' };
  if (data.contentType !== TIMESTAMP_INFO) return { result: 'unsupported' };
  const isOf = isTimestampOf(content, stamped);
  if (isOf !== true) return { result: isOf === false ? 'mismatch' : 'unsupported' };
  const pool = [...embedded.certificates, ...others];
  const { code, certificate, attributes } = await checkSigner(data, signer, [content], pool);
  if (code === 'ALGORITHM_NOT_SUPPORTED' || code === 'SIGNER_CERTIFICATE_MISSING') return { result: 'unsupported' };
  if (code !== 'UNCHANGED' && code !== 'ALGORITHM_WEAK') return { result: 'mismatch' };
  if (!certificate || !attributes || isBound(certificate, attributes) !== true) return { result: 'unsupported' };
  const isExpected = signer.unsignedAttributes === undefined && isCanonical(data, signer);
  const certificates = embedded.certificates.filter((one) => one !== certificate);
  return {
    result: 'match',
    embedded: { ...embedded, certificates, isComplete: embedded.isComplete && isExpected },
    signer: certificate,
    info: content,
    isWeak: code === 'ALGORITHM_WEAK',
  };
}

/** Whether TSTInfo names the digest of those bytes; undefined where its algorithm is not known. @throws Asn1Failure */
function isTimestampOf(info: Buffer, stamped: readonly Uint8Array[]): boolean | undefined {
  const imprint = parseDer(info).child(2, TAG.sequence);
  const digest = readDigestAlgorithm(imprint.child(0));
  return digest && imprint.child(1, TAG.octetString).content.equals(digestOf(digest, ...stamped));
}
