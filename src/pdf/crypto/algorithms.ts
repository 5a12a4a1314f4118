/** AlgorithmIdentifiers of signatures: what each means, and nothing that is not said exactly. */

import { oidOf, smallInteger } from '../asn1/decode.ts';
import { type Element, parseDer, TAG } from '../asn1/element.ts';
import { type Digest, digestByOid } from './digests.ts';

export interface SignatureAlgorithm {
  readonly scheme: 'rsa' | 'rsa-pss' | 'ecdsa' | 'sm2';
  readonly digest: Digest;
  /** Of RSA-PSS, in bytes. */
  readonly saltLength?: number;
}

const OID = { rsaEncryption: '1.2.840.113549.1.1.1', rsaPss: '1.2.840.113549.1.1.10', mgf1: '1.2.840.113549.1.1.8' };

/** Signature algorithms that name their digest, by its object identifier. */
const WITH_DIGEST: Readonly<Record<string, readonly [SignatureAlgorithm['scheme'], digest: string]>> = {
  '1.2.840.113549.1.1.4': ['rsa', '1.2.840.113549.2.5'],
  '1.2.840.113549.1.1.5': ['rsa', '1.3.14.3.2.26'],
  '1.2.840.113549.1.1.11': ['rsa', '2.16.840.1.101.3.4.2.1'],
  '1.2.840.113549.1.1.12': ['rsa', '2.16.840.1.101.3.4.2.2'],
  '1.2.840.113549.1.1.13': ['rsa', '2.16.840.1.101.3.4.2.3'],
  '1.2.840.10045.4.1': ['ecdsa', '1.3.14.3.2.26'],
  '1.2.840.10045.4.3.2': ['ecdsa', '2.16.840.1.101.3.4.2.1'],
  '1.2.840.10045.4.3.3': ['ecdsa', '2.16.840.1.101.3.4.2.2'],
  '1.2.840.10045.4.3.4': ['ecdsa', '2.16.840.1.101.3.4.2.3'],
  // SM2 with SM3, GM/T 0006
  '1.2.156.10197.1.501': ['sm2', '1.2.156.10197.1.401'],
};

/** SM2 signatures of containers (GB/T 35275), whose digest stands beside: the algorithm itself, or the curve. */
const SM2 = new Set(['1.2.156.10197.1.301', '1.2.156.10197.1.301.1']);

/** The digest that an AlgorithmIdentifier names. @throws Asn1Failure */
export function readDigestAlgorithm(identifier: Element): Digest | undefined {
  return hasNoParameters(identifier) ? digestByOid(oidOf(identifier.as(TAG.sequence).child(0))) : undefined;
}

/**
 * The algorithm of a signature; undefined where it is not understood.
 * @param beside the digest that is named beside it, where the algorithm may leave it open
 * @throws Asn1Failure
 */
export function readSignatureAlgorithm(identifier: Element, beside?: Digest): SignatureAlgorithm | undefined {
  const oid = oidOf(identifier.as(TAG.sequence).child(0));
  if (oid === OID.rsaPss) return rsaPss(identifier.children[1]);
  if (!hasNoParameters(identifier)) return undefined;
  if (oid === OID.rsaEncryption && beside !== undefined) return { scheme: 'rsa', digest: beside };
  if (SM2.has(oid) && beside?.name === 'sm3') return { scheme: 'sm2', digest: beside };
  const [scheme, digestOid] = WITH_DIGEST[oid] ?? [];
  const digest = digestOid === undefined ? undefined : digestByOid(digestOid);
  return scheme === undefined || digest === undefined ? undefined : { scheme, digest };
}

const hasNoParameters = ({ children: [, parameters, ...more] }: Element): boolean =>
  more.length === 0 && (parameters === undefined || (parameters.tag === TAG.null && parameters.content.length === 0));

/** RSASSA-PSS-params (RFC 4055); only with one digest for both its uses, as everybody writes it. */
function rsaPss(parameters: Element | undefined): SignatureAlgorithm | undefined {
  const given = parameters?.as(TAG.sequence).children ?? [];
  const fields = new Map(given.map((field) => [field.tag, field.children.length === 1 ? field.child(0) : undefined]));
  const [hash, maskGeneration, salt, trailer] = [0, 1, 2, 3].map((number) => fields.get(TAG.context(number)));
  const known = [hash, maskGeneration, salt, trailer].filter((field) => field !== undefined);
  if (hash === undefined || maskGeneration === undefined || known.length !== given.length) return undefined;
  const digest = readDigestAlgorithm(hash);
  const [generator, generatorDigest, ...more] = maskGeneration.as(TAG.sequence).children;
  if (digest === undefined || generator === undefined || generatorDigest === undefined || more.length > 0)
    return undefined;
  if (oidOf(generator) !== OID.mgf1 || readDigestAlgorithm(generatorDigest) !== digest) return undefined;
  if (trailer !== undefined && smallInteger(trailer) !== 1) return undefined;
  return { scheme: 'rsa-pss', digest, saltLength: salt === undefined ? 20 : smallInteger(salt) };
}

/** What kind of key a SubjectPublicKeyInfo holds, as far as it is supported. @throws Asn1Failure */
export function keyKindOf(publicKey: Buffer): 'rsa' | 'rsa-pss' | 'ec' | 'sm2' | undefined {
  const identifier = parseDer(publicKey).as(TAG.sequence).child(0, TAG.sequence);
  const oid = oidOf(identifier.child(0));
  if (oid === OID.rsaEncryption) return 'rsa';
  if (oid === OID.rsaPss) return 'rsa-pss';
  if (oid !== '1.2.840.10045.2.1') return undefined;
  const curve = identifier.child(1);
  return curve.tag === TAG.oid ? CURVES[oidOf(curve)] : undefined;
}

/** P-256, P-384, P-521; SM2's. Curves that are spelt out are refused: their numbers could be anything. */
const CURVES: Readonly<Record<string, 'ec' | 'sm2'>> = {
  '1.2.840.10045.3.1.7': 'ec',
  '1.3.132.0.34': 'ec',
  '1.3.132.0.35': 'ec',
  '1.2.156.10197.1.301': 'sm2',
};
