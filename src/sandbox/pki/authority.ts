/**
 * The throw-away PKI: a root, and below it for each kind of signature an issuing authority and the certificate that
 * signs. There is one root, so that one trust anchor serves whatever the sandbox signs with.
 */

import { type Der, generateKey, openKey, type SigningKey } from './keys.ts';
import type { Certified, KeyKind, StoredPki } from './stored.ts';
import { certificateOf, pemOf } from './x509.ts';

/** What signs. */
export interface Signer {
  readonly key: SigningKey;
  readonly certificate: Der;
  readonly issuer: Der;
}

/** Who uses the electronic seal, and who made it. */
export interface Sealers {
  readonly user: Omit<Signer, 'issuer'>;
  readonly maker: Omit<Signer, 'issuer'>;
}

/** Where the PKI is kept. */
export interface PkiStore {
  load(): StoredPki | undefined;
  /** Durable when this resolves: nothing is signed with what is not kept. */
  save(pki: StoredPki): Promise<void>;
}

/** Makes each part when it is first needed, once. */
export class Authority {
  readonly #store: PkiStore;
  /** Work that reads and then writes the store, one at a time. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: PkiStore) {
    this.#store = store;
  }

  /** The root's certificate, PEM. */
  async trustAnchor(): Promise<string> {
    return pemOf(der((await this.#inTurn(() => this.#pki())).root.certificate));
  }

  signer(kind: KeyKind): Promise<Signer> {
    return this.#inTurn(async () => {
      const pki = await this.#pki();
      const signer = pki.signers[kind] ?? (await this.#newSigner(kind, pki));
      return { ...opened(signer), issuer: der(signer.issuer) };
    });
  }

  sealers(): Promise<Sealers> {
    return this.#inTurn(async () => {
      const pki = await this.#pki();
      const { user, maker } = pki.sealers ?? (await this.#newSealers(pki));
      return { user: opened(user), maker: opened(maker) };
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #pki(): Promise<StoredPki> {
    const kept = this.#store.load();
    if (kept !== undefined) return kept;
    const key = await generateKey('p256');
    const certificate = certificateOf({
      commonName: 'cert sandbox 演示根 Demonstration Root (样张 SAMPLE)',
      key: openKey(key),
      role: { authoritiesBelow: 1 },
    });
    const pki: StoredPki = { root: { certificate: base64(certificate), key }, signers: {} };
    await this.#store.save(pki);
    return pki;
  }

  /** The issuing authority signs once: its key is not kept. */
  async #newSigner(kind: KeyKind, pki: StoredPki) {
    const { root } = pki;
    const [authorityKey, key] = [openKey(await generateKey(kind)), await generateKey(kind)];
    const issuer = certificateOf({
      commonName: `cert sandbox 演示签发 Demonstration Issuing CA (样张 SAMPLE ${kind})`,
      key: authorityKey,
      issuer: opened(root),
      role: { authoritiesBelow: 0 },
    });
    const certificate = certificateOf({
      commonName: '电子证书演示用章 (样张 SAMPLE)',
      key: openKey(key),
      issuer: { certificate: issuer, key: authorityKey },
      role: 'signer',
    });
    const signer = { certificate: base64(certificate), issuer: base64(issuer), key };
    await this.#store.save({ ...pki, signers: { ...pki.signers, [kind]: signer } });
    return signer;
  }

  /** Seals carry no certificates of authorities, so the root itself issues theirs. */
  async #newSealers(pki: StoredPki) {
    const issued = async (commonName: string): Promise<Certified> => {
      const key = await generateKey('sm2');
      const certificate = certificateOf({ commonName, key: openKey(key), issuer: opened(pki.root), role: 'signer' });
      return { certificate: base64(certificate), key };
    };
    const sealers = {
      user: await issued('电子证书演示用章 (样张 SAMPLE)'),
      maker: await issued('cert sandbox 演示制章 Demonstration Seal Maker (样张 SAMPLE)'),
    };
    await this.#store.save({ ...pki, sealers });
    return sealers;
  }
}

const opened = ({ certificate, key }: Certified) => ({ certificate: der(certificate), key: openKey(key) });
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const der = (text: string): Der => Uint8Array.from(Buffer.from(text, 'base64'));
