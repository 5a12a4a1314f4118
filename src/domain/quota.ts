import { addDays, dayOf, daysBetween, type PlainDay } from './calendar.ts';

export interface QuotaRule {
  /** Annotations of one certificate that may fall into the window. */
  readonly limit: number;
  /** Calendar days, the day of application included. */
  readonly windowDays: number;
}

/** At most 3 annotations of one certificate in 90 days counted back from the day of application (given). */
export const QUOTA_RULE: QuotaRule = { limit: 3, windowDays: 90 };

/** What the quota needs to know of an annotation. */
export interface CountedAnnotation {
  readonly status: 'generating' | 'ready' | 'expired' | 'failed';
  /** The instant of application, RFC 3339. */
  readonly requestedAt: string;
}

export interface QuotaState extends QuotaRule {
  readonly used: number;
  readonly remaining: number;
  /** The first day with one more slot than today: null while none is used. */
  readonly nextSlotOn: PlainDay | null;
}

/**
 * Slots of one certificate on a day (rule "3 in 90").
 * The window is `windowDays` calendar days in Asia/Shanghai that end with `day`, both ends included. An annotation
 * counts from its application day whether or not it has expired since; a failed one does not count.
 */
export function quotaOn(day: PlainDay, history: readonly CountedAnnotation[], rule: QuotaRule): QuotaState {
  const counting = history
    .filter((annotation) => annotation.status !== 'failed')
    .map((annotation) => dayOf(annotation.requestedAt))
    .filter((requestedOn) => daysBetween(requestedOn, day) < rule.windowDays)
    .sort();
  const used = counting.length;
  const remaining = Math.max(0, rule.limit - used);
  const nextToLeave = counting[Math.max(0, used - rule.limit)];
  return {
    ...rule,
    used,
    remaining,
    nextSlotOn: nextToLeave === undefined ? null : addDays(nextToLeave, rule.windowDays),
  };
}
