/** Lists lag behind what they list: what is known here is held against them. */
import type { Annotation, AnnotationList, Certificate } from '../contract/schemas.ts';
import { dayOf } from '../domain/calendar.ts';
import { appliedFor, knownAnnotations } from '../domain/known-annotations.ts';
import { fewerLeft, heldAgainst } from '../domain/quota.ts';
import type { JournalEntry } from '../domain/submission.ts';
import { isCertError } from '../errors.ts';
import type { HolderPortal } from '../ports/holder-portal.ts';
import type { Clock } from '../ports/surroundings.ts';

interface Ports {
  readonly holderPortal: Pick<HolderPortal, 'annotation' | 'annotations'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** What this machine knows of a certificate's annotations. */
interface Knowledge {
  readonly entries: readonly JournalEntry[];
  /** Annotations that are known from elsewhere. */
  readonly ids?: readonly string[] | undefined;
}

/** No list is so far behind, and no portal is asked more. */
const MOST_ASKED = 50;

/**
 * A certificate's annotations and slots. The portal is asked for each annotation that is known here and that its list
 * does not show; only its own "no such annotation" means that there is none.
 */
export async function recall(
  { holderPortal, clock }: Ports,
  certificateId: string,
  { entries, ids = [] }: Knowledge,
): Promise<AnnotationList> {
  const { items, quota } = await holderPortal.annotations(certificateId);
  const isOurs = (annotation: Annotation) => annotation.certificateId === certificateId;
  const listed = items.filter(isOurs);
  const window = { day: dayOf(clock.now()), windowDays: quota.windowDays };
  const known = new Set([...ids, ...knownAnnotations(entries, window)]);
  for (const { id } of listed) known.delete(id);
  const unlisted: Annotation[] = [];
  for (const id of [...known].slice(0, MOST_ASKED)) {
    const annotation = await holderPortal.annotation(id).catch((error): undefined => {
      if (!isCertError(error, 'ANNOTATION_NOT_FOUND')) throw error;
    });
    if (annotation !== undefined && isOurs(annotation)) unlisted.push(annotation);
  }
  if (unlisted.length === 0) {
    const ours = new Set(appliedFor(entries, window));
    const counted = listed.filter((annotation) => ours.has(annotation.id) && mustCount(annotation));
    return { items: listed, quota: heldAgainst(quota, counted, window.day) };
  }
  // Of two of the same second the one that no list shows yet is the later.
  const all = [...unlisted, ...listed].sort(latestFirst);
  return { items: all, quota: heldAgainst(quota, all, window.day) };
}

/** What counts at every portal. Where its list is whole, its count decides on what is over or was applied for elsewhere. */
const mustCount = ({ status }: Annotation): boolean => status === 'generating' || status === 'ready';

export const latestFirst = (a: Annotation, b: Annotation): number =>
  Date.parse(b.requestedAt) - Date.parse(a.requestedAt);

/**
 * A certificate as lists show it, with its latest annotation and its slots as they are where the list cannot have
 * caught up: it shows another annotation than the last that was applied for here, or counts fewer.
 */
export async function caughtUp(
  ports: Ports,
  certificate: Certificate,
  entries: readonly JournalEntry[],
): Promise<Certificate> {
  const { id, annotation, quota } = certificate;
  if (quota === null) return certificate;
  const day = dayOf(ports.clock.now());
  const applied = appliedFor(entries, { day, windowDays: quota.windowDays });
  const counted = applied.filter((one) => !(one === annotation?.id && annotation.status === 'failed'));
  if (applied.length === 0 || (applied[0] === annotation?.id && counted.length <= quota.used)) return certificate;
  const recalled = await recall(ports, id, { entries, ids: annotation === null ? [] : [annotation.id] });
  const [latest = annotation] = [...recalled.items].sort(latestFirst);
  return { ...certificate, annotation: latest, quota: fewerLeft(quota, recalled.quota) };
}
