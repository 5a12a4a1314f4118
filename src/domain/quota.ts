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
  /** Whatever a portal calls it: all but `failed` count. */
  readonly status: string;
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

/** Windows beyond this are none of this world, and no calendar has their end. */
const MOST_DAYS = 36_500;

/**
 * A portal's count of slots held against annotations that it must have counted: a count may lag behind them. The one
 * that leaves fewer slots wins.
 */
export function heldAgainst<Q extends QuotaState>(quota: Q, history: readonly CountedAnnotation[], day: PlainDay): Q {
  const windowDays = Math.min(quota.windowDays, MOST_DAYS);
  const counted = quotaOn(day, history, { limit: quota.limit, windowDays });
  return fewerLeft(quota, { ...quota, ...counted, windowDays: quota.windowDays });
}

/** Of two counts the one that leaves fewer slots; the first where they agree. */
export const fewerLeft = <Q extends QuotaState>(one: Q, other: Q = one): Q =>
  other.remaining < one.remaining ? other : one;
