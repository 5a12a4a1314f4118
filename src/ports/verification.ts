/** Verifying a PDF, offline. Interfaces only. */
import type { ExpectedAnnotation, Verification } from '../domain/verification.ts';

export interface VerifyOptions {
  /** Certificates that the person trusts to vouch for signers, DER each. */
  readonly trustAnchors: readonly Uint8Array[];
  readonly now: Date;
  /** What the caller knows of the file from the portal; the file must not contradict it. */
  readonly expected?: ExpectedAnnotation | undefined;
}

/** Never rejects, whatever the bytes are; bounded in time and memory. */
export type VerifyPdf = (bytes: Uint8Array, options: VerifyOptions) => Promise<Verification>;
