/** The throw-away PKI as it is kept: JSON. */
import * as v from 'valibot';

export const keyKinds = ['p256', 'rsa', 'sm2'] as const;
export type KeyKind = (typeof keyKinds)[number];

const storedKey = v.object({
  kind: v.picklist(keyKinds),
  /** RSA: PKCS#8 in PEM; a curve: the private number in hex. */
  secret: v.string(),
});

/** DER in base64. */
const certificate = v.pipe(v.string(), v.base64());

const certified = v.object({ certificate, key: storedKey });
const storedSigner = v.object({ ...certified.entries, issuer: certificate });

export const storedPki = v.object({
  root: certified,
  signers: v.partial(v.object({ p256: storedSigner, rsa: storedSigner, sm2: storedSigner })),
  /** Who uses the electronic seal, and who made it. */
  sealers: v.optional(v.object({ user: certified, maker: certified })),
});

export type StoredKey = v.InferOutput<typeof storedKey>;
export type Certified = v.InferOutput<typeof certified>;
export type StoredPki = v.InferOutput<typeof storedPki>;
