/** Applying for annotations without wasting a slot. Interfaces only. */
import type { Annotation } from '../portal/contract/schemas.ts';

export interface Wanted {
  readonly scenario: string;
  readonly validDays: number;
  /** The latest annotation that the caller saw: what came since, and is what is wanted, is joined. */
  readonly seen: Annotation | null;
  /** Slots that must be left afterwards. */
  readonly reserve: number;
  /** Apply again where the outcome of an earlier application cannot be known: a person said so. */
  readonly resubmit: boolean;
}

export interface Submissions {
  /**
   * The annotation that was wanted: one that an interrupted run had applied for, one that another start applied for
   * meanwhile, or a new one. At most one application reaches the portal for one intention.
   * @throws CertError OUTCOME_UNKNOWN, CERTIFICATE_BUSY, QUOTA_EXHAUSTED, FILE_NOT_WRITABLE before anything is sent,
   *   or what the portal refuses
   */
  submit(certificateId: string, wanted: Wanted): Promise<Annotation>;
}
