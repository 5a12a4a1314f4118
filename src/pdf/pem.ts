import { CertError, type TrustFileReason } from '../errors.ts';
import type { TrustedCertificate } from '../ports/verifier.ts';
import { Asn1Failure, openingTags, parseFirst, TAG } from './asn1/element.ts';
import { readSignedData } from './cms/signed-data.ts';
import { type Certificate, readCertificate } from './x509/certificate.ts';

/** Of RFC 7468; `PKCS7` and `CMS` hold several certificates (a `.p7b`). What is cut off has no end. */
const BLOCK = /-----BEGIN ((?:X509 )?CERTIFICATE|PKCS7|CMS)-----([^-]*)(-----END \1-----)?/g;
const BASE64 = /^[A-Za-z0-9+/=\s]+$/;
const MAX_BYTES = 1_048_576;
const MAX_CERTIFICATES = 500;

/**
 * The certificates in a file as authorities hand them out: PEM blocks, DER, several of either, their text alone in
 * base64, or a collection (PKCS #7, `.p7b`). Other blocks are passed over.
 * @throws CertError TRUST_FILE_INVALID
 */
export function certificatesIn(path: string, bytes: Uint8Array): TrustedCertificate[] {
  const invalid = (detail: TrustFileReason) => new CertError('TRUST_FILE_INVALID', { path, detail });
  if (bytes.length > MAX_BYTES) throw invalid('too-large');
  const encodings = encodingsIn(Buffer.from(bytes));
  if (encodings === undefined) throw invalid('damaged');
  if (encodings.length === 0) throw invalid('no-certificate');
  if (encodings.length > MAX_CERTIFICATES) throw invalid('too-many-certificates');
  return encodings.map((encoding) => {
    const certificate = readable(encoding);
    if (certificate === undefined) throw invalid('damaged');
    return { summary: certificate.summary, der: certificate.raw };
  });
}

/** Undefined where something cannot be read. */
function encodingsIn(bytes: Buffer): Buffer[] | undefined {
  try {
    return (bytes[0] === TAG.sequence ? [bytes] : blocksOf(bytes.toString('latin1'))).flatMap(certificatesOf);
  } catch (error) {
    if (error instanceof Asn1Failure) return undefined;
    throw error;
  }
}

function blocksOf(text: string): Buffer[] {
  if (BASE64.test(text)) return [Buffer.from(text, 'base64')];
  return [...text.matchAll(BLOCK)].map(([, , body = '', end]) => {
    if (end === undefined) throw new Asn1Failure('cut off');
    return Buffer.from(body, 'base64');
  });
}

/** One DER element behind the other, each a certificate or a collection. @throws Asn1Failure */
function certificatesOf(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const element = parseFirst(rest, { allowIndefinite: true });
    const isCollection = openingTags(rest, 2)[1] === TAG.oid;
    if (isCollection) found.push(...readSignedData(element).certificates.map(({ raw }) => raw));
    else found.push(element.raw);
    rest = rest.subarray(element.raw.length);
  }
  return found;
}

function readable(encoding: Buffer): Certificate | undefined {
  try {
    return readCertificate(encoding);
  } catch (error) {
    if (error instanceof Asn1Failure) return undefined;
    throw error;
  }
}
