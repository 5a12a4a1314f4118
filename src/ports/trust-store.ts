/** The authorities that a person trusts to vouch for signers. */
import type { TrustedCertificate } from './verifier.ts';

export interface TrustAnchor extends TrustedCertificate {
  /** The profile that it is for; null where it is for every one. */
  readonly profile: string | null;
}

/** The trust anchors on this machine, by profile. Those that were added without a profile are for every one. */
export interface TrustStore {
  /** Those of a profile, then those for every one. @throws CertError CONFIG_INVALID */
  anchors(profile: string | undefined): Promise<TrustAnchor[]>;
  /** Tries whether they can be read and changed. Leaves nothing behind. @throws CertError FILE_NOT_WRITABLE, CONFIG_INVALID */
  ensureWritable(): Promise<void>;
  /** Adds what is not known yet. @throws CertError FILE_NOT_WRITABLE, CONFIG_INVALID */
  add(profile: string | undefined, certificates: readonly TrustedCertificate[]): Promise<void>;
  /** @throws CertError FILE_NOT_WRITABLE, CONFIG_INVALID */
  remove(anchor: TrustAnchor): Promise<void>;
  /** Gives the anchors of a profile to one of another name, or to none. @throws CertError FILE_NOT_WRITABLE, CONFIG_INVALID */
  move(from: string, to: string | undefined): Promise<void>;
}
