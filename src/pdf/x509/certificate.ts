/** X.509 certificates (RFC 5280), read strictly: what has two readings is refused. */
import { createHash } from 'node:crypto';
import type { CertificateSummary } from '../../domain/verification.ts';
import { bytesOfBits, smallInteger, timeOf } from '../asn1/decode.ts';
import { Asn1Failure, type Element, parseDer, TAG } from '../asn1/element.ts';
import { type Extensions, readExtensions } from './extensions.ts';
import { fullName, shortName } from './name.ts';

/** What an issuer signed: a certificate, or a revocation list. */
export interface Signed {
  readonly signedBytes: Buffer;
  readonly algorithm: Element;
  readonly signature: Buffer;
  readonly issuer: Buffer;
}

export interface Certificate extends Signed {
  readonly raw: Buffer;
  readonly serialNumber: Buffer;
  readonly subject: Buffer;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Buffer;
  readonly version: number;
  readonly extensions: Extensions;
  readonly summary: CertificateSummary;
}

/** @throws Asn1Failure */
export function readCertificate(raw: Buffer): Certificate {
  const certificate = parseDer(raw).as(TAG.sequence);
  const signed = readSigned(certificate);
  const fields = [...certificate.child(0).children];
  const version = fields[0]?.tag === TAG.context(0) ? smallInteger((fields.shift() as Element).child(0)) + 1 : 1;
  const [serialNumber, algorithm, issuer, validity, subject, publicKey, ...optional] = fields;
  if (!serialNumber || !algorithm || !issuer || !validity || !subject || !publicKey)
    throw new Asn1Failure('certificate');
  if (!algorithm.raw.equals(signed.algorithm.raw)) throw new Asn1Failure('two signature algorithms');
  const [notBefore, notAfter] = [timeOf(validity.child(0)), timeOf(validity.child(1))];
  const extensions = optional.find(({ tag }) => tag === TAG.context(3));
  return {
    ...signed,
    raw,
    version,
    serialNumber: serialNumber.as(TAG.integer).content,
    issuer: issuer.raw,
    subject: subject.raw,
    notBefore,
    notAfter,
    publicKey: publicKey.as(TAG.sequence).raw,
    extensions: readExtensions(extensions?.child(0, TAG.sequence)),
    summary: {
      name: shortName(subject),
      subject: fullName(subject),
      issuer: fullName(issuer),
      issuerName: shortName(issuer),
      serialNumber: serialNumber.content.toString('hex'),
      sha256: createHash('sha256').update(raw).digest('hex'),
      notBefore: notBefore.toISOString(),
      notAfter: notAfter.toISOString(),
    },
  };
}

/** A certificate revocation list. @throws Asn1Failure */
export function readRevocationList(list: Element): Signed {
  const fields = list.child(0, TAG.sequence).children;
  const issuer = fields[0]?.tag === TAG.integer ? fields[2] : fields[1];
  if (issuer === undefined) throw new Asn1Failure('revocation list');
  return { ...readSigned(list), issuer: issuer.as(TAG.sequence).raw };
}

function readSigned(element: Element): Omit<Signed, 'issuer'> {
  if (element.as(TAG.sequence).children.length !== 3) throw new Asn1Failure('signed structure');
  return {
    signedBytes: element.child(0, TAG.sequence).raw,
    algorithm: element.child(1, TAG.sequence),
    signature: bytesOfBits(element.child(2)),
  };
}

export const isSameCertificate = (one: Certificate, other: Certificate): boolean => one.raw.equals(other.raw);

export const isSelfIssued = ({ issuer, subject }: Certificate): boolean => issuer.equals(subject);
