import { shanghaiTime } from '../../domain/calendar.ts';
import type { SealSummary } from '../../domain/verification.ts';
import { bytesOfBits, oidOf, textOf, timeOf } from '../asn1/decode.ts';
import { Asn1Failure, type Element, TAG } from '../asn1/element.ts';
import { type Certificate, readCertificate } from '../x509/certificate.ts';
import { shownText } from '../x509/name.ts';
import { requireExtensions } from './seal-signature.ts';

/** SESeal: a seal as its maker signed it. */
export interface Seal {
  /** One line that can be shown, as the name. */
  readonly id: string;
  readonly name: string;
  /** Who may use it: certificates, or their SM3 digests. */
  readonly users: readonly Buffer[];
  readonly createdAt: Date;
  /** Both included. */
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly maker: Certificate;
  /** What the maker signed. */
  readonly signedBytes: Buffer;
  /** Object identifier. */
  readonly algorithm: string;
  readonly signature: Buffer;
}

/** As it may be shown; undefined for what cannot be read. */
export const summaryOf = (seal: Seal | 'unreadable'): SealSummary | undefined =>
  seal === 'unreadable'
    ? undefined
    : {
        id: seal.id,
        name: seal.name,
        maker: seal.maker.summary.name,
        validFrom: shanghaiTime(seal.validFrom),
        validUntil: shanghaiTime(seal.validUntil),
      };

/** A timestamp on the maker's signature (2025) is passed over: the user's signature covers it. @throws Asn1Failure */
export function readSeal(seal: Element): Seal {
  const info = seal.as(TAG.sequence).child(0, TAG.sequence);
  const parts = seal.children.length;
  if (parts !== 2 && parts !== 4 && parts !== 5) throw new Asn1Failure('number of elements');
  const [certificate, algorithm, signature, ...more] =
    parts === 2 ? seal.child(1, TAG.sequence).children : seal.children.slice(1, 4);
  if (!certificate || !algorithm || !signature || more.length > 0) throw new Asn1Failure('number of elements');
  return {
    ...readInfo(info),
    maker: readCertificate(certificate.as(TAG.octetString).content),
    signedBytes: parts === 2 ? sequenceOf(info, certificate, algorithm) : info.raw,
    algorithm: oidOf(algorithm),
    signature: bytesOfBits(signature),
  };
}

/** SES_SealInfo. */
function readInfo(info: Element) {
  const [header, id, property, picture, extensions, ...more] = info.children;
  if (!header || !id || !property || !picture || more.length > 0) throw new Asn1Failure('number of elements');
  if (header.as(TAG.sequence).child(0, TAG.ia5String).content.toString('latin1') !== 'ES')
    throw new Asn1Failure('seal');
  picture.as(TAG.sequence).child(1, TAG.octetString);
  requireExtensions(extensions);
  return { id: shownText(textOf(id.as(TAG.ia5String)) ?? ''), ...readProperty(property.as(TAG.sequence)) };
}

/** SES_ESPropertyInfo: the edition of 2014 does not say what its list holds. */
function readProperty(property: Element) {
  const [type, name, ...fields] = property.children;
  const [users, createdAt, validFrom, validUntil, ...more] = fields[0]?.tag === TAG.integer ? fields.slice(1) : fields;
  if (!type || !name || !users || !createdAt || !validFrom || !validUntil || more.length > 0)
    throw new Asn1Failure('number of elements');
  type.as(TAG.integer);
  return {
    name: shownText(textOf(name.as(TAG.utf8String)) ?? ''),
    users: users.as(TAG.sequence).children.map(userOf),
    createdAt: timeOf(createdAt),
    validFrom: timeOf(validFrom),
    validUntil: timeOf(validUntil),
  };
}

/** A certificate, or its digest beside a text that names the algorithm as it likes. */
function userOf(user: Element): Buffer {
  if (user.tag === TAG.octetString) return user.content;
  if (user.as(TAG.sequence).children.length !== 2) throw new Asn1Failure('number of elements');
  return user.child(1, TAG.octetString).content;
}

/** What the edition of 2014 has signed stands in the file in pieces: they get a head, and stay as they are. */
function sequenceOf(...elements: readonly Element[]): Buffer {
  const content = Buffer.concat(elements.map(({ raw }) => raw));
  const { length } = content;
  const size = Buffer.alloc(4);
  size.writeUInt32BE(length);
  const significant = size.subarray(size.findIndex((byte) => byte !== 0));
  const head = length < 0x80 ? [length] : [0x80 + significant.length, ...significant];
  return Buffer.concat([Buffer.from([TAG.sequence, ...head]), content]);
}
