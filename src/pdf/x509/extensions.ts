import { booleanOf, oidOf, smallInteger } from '../asn1/decode.ts';
import { Asn1Failure, type Element, parseDer, TAG } from '../asn1/element.ts';

export interface Extensions {
  /** Absent without the extension. */
  readonly basicConstraints?: { readonly isCa: boolean; readonly pathLength: number | undefined } | undefined;
  /** Bit 0 (digitalSignature) is the highest of the first byte; absent without the extension. */
  readonly keyUsage?: Buffer | undefined;
  readonly extendedKeyUsage?: readonly string[] | undefined;
  readonly subjectKeyId?: Buffer | undefined;
  readonly authorityKeyId?: Buffer | undefined;
  /** Whether something restricts the certificate in a way that is not understood here. */
  readonly hasUnknownRestriction: boolean;
}

const OID = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  certificatePolicies: '2.5.29.32',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  /** What a qualified certificate says of itself (RFC 3739): it restricts nothing that is checked here. */
  qualifiedStatements: '1.3.6.1.5.5.7.1.3',
} as const;

const UNDERSTOOD: ReadonlySet<string> = new Set(Object.values(OID).filter((oid) => oid !== OID.nameConstraints));

/** @throws Asn1Failure where one is malformed or stands there twice */
export function readExtensions(list: Element | undefined): Extensions {
  const values = new Map<string, Element>();
  let hasUnknownRestriction = false;
  for (const extension of list?.children ?? []) {
    const oid = oidOf(extension.child(0));
    const isCritical = extension.children.length === 3 && booleanOf(extension.child(1));
    if (values.has(oid)) throw new Asn1Failure('extension twice');
    values.set(oid, extension.child(extension.children.length - 1, TAG.octetString));
    // Name constraints bind whether they are marked or not (RFC 5280, 4.2.1.10).
    if (oid === OID.nameConstraints || (isCritical && !UNDERSTOOD.has(oid))) hasUnknownRestriction = true;
  }
  const inner = (oid: string): Element | undefined => {
    const value = values.get(oid);
    return value === undefined ? undefined : parseDer(value.content);
  };
  return {
    basicConstraints: basicConstraints(inner(OID.basicConstraints)),
    keyUsage: inner(OID.keyUsage)?.as(TAG.bitString).content.subarray(1),
    extendedKeyUsage: inner(OID.extendedKeyUsage)?.children.map(oidOf),
    subjectKeyId: inner(OID.subjectKeyId)?.content,
    authorityKeyId: inner(OID.authorityKeyId)?.children.find(({ tag }) => tag === TAG.primitive(0))?.content,
    hasUnknownRestriction,
  };
}

function basicConstraints(element: Element | undefined): Extensions['basicConstraints'] {
  if (element === undefined) return undefined;
  const fields = [...element.as(TAG.sequence).children];
  const isCa = fields[0]?.tag === TAG.boolean && booleanOf(fields.shift() as Element);
  const [pathLength] = fields;
  return { isCa, pathLength: pathLength === undefined ? undefined : smallInteger(pathLength) };
}
