/** Certificates of the throw-away PKI (RFC 5280). */
import { createHash } from 'node:crypto';
import { type BaseBlock, BitString, Integer, Null, OctetString, Primitive, Sequence, Utf8String } from 'asn1js';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  Extension,
  PublicKeyInfo,
  RelativeDistinguishedNames,
  Time,
  TimeType,
} from 'pkijs';
import type { Algorithms, Der, SigningKey } from './keys.ts';

/** Any clock that the sandbox is set to within reason, and the oldest of its certificates, which was signed when it was issued. */
export const VALIDITY = { from: new Date('2010-01-01T00:00:00Z'), to: new Date('2049-12-31T23:59:59Z') };

const KEY_USAGE = {
  /** digitalSignature and nonRepudiation. */
  signer: { unusedBits: 6, valueHex: Uint8Array.of(0xc0).buffer },
  /** keyCertSign and cRLSign. */
  authority: { unusedBits: 1, valueHex: Uint8Array.of(0x06).buffer },
};

export interface CertificateRequest {
  readonly commonName: string;
  readonly key: SigningKey;
  /** Itself, where left out. */
  readonly issuer?: { readonly certificate: Der; readonly key: SigningKey };
  /** How many authorities may follow it; `signer` is none itself. */
  readonly role: 'signer' | { readonly authoritiesBelow: number };
}

/** A certificate. Its serial number follows from its key, so it is as unique as that. */
export function certificateOf({ commonName, key, issuer, role }: CertificateRequest): Der {
  const signingKey = issuer?.key ?? key;
  const subject = nameOf(commonName);
  const certificate = new Certificate({
    version: 2,
    serialNumber: new Integer({ valueHex: serialNumberOf(key) }),
    signature: algorithm(signingKey.algorithms, 'certificate'),
    signatureAlgorithm: algorithm(signingKey.algorithms, 'certificate'),
    issuer: issuer === undefined ? subject : Certificate.fromBER(issuer.certificate).subject,
    subject,
    notBefore: new Time({ type: TimeType.UTCTime, value: VALIDITY.from }),
    notAfter: new Time({ type: TimeType.UTCTime, value: VALIDITY.to }),
    subjectPublicKeyInfo: PublicKeyInfo.fromBER(key.publicKey),
    extensions: extensionsOf(key, signingKey, role),
  });
  certificate.tbsView = new Uint8Array(certificate.encodeTBS().toBER());
  certificate.signatureValue = new BitString({ valueHex: bufferOf(signingKey.sign(certificate.tbsView)) });
  return new Uint8Array(certificate.toSchema().toBER());
}

export const pemOf = (certificate: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(certificate)
    .toString('base64')
    .replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;

/** An AlgorithmIdentifier, with NULL where the algorithm wants it. */
export const algorithm = (algorithms: Algorithms, use: 'certificate' | 'signer'): AlgorithmIdentifier =>
  new AlgorithmIdentifier({
    algorithmId: algorithms[use],
    ...(algorithms.nullParameters ? { algorithmParams: new Null() } : {}),
  });

/** A copy that is a whole ArrayBuffer, as asn1js wants it. */
export const bufferOf = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

const nameOf = (commonName: string) =>
  new RelativeDistinguishedNames({
    typesAndValues: [new AttributeTypeAndValue({ type: '2.5.4.3', value: new Utf8String({ value: commonName }) })],
  });

function serialNumberOf({ publicKey }: SigningKey): ArrayBuffer {
  const bytes = createHash('sha256').update(publicKey).digest().subarray(0, 16);
  // Positive, and without a leading zero byte.
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return bufferOf(bytes);
}

/** The first method of RFC 5280, section 4.2.1.2, with SHA-256 cut to its length (RFC 7093). */
const keyIdentifierOf = ({ publicKey }: SigningKey): ArrayBuffer => {
  const { subjectPublicKey } = PublicKeyInfo.fromBER(publicKey);
  return bufferOf(createHash('sha256').update(subjectPublicKey.valueBlock.valueHexView).digest().subarray(0, 20));
};

function extensionsOf(key: SigningKey, issuerKey: SigningKey, role: CertificateRequest['role']): Extension[] {
  const authorityKey = new Primitive({ idBlock: { tagClass: 3, tagNumber: 0 }, valueHex: keyIdentifierOf(issuerKey) });
  return [
    role === 'signer'
      ? extension('2.5.29.15', true, new BitString(KEY_USAGE.signer))
      : extension('2.5.29.15', true, new BitString(KEY_USAGE.authority)),
    extension(
      '2.5.29.19',
      true,
      new BasicConstraints(role === 'signer' ? {} : { cA: true, pathLenConstraint: role.authoritiesBelow }).toSchema(),
    ),
    extension('2.5.29.14', false, new OctetString({ valueHex: keyIdentifierOf(key) })),
    extension('2.5.29.35', false, new Sequence({ value: [authorityKey] })),
  ];
}

const extension = (extnID: string, critical: boolean, value: BaseBlock): Extension =>
  new Extension({ extnID, critical, extnValue: value.toBER() });
