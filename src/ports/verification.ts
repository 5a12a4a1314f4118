/** Verifying PDFs offline, and the authorities that a person trusts. Interfaces only. */
import type { CertificateSummary, ExpectedAnnotation, Verification } from '../domain/verification.ts';

export interface VerifyOptions {
  /** Certificates that the person trusts to vouch for signers, DER each. */
  readonly trustAnchors: readonly Uint8Array[];
  readonly now: Date;
  /** What the caller knows of the file from the portal; the file must not contradict it. */
  readonly expected?: ExpectedAnnotation | undefined;
}

export interface Verifier {
  /** Says what a PDF proves. Never rejects, whatever the bytes are; bounded in time and memory. */
  verify(bytes: Uint8Array, options: VerifyOptions): Promise<Verification>;
  /**
   * The certificates in a file of PEM blocks, or the one in DER that the file is. Other blocks are passed over.
   * @throws CertError TRUST_FILE_INVALID, naming `path`
   */
  certificates(path: string, bytes: Uint8Array): TrustedCertificate[];
}

export interface TrustedCertificate {
  readonly summary: CertificateSummary;
  readonly der: Uint8Array;
}

export interface TrustAnchor extends TrustedCertificate {
  /** The profile that it is for; null where it is for every one. */
  readonly profile: string | null;
}

/** The trust anchors on this machine, by profile. Those that were added without a profile are for every one. */
export interface TrustStore {
  /** Those of a profile, then those for every one. @throws CertError CONFIG_INVALID */
  anchors(profile: string | undefined): Promise<TrustAnchor[]>;
  /** Adds what is not known yet. @throws CertError FILE_NOT_WRITABLE, CONFIG_INVALID */
  add(profile: string | undefined, certificates: readonly TrustedCertificate[]): Promise<void>;
  /** @throws CertError FILE_NOT_WRITABLE, CONFIG_INVALID */
  remove(anchor: TrustAnchor): Promise<void>;
  /** Gives the anchors of a profile to one of another name, or to none. @throws CertError FILE_NOT_WRITABLE, CONFIG_INVALID */
  move(from: string, to: string | undefined): Promise<void>;
}
