/** What was submitted for a certificate, as the journal remembers it, and what follows from it. */

/** Written, durably, before an application is sent. */
export interface Intent {
  readonly type: 'intent';
  /** Our name for the application: `clientReference` and idempotency key. */
  readonly reference: string;
  readonly scenario: string;
  readonly validDays: number;
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

export type JournalEntry = Intent | Outcome;

/** The intents whose outcome is not known: each may or may not have cost a slot. */
export function openIntents(entries: readonly JournalEntry[]): Intent[] {
  const settled = new Set(entries.flatMap((entry) => (entry.type === 'outcome' ? [entry.reference] : [])));
  return entries.filter((entry): entry is Intent => entry.type === 'intent' && !settled.has(entry.reference));
}

/** What the portal tells of an annotation. */
export interface ListedAnnotation {
  readonly id: string;
  readonly scenario: string;
  readonly validDays: number;
  readonly clientReference?: string | undefined;
}

/**
 * The annotation that an open intent became: the one with our reference; where the portal echoes none, the one and
 * only new annotation that matches what was asked and belongs to no other intent. `ambiguous` when several could be it.
 */
export function settledBy<A extends ListedAnnotation>(
  intent: Intent,
  listed: readonly A[],
  entries: readonly JournalEntry[],
): A | 'ambiguous' | undefined {
  const ours = listed.find(({ clientReference }) => clientReference === intent.reference);
  if (ours !== undefined) return ours;
  const taken = new Set(entries.flatMap((entry) => (entry.type === 'outcome' ? [entry.annotationId] : [])));
  const candidates = listed.filter(
    ({ id, clientReference, scenario, validDays }) =>
      clientReference === undefined &&
      !intent.known.includes(id) &&
      !taken.has(id) &&
      scenario === intent.scenario &&
      validDays === intent.validDays,
  );
  return candidates.length > 1 ? 'ambiguous' : candidates[0];
}
