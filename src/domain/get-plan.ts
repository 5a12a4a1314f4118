/** What `get` does for one certificate: the cheapest step that ends with a good file. */
import { inForce, lastValidDay } from './annotation.ts';
import { addDays, dayOf, daysBetween, type PlainDay } from './calendar.ts';
import { longestFirst } from './renewal.ts';
import { ANNOTATION_STATUSES, isOneOf } from './words.ts';

interface Usable {
  readonly id: string;
  readonly scenario: string;
  readonly status: string;
  readonly requestedAt: string;
  readonly validDays: number;
  readonly validUntil?: string | undefined;
}

interface Saved {
  readonly annotationId: string | null;
  readonly scenario: string | null;
  readonly validUntil: string | null;
}

export type GetPlan<A extends Usable, R extends Saved> =
  | { readonly step: 'up-to-date'; readonly saved: R }
  | { readonly step: 'download'; readonly annotation: A | null }
  | { readonly step: 'join'; readonly annotation: A }
  | { readonly step: 'apply' };

/** What a file must be good for. */
export interface Need {
  readonly scenario: string;
  readonly today: PlainDay;
  /** The file must hold for at least so many days after today. */
  readonly minDays: number;
}

interface Situation<A, R> extends Need {
  readonly annotationRequired: boolean;
  readonly annotations: readonly A[];
  /** Good files of the certificate on this machine. */
  readonly saved: readonly R[];
}

/** The last day of an annotation; while it is generating, the one that it will have. */
const holdsUntil = ({ requestedAt, validDays, validUntil }: Usable): PlainDay =>
  validUntil ?? lastValidDay(dayOf(requestedAt), validDays);

/**
 * Whether an annotation has a status that is not known, and could be in force by its dates or come into force: a slot
 * beside it might be spent for nothing.
 */
export const mayHold = (annotation: Usable, today: PlainDay): boolean =>
  !isOneOf(ANNOTATION_STATUSES, annotation.status) && inForce(holdsUntil(annotation), today);

const lasts = (validUntil: PlainDay, { today, minDays }: Need): boolean => daysBetween(today, validUntil) >= minDays;

/**
 * Whether an annotation is, or will be, good enough, so that another one would only cost a slot. One whose status is not
 * known may be.
 */
export const suits = (annotation: Usable, need: Need): boolean =>
  annotation.status !== 'expired' &&
  annotation.status !== 'failed' &&
  annotation.scenario === need.scenario &&
  lasts(holdsUntil(annotation), need);

/** Reuse a good file, else download what is ready, else join what is generating; only then a slot is spent. */
export function planGet<A extends Usable, R extends Saved>(situation: Situation<A, R>): GetPlan<A, R> {
  const { annotationRequired, annotations, saved, ...need } = situation;
  const reusable = longestFirst(saved).find(({ annotationId, scenario, validUntil }) =>
    annotationRequired
      ? scenario === need.scenario && validUntil !== null && lasts(validUntil, need)
      : annotationId === null,
  );
  if (reusable !== undefined) return { step: 'up-to-date', saved: reusable };
  if (!annotationRequired) return { step: 'download', annotation: null };
  const suitable = annotations
    .filter((annotation) => suits(annotation, need))
    .sort((a, b) => holdsUntil(b).localeCompare(holdsUntil(a)));
  const withStatus = (wanted: string) => suitable.find(({ status }) => status === wanted);
  const ready = withStatus('ready');
  if (ready !== undefined) return { step: 'download', annotation: ready };
  const annotation = withStatus('generating') ?? suitable[0];
  return annotation === undefined ? { step: 'apply' } : { step: 'join', annotation };
}

/** The first day on which a file that holds until `validUntil` holds for less than `minDays` more days. */
export const dueOn = (validUntil: PlainDay, minDays: number): PlainDay => addDays(validUntil, 1 - minDays);
