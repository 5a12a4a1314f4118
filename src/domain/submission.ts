/** What was submitted for a certificate, as the journal remembers it, and what follows from it. */
import type { CountedAnnotation } from './quota.ts';

/** What an application asks for. */
export interface Application {
  readonly scenario: string;
  readonly validDays: number;
}

/** Written, durably, before an application is sent. */
export interface Intent extends Application {
  readonly type: 'intent';
  /** Our name for the application: `clientReference` and idempotency key. */
  readonly reference: string;
  /** The annotations that the portal already had. */
  readonly known: readonly string[];
  readonly at: string;
}

/** Written, durably, once it is certain what became of an application. */
export interface Outcome {
  readonly type: 'outcome';
  readonly reference: string;
  /** The annotation that it became; null when the portal refused it or it never left this machine. */
  readonly annotationId: string | null;
  readonly at: string;
}

/** Written once whoever wanted the annotation has heard of it, or has its file. */
interface Delivery {
  readonly type: 'delivery';
  readonly annotationId: string;
  readonly at: string;
}

export type JournalEntry = Intent | Outcome | Delivery;

/** The intents whose outcome is not known: each may or may not have cost a slot. */
export function openIntents(entries: readonly JournalEntry[]): Intent[] {
  const settled = new Set(entries.flatMap((entry) => (entry.type === 'outcome' ? [entry.reference] : [])));
  return entries.filter((entry): entry is Intent => entry.type === 'intent' && !settled.has(entry.reference));
}

/** The annotations that a run applied for and ended before it could say so: the next run is about the same intention. */
export function undelivered(entries: readonly JournalEntry[]): string[] {
  const delivered = new Set(entries.flatMap((entry) => (entry.type === 'delivery' ? [entry.annotationId] : [])));
  return entries
    .flatMap((entry) => (entry.type === 'outcome' ? (entry.annotationId ?? []) : []))
    .filter((annotationId) => !delivered.has(annotationId));
}

/** The annotations that were applied for from this machine after a moment: another start did that meanwhile. */
export const appliedAfter = (entries: readonly JournalEntry[], moment: Date): string[] =>
  entries.flatMap((entry) =>
    entry.type === 'outcome' && new Date(entry.at) > moment ? (entry.annotationId ?? []) : [],
  );

/** The applications that took a slot, or may have. */
export function slotsTaken(entries: readonly JournalEntry[]): CountedAnnotation[] {
  const refused = new Set(
    entries.flatMap((entry) => (entry.type === 'outcome' && entry.annotationId === null ? [entry.reference] : [])),
  );
  return entries.flatMap((entry) =>
    entry.type === 'intent' && !refused.has(entry.reference) ? [{ status: 'ready', requestedAt: entry.at }] : [],
  );
}

/** What the portal tells of an annotation. */
export interface ListedAnnotation extends Application {
  readonly id: string;
  readonly clientReference?: string | undefined;
}

export const asksTheSame = (one: Application, other: Application): boolean =>
  one.scenario === other.scenario && one.validDays === other.validDays;

/**
 * The annotations that an open intent may have become: the one with our reference; where the portal echoes none, the
 * new ones that match what was asked and belong to no other intent.
 */
export function maybeBecame<A extends ListedAnnotation>(
  intent: Intent,
  listed: readonly A[],
  entries: readonly JournalEntry[],
): A[] {
  const ours = listed.find(({ clientReference }) => clientReference === intent.reference);
  if (ours !== undefined) return [ours];
  const taken = new Set(entries.flatMap((entry) => (entry.type === 'outcome' ? [entry.annotationId] : [])));
  return listed.filter(
    (annotation) =>
      annotation.clientReference === undefined &&
      !intent.known.includes(annotation.id) &&
      !taken.has(annotation.id) &&
      asksTheSame(annotation, intent),
  );
}
