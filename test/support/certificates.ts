/** Certificates made by hand, right or wrong in any one way. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
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
  readonly kind: 'ec' | 'rsa';
}

export function ecKey(namedCurve = 'P-256'): Key {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
  return { privateKey, publicKey: publicKey.export({ type: 'spki', format: 'der' }), kind: 'ec' };
}

export function rsaKey(modulusLength = 2_048): Key {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength });
  return { privateKey, publicKey: publicKey.export({ type: 'spki', format: 'der' }), kind: 'rsa' };
}

const SIGNATURE_OIDS: Readonly<Record<string, string>> = {
  'ec sha1': '1.2.840.10045.4.1',
  'ec sha256': '1.2.840.10045.4.3.2',
  'ec sha384': '1.2.840.10045.4.3.3',
  'ec sha512': '1.2.840.10045.4.3.4',
  'rsa sha1': '1.2.840.113549.1.1.5',
  'rsa sha256': '1.2.840.113549.1.1.11',
  'rsa sha512': '1.2.840.113549.1.1.13',
};

export const signatureAlgorithm = (kind: Key['kind'], digest: string): Der =>
  algorithm(SIGNATURE_OIDS[`${kind} ${digest}`] ?? '', ...(kind === 'rsa' ? [nothing()] : []));

export interface CertificateOptions {
  readonly name: string;
  readonly key: Key;
  /** Itself, where left out. */
  readonly issuer?: Issued;
  readonly ca?: boolean;
  readonly pathLength?: number;
  /** First byte of the bit string; null for none. */
  readonly keyUsage?: number | null;
  readonly extendedKeyUsage?: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
  readonly digest?: string;
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
  const { key, issuer, ca = false, pathLength, extendedKeyUsage, extensions = [], digest = 'sha256' } = options;
  const { keyUsage = ca ? KEY_CERT_SIGN : DIGITAL_SIGNATURE } = options;
  const { from = new Date('2020-01-01T00:00:00Z'), to = new Date('2040-01-01T00:00:00Z') } = options;
  const signer = issuer?.key ?? key;
  const name = commonName(options.name);
  serial += 1;
  const serialNumber = bytesInteger(Buffer.from([0x40, serial >> 8, serial & 0xff]));
  const constraints = sequence(
    ...(ca ? [boolean(true)] : []),
    ...(pathLength === undefined ? [] : [integer(pathLength)]),
  );
  const issuerName = issuer?.name ?? name;
  const body = sequence(
    context(0, integer(2)),
    serialNumber,
    signatureAlgorithm(signer.kind, digest),
    issuerName,
    sequence(time(from), time(to)),
    name,
    key.publicKey,
    context(
      3,
      sequence(
        extension('2.5.29.19', constraints, true),
        ...(keyUsage === null ? [] : [extension('2.5.29.15', bits(Buffer.from([keyUsage])), true)]),
        ...(extendedKeyUsage ? [extension('2.5.29.37', sequence(...extendedKeyUsage.map(oid)))] : []),
        ...extensions,
      ),
    ),
  );
  const signature = sign(digest, body, signer.privateKey);
  return {
    der: sequence(body, signatureAlgorithm(signer.kind, digest), bits(signature)),
    key,
    name,
    issuerName,
    serialNumber,
  };
}

export const pem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der)
    .toString('base64')
    .replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;
