/** The signature container: CMS SignedData (RFC 5652), or its twin with the national object identifiers (GB/T 35275). */

import { oidOf, smallInteger } from '../asn1/decode.ts';
import { Asn1Failure, type Element, TAG } from '../asn1/element.ts';

export interface SignedData {
  readonly version: number;
  readonly digestAlgorithms: readonly Element[];
  readonly contentType: string;
  /** Content that is carried inside, in place of the file's. */
  readonly content: Element | undefined;
  readonly certificates: readonly Element[];
  readonly revocationLists: readonly Element[];
  readonly signers: readonly SignerInfo[];
}

export interface SignerInfo {
  readonly version: number;
  /** IssuerAndSerialNumber, or the subject key identifier. */
  readonly identifier: Element;
  readonly digestAlgorithm: Element;
  /** Absent, or SET OF Attribute under the tag `[0]`. */
  readonly signedAttributes: Element | undefined;
  readonly signatureAlgorithm: Element;
  readonly signature: Buffer;
  readonly unsignedAttributes: Element | undefined;
}

export const DATA = new Set(['1.2.840.113549.1.7.1', '1.2.156.10197.6.1.4.2.1']);
const SIGNED_DATA = new Set(['1.2.840.113549.1.7.2', '1.2.156.10197.6.1.4.2.2']);

/** @throws Asn1Failure */
export function readSignedData(container: Element): SignedData {
  exactly(container.as(TAG.sequence), 2);
  if (!SIGNED_DATA.has(oidOf(container.child(0)))) throw new Asn1Failure('not SignedData');
  const [version, digestAlgorithms, encapsulated, ...rest] = exactly(container.child(1, TAG.context(0)), 1).child(
    0,
    TAG.sequence,
  ).children;
  if (version === undefined || digestAlgorithms === undefined || encapsulated === undefined)
    throw new Asn1Failure('SignedData');
  const certificates = rest[0]?.tag === TAG.context(0) ? rest.shift() : undefined;
  const revocationLists = rest[0]?.tag === TAG.context(1) ? rest.shift() : undefined;
  const [signers, ...more] = rest;
  if (signers === undefined || more.length > 0 || encapsulated.children.length > 2) throw new Asn1Failure('SignedData');
  return {
    version: smallInteger(version),
    digestAlgorithms: digestAlgorithms.as(TAG.set).children,
    contentType: oidOf(encapsulated.as(TAG.sequence).child(0)),
    content: encapsulated.children[1],
    certificates: certificates?.children ?? [],
    revocationLists: revocationLists?.children ?? [],
    signers: signers.as(TAG.set).children.map(readSigner),
  };
}

function readSigner(element: Element): SignerInfo {
  const [version, identifier, digestAlgorithm, ...rest] = element.as(TAG.sequence).children;
  const signedAttributes = rest[0]?.tag === TAG.context(0) ? rest.shift() : undefined;
  const [signatureAlgorithm, signature, unsignedAttributes, ...more] = rest;
  if (!version || !identifier || !digestAlgorithm || !signatureAlgorithm || !signature || more.length > 0)
    throw new Asn1Failure('SignerInfo');
  if (signedAttributes?.isIndefinite) throw new Asn1Failure('signed attributes not in DER');
  return {
    version: smallInteger(version),
    identifier,
    digestAlgorithm,
    signedAttributes,
    signatureAlgorithm,
    signature: signature.as(TAG.octetString).content,
    unsignedAttributes: unsignedAttributes?.as(TAG.context(1)),
  };
}

function exactly(element: Element, count: number): Element {
  if (element.children.length !== count) throw new Asn1Failure('number of elements');
  return element;
}
