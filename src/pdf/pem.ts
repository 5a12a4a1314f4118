import { CertError, type TrustFileReason } from '../errors.ts';
import type { TrustedCertificate } from '../ports/verifier.ts';
import { Asn1Failure, TAG } from './asn1/element.ts';
import { type Certificate, readCertificate } from './x509/certificate.ts';

const BEGIN = '-----BEGIN CERTIFICATE-----';
const END = '-----END CERTIFICATE-----';
const MAX_BYTES = 1_048_576;
const MAX_CERTIFICATES = 500;

/**
 * The certificates in a file of PEM blocks (RFC 7468), or the one in DER that the file is. Other blocks are passed over.
 * @throws CertError TRUST_FILE_INVALID
 */
export function certificatesIn(path: string, bytes: Uint8Array): TrustedCertificate[] {
  const invalid = (detail: TrustFileReason) => new CertError('TRUST_FILE_INVALID', { path, detail });
  if (bytes.length > MAX_BYTES) throw invalid('too-large');
  const encodings = bytes[0] === TAG.sequence ? [Buffer.from(bytes)] : blocks(Buffer.from(bytes).toString('latin1'));
  if (encodings.length === 0) throw invalid('no-certificate');
  if (encodings.length > MAX_CERTIFICATES) throw invalid('too-many-certificates');
  return encodings.map((encoding) => {
    const certificate = readable(encoding);
    if (certificate === undefined) throw invalid('damaged');
    return { summary: certificate.summary, der: certificate.raw };
  });
}

function blocks(text: string): Buffer[] {
  const found: Buffer[] = [];
  for (let at = text.indexOf(BEGIN); at !== -1; at = text.indexOf(BEGIN, at + 1)) {
    const end = text.indexOf(END, at);
    found.push(Buffer.from(end === -1 ? '' : text.slice(at + BEGIN.length, end), 'base64'));
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
