/** The signature container: CMS (RFC 5652) as CAdES, detached, in DER, with what PAdES asks for and no more. */
import { createHash } from 'node:crypto';
import { type BaseBlock, Integer, ObjectIdentifier, OctetString, Sequence, Set as SetOf } from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import type { Signer } from './authority.ts';
import type { Der } from './keys.ts';
import { algorithm, bufferOf } from './x509.ts';

const SIGNED_ATTRIBUTES = 0;

/** Signs content that is not inside: a ContentInfo. */
export function detachedSignature(content: Uint8Array, { key, certificate, issuer }: Signer): Der {
  const own = Certificate.fromBER(certificate);
  const { algorithms } = key;
  const digestAlgorithm = new AlgorithmIdentifier({ algorithmId: algorithms.digest });
  const attributes = signedAttributes(algorithms.data, key.digest(content), certificate);
  // What is signed is the SET OF them (RFC 5652, section 5.4), not the [0] that stands in the SignerInfo.
  const signed = new Uint8Array(new SetOf({ value: attributes.map((attribute) => attribute.toSchema()) }).toBER());
  const signedData = new SignedData({
    digestAlgorithms: [digestAlgorithm],
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: algorithms.data }),
    certificates: inDerOrder([{ der: certificate }, { der: issuer }]).map(({ der }) => Certificate.fromBER(der)),
    signerInfos: [
      new SignerInfo({
        version: 1,
        sid: new IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
        digestAlgorithm,
        signedAttrs: new SignedAndUnsignedAttributes({ type: SIGNED_ATTRIBUTES, attributes }),
        signatureAlgorithm: algorithm(algorithms, 'signer'),
        signature: new OctetString({ valueHex: bufferOf(key.sign(signed)) }),
      }),
    ],
  });
  const signedSchema = signedData.toSchema(true);
  // Version 1 in both standards; pkijs takes the national identifier for another type of content, and says 3.
  signedSchema.valueBlock.value[0] = new Integer({ value: 1 });
  const container = new ContentInfo({ contentType: algorithms.signedData, content: signedSchema });
  return new Uint8Array(container.toSchema().toBER());
}

/** content-type, message-digest and signing-certificate-v2; PAdES puts the time into the dictionary instead. */
function signedAttributes(contentType: string, digest: Uint8Array, certificate: Uint8Array): Attribute[] {
  const attribute = (type: string, value: BaseBlock) => {
    const made = new Attribute({ type, values: [value] });
    return { made, der: new Uint8Array(made.toSchema().toBER()) };
  };
  const sequence = (value: BaseBlock) => new Sequence({ value: [value] });
  const octets = (bytes: Uint8Array) => new OctetString({ valueHex: bufferOf(bytes) });
  return inDerOrder([
    attribute('1.2.840.113549.1.9.3', new ObjectIdentifier({ value: contentType })),
    attribute('1.2.840.113549.1.9.4', octets(digest)),
    attribute(
      '1.2.840.113549.1.9.16.2.47',
      // SigningCertificateV2 { certs { ESSCertIDv2 { certHash } } }: SHA-256 is its default and stays unnamed.
      sequence(sequence(sequence(octets(sha256(certificate))))),
    ),
  ]).map(({ made }) => made);
}

/** As the members of a SET OF stand in DER. */
const inDerOrder = <T extends { readonly der: Uint8Array }>(members: readonly T[]): T[] =>
  [...members].sort((a, b) => Buffer.compare(a.der, b.der));

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
