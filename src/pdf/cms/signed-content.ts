import type { ReasonCode } from '../../domain/verification.ts';
import { TAG } from '../asn1/element.ts';
import { readDigestAlgorithm } from '../crypto/algorithms.ts';
import { type Digest, digestOf, SHA1 } from '../crypto/digests.ts';
import type { SignedData, SignerInfo } from './signed-data.ts';

/** What a container signs. */
export interface SignedContent {
  readonly code?: undefined;
  readonly parts: readonly Uint8Array[];
  /** Whether another file with the same content can be made. */
  readonly isWeak: boolean;
}

/**
 * The covered bytes themselves, or their digest, where the container carries that as its content: by the signer's own
 * algorithm, as seals in CMS do it, or by SHA-1 (`adbe.pkcs7.sha1`; ISO 32000-1, 12.8.3.3).
 * @throws Asn1Failure
 */
export function signedContent(
  { content }: SignedData,
  { digestAlgorithm }: SignerInfo,
  covered: readonly Uint8Array[],
): SignedContent | { readonly code: ReasonCode<'integrity'> } {
  if (content === undefined) return { parts: covered, isWeak: false };
  const [octets, ...more] = content.children;
  if (content.tag !== TAG.context(0) || octets?.tag !== TAG.octetString || more.length > 0)
    return { code: 'CONTENT_EMBEDDED' };
  const known: readonly (Digest | undefined)[] = [readDigestAlgorithm(digestAlgorithm), SHA1];
  const digests = known
    .flatMap((digest) => (digest === undefined ? [] : [{ ...digest, bytes: digestOf(digest, ...covered) }]))
    .filter(({ bytes }) => bytes.length === octets.content.length);
  if (digests.length === 0) return { code: 'CONTENT_EMBEDDED' };
  const match = digests.find(({ bytes }) => bytes.equals(octets.content));
  return match === undefined ? { code: 'DIGEST_MISMATCH' } : { parts: [octets.content], isWeak: match.isWeak };
}
