import { oidOf } from '../asn1/decode.ts';
import { Asn1Failure, type Element, openingTags, TAG } from '../asn1/element.ts';

export const ATTRIBUTE = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  algorithmProtection: '1.2.840.113549.1.9.52',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timestamp: '1.2.840.113549.1.9.16.2.14',
} as const;

/** Those of which the standards want one value. */
const KNOWN: ReadonlySet<string> = new Set(Object.values(ATTRIBUTE));

/**
 * The value of each attribute, by type; of a type that is not known the first of several, or the empty set.
 * @throws Asn1Failure where a type stands there twice, or a known one has other than one value
 */
export function readAttributes(attributes: Element): ReadonlyMap<string, Element> {
  const values = new Map<string, Element>();
  for (const attribute of attributes.children) {
    const type = oidOf(attribute.as(TAG.sequence).child(0));
    const set = attribute.child(1, TAG.set);
    const isOne = set.children.length === 1 || !KNOWN.has(type);
    if (values.has(type) || attribute.children.length !== 2 || !isOne) throw new Asn1Failure('attribute');
    values.set(type, set.children[0] ?? set);
  }
  return values;
}

/** What is signed where there are signed attributes: their encoding as a SET (RFC 5652, 5.4). */
export function signedBytesOf(attributes: Element): Buffer {
  const bytes = Buffer.from(attributes.raw);
  bytes[0] = TAG.set;
  return bytes;
}

/**
 * Whether bytes begin as signed attributes do. A signature over attributes holds over them as content as well, so a
 * container without attributes proves nothing of such content.
 */
export function beginLikeAttributes(bytes: Uint8Array): boolean {
  const [outer, first, type] = openingTags(bytes, 3);
  return outer === TAG.set && first === TAG.sequence && type === TAG.oid;
}
