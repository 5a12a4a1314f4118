/** One SignerInfo against the content that it signs. */
import type { ReasonCode } from '../../domain/verification.ts';
import { oidOf } from '../asn1/decode.ts';
import { type Element, TAG } from '../asn1/element.ts';
import { readDigestAlgorithm, readSignatureAlgorithm, type SignatureAlgorithm } from '../crypto/algorithms.ts';
import { type Digest, digestByOid, digestOf } from '../crypto/digests.ts';
import { checkSignature } from '../crypto/verify-signature.ts';
import type { Certificate } from '../x509/certificate.ts';
import { ATTRIBUTE, beginLikeAttributes, readAttributes, signedBytesOf } from './attributes.ts';
import { DATA, type SignedData, type SignerInfo } from './signed-data.ts';

export interface SignerCheck {
  readonly code: ReasonCode<'integrity'>;
  /** Whether the signature itself holds, even where something else keeps it from being relied on. */
  readonly holds: boolean;
  readonly certificate?: Certificate | undefined;
  readonly attributes?: ReadonlyMap<string, Element> | undefined;
}

/**
 * Whether the signer's digest, attributes, signature and certificate belong to the content and to each other.
 * @throws Asn1Failure
 */
export async function checkSigner(
  data: SignedData,
  signer: SignerInfo,
  content: readonly Uint8Array[],
  certificates: readonly Certificate[],
): Promise<SignerCheck> {
  const certificate = certificates.find((one) => isIdentified(one, signer.identifier));
  const attributes = signer.signedAttributes && readAttributes(signer.signedAttributes);
  const given = { certificate, attributes };
  const end = (code: ReasonCode<'integrity'>, holds = false): SignerCheck => ({ code, holds, ...given });

  const digest = readDigestAlgorithm(signer.digestAlgorithm);
  if (digest === undefined) return end('ALGORITHM_NOT_SUPPORTED');
  if (attributes !== undefined) {
    const contentType = attributes.get(ATTRIBUTE.contentType);
    const messageDigest = attributes.get(ATTRIBUTE.messageDigest);
    if (contentType === undefined || messageDigest === undefined) return end('SIGNED_ATTRIBUTES_INVALID');
    if (!messageDigest.as(TAG.octetString).content.equals(digestOf(digest, ...content))) return end('DIGEST_MISMATCH');
    if (!isSameType(oidOf(contentType), data.contentType)) return end('CONTENT_TYPE_MISMATCH');
  } else if (beginLikeAttributes(content[0] ?? Buffer.alloc(0))) return end('SIGNED_ATTRIBUTES_MISSING');
  if (certificate === undefined) return end('SIGNER_CERTIFICATE_MISSING');
  const algorithm = readSignatureAlgorithm(signer.signatureAlgorithm, digest);
  if (algorithm === undefined) return end('ALGORITHM_NOT_SUPPORTED');
  if (!agrees(algorithm, digest, signer, attributes)) return end('ALGORITHM_MISMATCH');
  const signed = signer.signedAttributes ? signedBytesOf(signer.signedAttributes) : Buffer.concat(content);
  const check = await checkSignature(algorithm, certificate.publicKey, signed, signer.signature);
  if (check === 'unsupported') return end('ALGORITHM_NOT_SUPPORTED');
  if (check === 'mismatch') return end('SIGNATURE_MISMATCH');
  if (attributes !== undefined && isBound(certificate, attributes) === false) return end('SIGNER_CERTIFICATE_MISMATCH');
  return end(check === 'weak' ? 'ALGORITHM_WEAK' : 'UNCHANGED', true);
}

/** Some producers name data by the national identifier in one place and by the other in the other. */
const isSameType = (one: string, other: string): boolean => one === other || (DATA.has(one) && DATA.has(other));

function isIdentified(certificate: Certificate, identifier: Element): boolean {
  if (identifier.tag === TAG.primitive(0))
    return certificate.extensions.subjectKeyId?.equals(identifier.content) === true;
  const [issuer, serialNumber] = identifier.as(TAG.sequence).children;
  return (
    identifier.children.length === 2 &&
    issuer?.raw.equals(certificate.issuer) === true &&
    serialNumber?.as(TAG.integer).content.equals(certificate.serialNumber) === true
  );
}

/** Whether the digest and the signature algorithm fit, also to what the signer wrote of them (RFC 6211). */
function agrees(
  algorithm: SignatureAlgorithm,
  digest: Digest,
  signer: SignerInfo,
  attributes: SignerCheck['attributes'],
): boolean {
  if (algorithm.digest !== digest) return false;
  const protection = attributes?.get(ATTRIBUTE.algorithmProtection);
  if (protection === undefined) return true;
  const [digestAlgorithm, signatureAlgorithm] = protection.as(TAG.sequence).children;
  return (
    digestAlgorithm?.raw.equals(signer.digestAlgorithm.raw) === true &&
    signatureAlgorithm?.tag === TAG.context(1) &&
    signatureAlgorithm.content.equals(signer.signatureAlgorithm.content)
  );
}

const SHA1 = '1.3.14.3.2.26';
const SHA256 = '2.16.840.1.101.3.4.2.1';

/**
 * Whether the signer named this very certificate among what is signed (ESS, RFC 5035); undefined where none is named.
 * @throws Asn1Failure
 */
export function isBound(certificate: Certificate, attributes: ReadonlyMap<string, Element>): boolean | undefined {
  const [first, second] = [ATTRIBUTE.signingCertificate, ATTRIBUTE.signingCertificateV2].map((type, index) => {
    const identifier = attributes.get(type)?.as(TAG.sequence).child(0, TAG.sequence).child(0, TAG.sequence);
    if (identifier === undefined) return undefined;
    const fields = [...identifier.children];
    const named = fields[0]?.tag === TAG.sequence ? fields.shift() : undefined;
    const digest = named === undefined ? digestByOid(index === 0 ? SHA1 : SHA256) : readDigestAlgorithm(named);
    return digest !== undefined && fields[0]?.as(TAG.octetString).content.equals(digestOf(digest, certificate.raw));
  });
  return first === undefined && second === undefined ? undefined : first !== false && second !== false;
}
