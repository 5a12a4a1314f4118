/**
 * Keys of the throw-away PKI. Each signs deterministically: the same page, made again after a restart, is the same
 * file with the same entity tag. That is why P-256 signs with `@noble/curves` (RFC 6979) and not with `node:crypto`.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPair, sign as signWith } from 'node:crypto';
import { promisify } from 'node:util';
import { p256 } from '@noble/curves/nist.js';
import type { KeyKind, StoredKey } from './stored.ts';

/** Object identifiers of what a key signs with. */
export interface Algorithms {
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
const SHA_256 = '2.16.840.1.101.3.4.2.1';
const sha256 = (message: Uint8Array): Uint8Array => createHash('sha256').update(message).digest();

const KINDS: Readonly<Record<KeyKind, { generate(): Promise<string>; open(secret: string): SigningKey }>> = {
  p256: {
    generate: async () => Buffer.from(p256.utils.randomSecretKey()).toString('hex'),
    open: (secret) => {
      const key = Buffer.from(secret, 'hex');
      return {
        algorithms: {
          digest: SHA_256,
          certificate: '1.2.840.10045.4.3.2',
          signer: '1.2.840.10045.4.3.2',
          nullParameters: false,
        },
        // AlgorithmIdentifier {id-ecPublicKey, prime256v1} and the point, uncompressed.
        publicKey: Uint8Array.from([
          ...Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'),
          ...p256.getPublicKey(key, false),
        ]),
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
          digest: SHA_256,
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
};

export const generateKey = async (kind: KeyKind): Promise<StoredKey> => ({
  kind,
  secret: await KINDS[kind].generate(),
});

export const openKey = ({ kind, secret }: StoredKey): SigningKey => KINDS[kind].open(secret);
