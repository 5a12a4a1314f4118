/** How long the journal's knowledge matters: what a portal may still count, or have, although its lists do not show it. */
import { dayOf, daysBetween, type PlainDay } from './calendar.ts';
import { MAX_VALID_DAYS } from './published-rules.ts';
import { type Intent, type JournalEntry, openIntents } from './submission.ts';

/** The day on which it is asked, and the days in which the portal counts annotations. */
export interface Window {
  readonly day: PlainDay;
  readonly windowDays: number;
}

/** Whether what was applied for at an instant neither counts nor holds any more, whatever became of it. */
const isPast = (at: string, validDays: number, { day, windowDays }: Window): boolean =>
  daysBetween(dayOf(at), day) > Math.max(windowDays, validDays);

/** Whether it does not matter any more what became of an application. */
export const isOver = ({ at, validDays }: Intent, window: Window): boolean => isPast(at, validDays, window);

/** The annotations that were applied for here and may still count or hold, the latest first. */
export function appliedFor(entries: readonly JournalEntry[], window: Window): string[] {
  const intents = new Map(entries.flatMap((entry) => (entry.type === 'intent' ? [[entry.reference, entry]] : [])));
  return entries
    .flatMap((entry) => {
      if (entry.type !== 'outcome' || entry.annotationId === null) return [];
      const { at, validDays } = intents.get(entry.reference) ?? { at: entry.at, validDays: MAX_VALID_DAYS };
      return isPast(at, validDays, window) ? [] : [entry.annotationId];
    })
    .reverse();
}

/** The same, and then the annotations that others had applied for: whatever a list leaves out, the portal may have them. */
export function knownAnnotations(entries: readonly JournalEntry[], window: Window): string[] {
  const others = entries
    .flatMap((entry) => (entry.type === 'intent' && !isPast(entry.at, MAX_VALID_DAYS, window) ? [entry.known] : []))
    .reverse();
  return [...new Set([...appliedFor(entries, window), ...others.flat()])];
}

/** Longer journals are cut to what still matters. */
const MAX_ENTRIES = 200;
const LATEST_ENTRIES = 50;
/** A portal may count for longer than the published rule says. */
const KEPT_DAYS = 366;

/**
 * A journal without what is over: the latest entries stay, and so does all that belongs to an open application, or to
 * one that may still count against the slots or hold.
 */
export function compacted(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  if (entries.length <= MAX_ENTRIES) return entries;
  const window = { day: dayOf(entries.at(-1)?.at ?? ''), windowDays: KEPT_DAYS };
  const kept = new Set(openIntents(entries).map(({ reference }) => reference));
  for (const [index, entry] of entries.entries()) {
    const days = entry.type === 'intent' ? entry.validDays : MAX_VALID_DAYS;
    if (index < entries.length - LATEST_ENTRIES && isPast(entry.at, days, window)) continue;
    if (entry.type === 'delivery') kept.add(entry.annotationId);
    else kept.add(entry.reference);
  }
  const ids = entries.flatMap((entry) =>
    entry.type === 'outcome' && kept.has(entry.reference) ? (entry.annotationId ?? []) : [],
  );
  for (const id of ids) kept.add(id);
  return entries.filter((entry) => kept.has(entry.type === 'delivery' ? entry.annotationId : entry.reference));
}
