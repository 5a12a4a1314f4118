/**
 * Keys of the throw-away PKI. Each signs deterministically: the same page, made again after a restart, is the same
 * file with the same entity tag. That is why P-256 signs with `@noble/curves` (RFC 6979) and not with `node:crypto`.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPair, sign as signWith } from 'node:crypto';
import { promisify } from 'node:util';
import { p256 } from '@noble/curves/nist.js';
import { publicPointOf, randomPrivateKey, signSm2 } from './sign-sm2.ts';
import type { KeyKind, StoredKey } from './stored.ts';

/** Object identifiers of what a key signs with, and of the containers that hold it. */
export interface Algorithms {
  readonly data: string;
  readonly signedData: string;
  readonly digest: string;
  /** In certificates. */
  readonly certificate: string;
  /** In a SignerInfo. */
  readonly signer: string;
  /** Whether these identifiers have NULL as parameters (RFC 4055), or none. */
  readonly nullParameters: boolean;
}

/** An ASN.1 value in its distinguished encoding. */
export type Der = Uint8Array<ArrayBuffer>;

export interface SigningKey {
  readonly algorithms: Algorithms;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Der;
  digest(message: Uint8Array): Uint8Array;
  /** The signature of the message's digest, as X.509 and CMS carry it. */
  sign(message: Uint8Array): Uint8Array;
}

const RSA_BITS = 2_048;
const INTERNATIONAL = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  digest: '2.16.840.1.101.3.4.2.1',
};
const sha256 = (message: Uint8Array): Uint8Array => createHash('sha256').update(message).digest();
const sm3 = (message: Uint8Array): Uint8Array => createHash('sm3').update(message).digest();

const KINDS: Readonly<Record<KeyKind, { generate(): Promise<string>; open(secret: string): SigningKey }>> = {
  p256: {
    generate: async () => Buffer.from(p256.utils.randomSecretKey()).toString('hex'),
    open: (secret) => {
      const key = Buffer.from(secret, 'hex');
      return {
        algorithms: {
          ...INTERNATIONAL,
          certificate: '1.2.840.10045.4.3.2',
          signer: '1.2.840.10045.4.3.2',
          nullParameters: false,
        },
        publicKey: curveKey('2a8648ce3d030107', p256.getPublicKey(key, false)),
        digest: sha256,
        sign: (message) => p256.sign(message, key, { format: 'der', lowS: false }),
      };
    },
  },
  rsa: {
    generate: async () => {
      const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: RSA_BITS });
      return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    },
    open: (secret) => {
      const key = createPrivateKey(secret);
      return {
        algorithms: {
          ...INTERNATIONAL,
          certificate: '1.2.840.113549.1.1.11',
          signer: '1.2.840.113549.1.1.1',
          nullParameters: true,
        },
        publicKey: Uint8Array.from(createPublicKey(key).export({ type: 'spki', format: 'der' })),
        digest: sha256,
        sign: (message) => signWith('sha256', message, key),
      };
    },
  },
  sm2: {
    generate: async () => randomPrivateKey(),
    open: (secret) => ({
      // The containers' identifiers are those of GB/T 35275.
      algorithms: {
        data: '1.2.156.10197.6.1.4.2.1',
        signedData: '1.2.156.10197.6.1.4.2.2',
        digest: '1.2.156.10197.1.401',
        certificate: '1.2.156.10197.1.501',
        signer: '1.2.156.10197.1.301.1',
        nullParameters: false,
      },
      publicKey: curveKey('2a811ccf5501822d', publicPointOf(secret)),
      digest: sm3,
      sign: (message) => signSm2(message, secret),
    }),
  },
};

/** SubjectPublicKeyInfo of an uncompressed point; the curve's object identifier in hex, 8 bytes. */
const curveKey = (curve: string, point: Uint8Array): Der =>
  Uint8Array.from([...Buffer.from(`3059301306072a8648ce3d02010608${curve}034200`, 'hex'), ...point]);

export const generateKey = async (kind: KeyKind): Promise<StoredKey> => ({
  kind,
  secret: await KINDS[kind].generate(),
});

export const openKey = ({ kind, secret }: StoredKey): SigningKey => KINDS[kind].open(secret);
