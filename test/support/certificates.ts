/** Certificates made by hand, right or wrong in any one way. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { openKey } from '../../src/sandbox/pki/keys.ts';
import { randomPrivateKey, signSm2 } from '../../src/sandbox/pki/sign-sm2.ts';
import {
  algorithm,
  bits,
  boolean,
  bytesInteger,
  context,
  type Der,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  setOf,
  time,
  utf8,
} from './der.ts';

export interface Key {
  readonly privateKey: KeyObject;
  readonly publicKey: Der;
  readonly kind: 'ec' | 'rsa' | 'sm2';
  /** In place of the private key, which Node cannot use. */
  readonly sign?: (data: Buffer) => Buffer;
}

export function ecKey(namedCurve = 'P-256'): Key {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
  return { privateKey, publicKey: publicKey.export({ type: 'spki', format: 'der' }), kind: 'ec' };
}

/** SM2. Others check what it signs: OpenSSL does, in the tests of seals. */
export function sm2Key(): Key & Required<Pick<Key, 'sign'>> {
  const secret = randomPrivateKey();
  const { publicKey } = openKey({ kind: 'sm2', secret });
  return {
    ...ecKey(),
    publicKey: Buffer.from(publicKey),
    kind: 'sm2',
    sign: (data) => Buffer.from(signSm2(data, secret)),
  };
}

export function rsaKey(modulusLength = 2_048): Key {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength });
  return { privateKey, publicKey: publicKey.export({ type: 'spki', format: 'der' }), kind: 'rsa' };
}

/** With the exponent 1: everybody signs with it by `padded`, nobody needs its private half. */
export function forgeableKey(): Key {
  const modulus = Buffer.alloc(257, 0xff).fill(0, 0, 1);
  const publicKey = sequence(
    algorithm('1.2.840.113549.1.1.1', nothing()),
    bits(sequence(bytesInteger(modulus), integer(1))),
  );
  return { ...rsaKey(), publicKey };
}

/** EMSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 9.2), for 2,048 bits. */
export function padded(data: Buffer): Buffer {
  const digest = createHash('sha256').update(data).digest();
  const info = sequence(algorithm('2.16.840.1.101.3.4.2.1', nothing()), octets(digest));
  return Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(253 - info.length, 0xff), Buffer.from([0]), info]);
}

const SIGNATURE_OIDS: Readonly<Record<string, string>> = {
  'ec sha1': '1.2.840.10045.4.1',
  'ec sha256': '1.2.840.10045.4.3.2',
  'ec sha384': '1.2.840.10045.4.3.3',
  'ec sha512': '1.2.840.10045.4.3.4',
  'rsa sha1': '1.2.840.113549.1.1.5',
  'rsa sha256': '1.2.840.113549.1.1.11',
  'rsa sha512': '1.2.840.113549.1.1.13',
  'sm2 sm3': '1.2.156.10197.1.501',
};

export const signatureAlgorithm = (kind: Key['kind'], digest: string): Der =>
  algorithm(SIGNATURE_OIDS[`${kind} ${digest}`] ?? '', ...(kind === 'rsa' ? [nothing()] : []));

export interface CertificateOptions {
  readonly name: string;
  readonly key: Key;
  /** Itself, where left out. */
  readonly issuer?: Issued;
  readonly ca?: boolean;
  /** Of version 1, which knows no extensions. */
  readonly isOld?: boolean;
  readonly pathLength?: number;
  /** First byte of the bit string; null for none. */
  readonly keyUsage?: number | null;
  readonly extendedKeyUsage?: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
  readonly digest?: string;
  /** What the signed part says of the digest; as `digest` where left out. */
  readonly digestInside?: string;
  /** Further extensions. */
  readonly extensions?: readonly Der[];
}

export interface Issued {
  readonly der: Der;
  readonly key: Key;
  readonly name: Der;
  readonly issuerName: Der;
  readonly serialNumber: Der;
}

const commonName = (name: string): Der => sequence(setOf(sequence(oid('2.5.4.3'), utf8(name))));

export const extension = (dotted: string, value: Der, critical = false): Der =>
  sequence(oid(dotted), ...(critical ? [boolean(true)] : []), octets(value));

export const DIGITAL_SIGNATURE = 0x80;
export const KEY_CERT_SIGN = 0x04;

let serial = 0;

export function issue(options: CertificateOptions): Issued {
  const { key, issuer, ca = false, pathLength, extendedKeyUsage, extensions = [] } = options;
  const { keyUsage = ca ? KEY_CERT_SIGN : DIGITAL_SIGNATURE } = options;
  const { from = new Date('2020-01-01T00:00:00Z'), to = new Date('2040-01-01T00:00:00Z') } = options;
  const signer = issuer?.key ?? key;
  const { digest = signer.kind === 'sm2' ? 'sm3' : 'sha256' } = options;
  const name = commonName(options.name);
  serial += 1;
  const serialNumber = bytesInteger(Buffer.from([0x40, serial >> 8, serial & 0xff]));
  const constraints = sequence(
    ...(ca ? [boolean(true)] : []),
    ...(pathLength === undefined ? [] : [integer(pathLength)]),
  );
  const allExtensions = sequence(
    extension('2.5.29.19', constraints, true),
    ...(keyUsage === null ? [] : [extension('2.5.29.15', bits(Buffer.from([keyUsage])), true)]),
    ...(extendedKeyUsage ? [extension('2.5.29.37', sequence(...extendedKeyUsage.map(oid)))] : []),
    ...extensions,
  );
  const issuerName = issuer?.name ?? name;
  const body = sequence(
    ...(options.isOld ? [] : [context(0, integer(2))]),
    serialNumber,
    signatureAlgorithm(signer.kind, options.digestInside ?? digest),
    issuerName,
    sequence(time(from), time(to)),
    name,
    key.publicKey,
    ...(options.isOld ? [] : [context(3, allExtensions)]),
  );
  const signature = signer.sign?.(body) ?? sign(digest, body, signer.privateKey);
  return {
    der: sequence(body, signatureAlgorithm(signer.kind, digest), bits(signature)),
    key,
    name,
    issuerName,
    serialNumber,
  };
}

/** A revocation list (RFC 5280, 5) that revokes nothing, signed with the issuer's key or another. */
export function revocationList(issuer: Issued, { key } = issuer): Der {
  const algorithm = signatureAlgorithm(key.kind, 'sha256');
  const [from, to] = [new Date('2026-11-01T00:00:00Z'), new Date('2026-12-01T00:00:00Z')];
  const body = sequence(integer(1), algorithm, issuer.name, time(from), time(to));
  return sequence(body, algorithm, bits(sign('sha256', body, key.privateKey)));
}

export const pem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der)
    .toString('base64')
    .replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;
