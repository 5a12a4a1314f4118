/** Signature containers made by hand, right or wrong in any one way. */
import { createHash, randomBytes, sign } from 'node:crypto';
import { type Issued, signatureAlgorithm } from './certificates.ts';
import { algorithm, context, type Der, integer, octets, oid, primitive, sequence, setOf, time } from './der.ts';

const DATA = '1.2.840.113549.1.7.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const TIMESTAMP_INFO = '1.2.840.113549.1.9.16.1.4';
const DIGESTS: Readonly<Record<string, string>> = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  sm3: '1.2.156.10197.1.401',
};

export const attribute = (dotted: string, ...values: readonly Der[]): Der => sequence(oid(dotted), setOf(...values));

export interface ContainerOptions {
  readonly signer: Issued;
  /** Beside the signer's own certificate. */
  readonly certificates?: readonly Der[];
  readonly withoutOwnCertificate?: boolean;
  readonly digest?: string;
  /** What the signature algorithm says; as the digest where left out. */
  readonly signatureDigest?: string;
  readonly digestOid?: string;
  /** The attributes by name: changed, left out (null), or more of them. */
  readonly attributes?: Readonly<Record<string, Der | null>>;
  readonly withoutAttributes?: boolean;
  readonly unsigned?: (signature: Buffer) => readonly Der[];
  readonly signature?: (signature: Buffer) => Buffer;
  /** In place of the signer's key. */
  readonly sign?: (data: Buffer) => Buffer;
  readonly signatureAlgorithm?: Der;
  readonly embedded?: Buffer;
  readonly contentType?: string;
  readonly containerType?: string;
  readonly version?: number;
  /** The version as it is written. */
  readonly versionElement?: Der;
  readonly revocationLists?: readonly Der[];
  /** The signer by this key identifier. */
  readonly keyId?: Buffer;
  readonly signers?: (signer: Der) => readonly Der[];
  readonly more?: readonly Der[];
}

export function container(content: Buffer, options: ContainerOptions): Der {
  const { signer, certificates = [], digest = 'sha256', contentType = DATA, signers = (one) => [one] } = options;
  const digestAlgorithm = algorithm(options.digestOid ?? DIGESTS[digest] ?? '');
  const own = options.withoutOwnCertificate ? [] : [signer.der];
  return sequence(
    oid(options.containerType ?? SIGNED_DATA),
    context(
      0,
      sequence(
        options.versionElement ?? integer(options.version ?? (contentType === DATA && !options.keyId ? 1 : 3)),
        setOf(digestAlgorithm),
        sequence(oid(contentType), ...(options.embedded ? [context(0, octets(options.embedded))] : [])),
        context(0, ...[...own, ...certificates].sort(Buffer.compare)),
        ...(options.revocationLists ? [context(1, ...options.revocationLists)] : []),
        setOf(...signers(signerInfo(content, digestAlgorithm, { ...options, digest, contentType }))),
        ...(options.more ?? []),
      ),
    ),
  );
}

function signerInfo(
  content: Buffer,
  digestAlgorithm: Der,
  options: ContainerOptions & { readonly digest: string; readonly contentType: string },
): Der {
  const { signer, digest, signatureDigest = digest } = options;
  const attributes = Object.values({
    contentType: attribute('1.2.840.113549.1.9.3', oid(options.contentType)),
    messageDigest: messageDigest(createHash(digest).update(content).digest()),
    signingCertificate: signingCertificate(signer.der),
    ...options.attributes,
  }).filter((one): one is Der => one !== null);
  const signed = options.withoutAttributes ? content : setOf(...attributes);
  const made = options.sign?.(signed) ?? sign(digest, signed, signer.key.privateKey);
  const signature = options.signature?.(made) ?? made;
  const unsigned = options.unsigned?.(signature) ?? [];
  return sequence(
    integer(options.keyId ? 3 : 1),
    options.keyId ? primitive(0, options.keyId) : sequence(signer.issuerName, signer.serialNumber),
    digestAlgorithm,
    ...(options.withoutAttributes ? [] : [context(0, ...[...attributes].sort(Buffer.compare))]),
    options.signatureAlgorithm ?? signatureAlgorithm(signer.key.kind, signatureDigest),
    octets(signature),
    ...(unsigned.length === 0 ? [] : [context(1, ...unsigned)]),
  );
}

export const messageDigest = (digest: Buffer): Der => attribute('1.2.840.113549.1.9.4', octets(digest));
export const signingTime = (when: Date): Der => attribute('1.2.840.113549.1.9.5', time(when));

/** signing-certificate-v2 with SHA-256, which stays unnamed (RFC 5035). */
export const signingCertificate = (certificate: Der): Der =>
  attribute(
    '1.2.840.113549.1.9.16.2.47',
    sequence(sequence(sequence(octets(createHash('sha256').update(certificate).digest())))),
  );

/** What the signer says of the algorithms (RFC 6211); the signature's is that of P-256 with SHA-256. */
export const algorithmProtection = (digest: Der, ...signature: readonly Der[]): Der =>
  attribute('1.2.840.113549.1.9.52', sequence(digest, ...signature.map((one) => context(1, one))));

/** A timestamp token (RFC 3161) as an unsigned attribute. */
export const timestamp = (of: Buffer, authority: Issued, certificates: readonly Der[] = []): Der =>
  attribute('1.2.840.113549.1.9.16.2.14', tokenOf(of, authority, certificates));

/** A timestamp token (RFC 3161). */
export const tokenOf = (of: Buffer, authority: Issued, certificates: readonly Der[] = []): Der =>
  timestampToken(of, { signer: authority, certificates });

/** A timestamp token (RFC 3161). */
export function timestampToken(of: Buffer, options: ContainerOptions): Der {
  const imprint = sequence(algorithm(DIGESTS.sha256 ?? ''), octets(createHash('sha256').update(of).digest()));
  const now = new Date('2026-11-24T02:00:00Z').toISOString().replace(/[-:T]|\.\d+/g, '');
  const info = sequence(
    integer(1),
    oid('1.3.6.1.4.1.4146.2.3'),
    imprint,
    integer(randomBytes(1).readUInt8() & 0x7f),
    Buffer.concat([Buffer.from([0x18, now.length]), Buffer.from(now)]),
  );
  const { sign: signs, kind } = options.signer.key;
  const national = kind === 'sm2' ? { digest: 'sm3', ...(signs && { sign: signs }) } : {};
  return container(info, { contentType: TIMESTAMP_INFO, embedded: info, ...national, ...options });
}
