/** Verifying PDFs offline. */
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
   * What a PDF makes a viewer do besides showing pages, in the words of the standard (`Launch`, `JavaScript`, …); empty
   * for nothing, undefined when that cannot be told. Never throws; bounded in time and memory.
   */
  actions(bytes: Uint8Array): Promise<readonly string[] | undefined>;
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
