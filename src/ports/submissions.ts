/** Applying for annotations without wasting a slot. */

import type { Annotation, AnnotationList, Certificate } from '../contract/schemas.ts';
import type { QuotaState } from '../domain/quota.ts';
import type { Application } from '../domain/submission.ts';

export interface Wanted extends Application {
  /** The latest annotation that the caller saw. */
  readonly seen: Annotation | null;
  /** The ids of others that the caller knows of, whatever the portal's lists show. */
  readonly known?: readonly string[];
  /** When this run of `cert` began: what another start applied for since is about the same intention. */
  readonly startedAt: Date;
  /** Whether an annotation that came since, or that an interrupted run applied for, is as good as a new one. */
  readonly serves: (annotation: Annotation) => boolean;
  /** Slots that must be left afterwards. */
  readonly reserve: number;
  /** Apply again where the outcome of an earlier application cannot be known: a person said so. */
  readonly resubmit: boolean;
}

export interface Submissions {
  /**
   * The annotation that was wanted: one that an interrupted run had applied for, one that another start applied for
   * meanwhile, or a new one. At most one application reaches the portal for one intention.
   * `isNew` tells whether this call spent the slot.
   * @throws CertError OUTCOME_UNKNOWN, CERTIFICATE_BUSY, QUOTA_EXHAUSTED, FILE_NOT_WRITABLE before anything is sent,
   *   or what the portal refuses
   */
  submit(certificateId: string, wanted: Wanted): Promise<{ annotation: Annotation; isNew: boolean }>;
  /**
   * Certificates as the portal lists them, their latest annotation and their slots held against what this machine knows:
   * lists lag behind what was applied for. A journal that cannot be read is a warning.
   */
  caughtUp(certificates: readonly Certificate[]): Promise<Certificate[]>;
  /**
   * The annotations of a certificate and its slots in the same way; `known` are the ids of annotations that are known
   * from elsewhere.
   */
  history(certificateId: string, known?: readonly string[]): Promise<AnnotationList>;
  /**
   * The slots as far as the applications of this machine tell; undefined where its journal cannot be read. Asks no
   * portal: others may have applied too.
   */
  estimate(certificateId: string): Promise<QuotaState | undefined>;
  /** Whoever wanted the annotation has it now: the next application is another intention. Never fails. */
  delivered(annotation: Pick<Annotation, 'id' | 'certificateId'>): Promise<void>;
}
