/** What `get` does for one certificate: the cheapest step that ends with a good file. */
import { daysBetween, type PlainDay } from './calendar.ts';

interface Usable {
  readonly id: string;
  readonly status: 'generating' | 'ready' | 'expired' | 'failed';
  readonly validUntil?: string | undefined;
}

interface Saved {
  readonly annotationId: string | null;
  readonly validUntil: string | null;
}

export type GetPlan<A extends Usable, R extends Saved> =
  | { readonly step: 'up-to-date'; readonly saved: R }
  | { readonly step: 'download'; readonly annotation: A | null }
  | { readonly step: 'join'; readonly annotation: A }
  | { readonly step: 'apply' };

interface Situation<A, R> {
  readonly annotationRequired: boolean;
  readonly annotations: readonly A[];
  /** Good files of the certificate on this machine. */
  readonly saved: readonly R[];
  readonly today: PlainDay;
  /** The file must hold for at least so many days after today. */
  readonly minDays: number;
}

/** Reuse a good file, else download what is ready, else join what is generating; only then a slot is spent. */
export function planGet<A extends Usable, R extends Saved>(situation: Situation<A, R>): GetPlan<A, R> {
  const { annotationRequired, annotations, saved, today, minDays } = situation;
  const lasts = (validUntil: string | null | undefined) =>
    validUntil !== null && validUntil !== undefined && daysBetween(today, validUntil) >= minDays;
  const reusable = saved.find(({ annotationId, validUntil }) =>
    annotationRequired ? lasts(validUntil) : annotationId === null,
  );
  if (reusable !== undefined) return { step: 'up-to-date', saved: reusable };
  if (!annotationRequired) return { step: 'download', annotation: null };
  const [ready] = annotations
    .filter(({ status, validUntil }) => status === 'ready' && lasts(validUntil))
    .sort((a, b) => (b.validUntil ?? '').localeCompare(a.validUntil ?? ''));
  if (ready !== undefined) return { step: 'download', annotation: ready };
  const generating = annotations.find(({ status }) => status === 'generating');
  return generating === undefined ? { step: 'apply' } : { step: 'join', annotation: generating };
}
