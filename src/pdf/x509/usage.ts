import type { Certificate } from './certificate.ts';

const DIGITAL_SIGNATURE = 0x80;
const NON_REPUDIATION = 0x40;
const KEY_CERT_SIGN = 0x04;

/** Extended key usages under which documents are signed. */
const DOCUMENTS = new Set([
  // anyExtendedKeyUsage, emailProtection, documentSigning (RFC 9336)
  '2.5.29.37.0',
  '1.3.6.1.5.5.7.3.4',
  '1.3.6.1.5.5.7.3.36',
  // Adobe's authentic documents trust, Microsoft's document signing
  '1.2.840.113583.1.1.5',
  '1.3.6.1.4.1.311.10.3.12',
]);

const CLIENT_AUTHENTICATION = '1.3.6.1.5.5.7.3.2';
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';

const hasUsage = ({ extensions: { keyUsage } }: Certificate, bits: number): boolean =>
  keyUsage === undefined || ((keyUsage[0] ?? 0) & bits) !== 0;

/**
 * Chinese authorities issue certificates for electronic seals that say no more than client authentication, or that and
 * server authentication. Those of web servers say the same, but never that their signatures bind anybody.
 */
function isForDocuments({ extensions: { keyUsage, extendedKeyUsage: usages } }: Certificate): boolean {
  if (usages === undefined || usages.some((usage) => DOCUMENTS.has(usage))) return true;
  const binds = ((keyUsage?.[0] ?? 0) & NON_REPUDIATION) !== 0;
  return usages.includes(CLIENT_AUTHENTICATION) && (binds || !usages.includes(SERVER_AUTHENTICATION));
}

/** What a certificate says of a use of its key. */
export type Usage = 'allowed' | 'forbidden' | 'elsewhere';

/**
 * What a certificate says of signing documents with its key: `forbidden` where the key may sign nothing, or nothing but
 * certificates; `elsewhere` where it was made for something else. One that says nothing of its usage may.
 */
export function documentSigning(certificate: Certificate): Usage {
  if (!hasUsage(certificate, DIGITAL_SIGNATURE | NON_REPUDIATION)) return 'forbidden';
  return isForDocuments(certificate) ? 'allowed' : 'elsewhere';
}

const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

/** The same of signing timestamps: only a key that is for nothing else may (RFC 3161, 2.3). */
export function timestampSigning(certificate: Certificate): Usage {
  const [usage, ...more] = certificate.extensions.extendedKeyUsage ?? [];
  const isForThat = usage === TIME_STAMPING && more.length === 0;
  return isForThat && hasUsage(certificate, DIGITAL_SIGNATURE | NON_REPUDIATION) ? 'allowed' : 'forbidden';
}

/**
 * Whether the certificate's key may sign certificates. One of version 1 cannot say so: it may where it is an anchor,
 * and so at the top of a chain, which is as far as a chain without an anchor can be followed.
 */
export const maySignCertificates = (certificate: Certificate, isTop: boolean): boolean =>
  certificate.version < 3
    ? isTop
    : certificate.extensions.basicConstraints?.isCa === true && hasUsage(certificate, KEY_CERT_SIGN);
