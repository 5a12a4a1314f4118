/** The applications for one certificate, while its lock is held. */

import type { Annotation, Quota } from '../contract/schemas.ts';
import type { Lock } from '../disk/lock.ts';
import { shanghaiMoment } from '../domain/calendar.ts';
import { appliedAfter, type Intent, type JournalEntry, undelivered } from '../domain/submission.ts';
import { CertError } from '../errors.ts';
import type { HolderPortal } from '../ports/holder-portal.ts';
import type { Wanted } from '../ports/submissions.ts';
import type { Journal } from './journal.ts';
import { latestFirst, recall } from './recall.ts';
import { send } from './sending.ts';
import { Settlement, type SettlementPorts } from './settlement.ts';

export interface ApplicationPorts extends SettlementPorts {
  readonly holderPortal: Pick<HolderPortal, 'annotation' | 'annotations' | 'submitAnnotation'>;
  readonly newReference: () => string;
  /** Hears of an outcome that could not be written down, and of a journal that cannot be read. */
  readonly warn: (error: unknown) => void;
}

export class LockedApplications {
  readonly #ports: ApplicationPorts;
  readonly #certificateId: string;
  readonly #journal: Journal;
  readonly #lock: Lock;
  readonly #settlement: Settlement;

  constructor(ports: ApplicationPorts, certificateId: string, journal: Journal, lock: Lock) {
    this.#ports = ports;
    this.#certificateId = certificateId;
    this.#journal = journal;
    this.#lock = lock;
    this.#settlement = new Settlement(ports, certificateId, journal);
  }

  async submit(wanted: Wanted): Promise<{ annotation: Annotation; isNew: boolean }> {
    const certificate = this.#certificateId;
    const sentAgain: Intent[] = [];
    for (;;) {
      const entries = await this.#journal.read();
      const ids = [...(wanted.known ?? []), ...(wanted.seen === null ? [] : [wanted.seen.id])];
      const { items, quota } = await recall(this.#ports, certificate, { entries, ids });
      const { found, unlisted } = await this.#settlement.settle(entries, items, quota);
      const same = [...undelivered(entries), ...appliedAfter(entries, wanted.startedAt)];
      const joined = [...found, ...items.filter(({ id }) => same.includes(id)), ...newerThan(items, wanted.seen)].find(
        wanted.serves,
      );
      if (joined !== undefined) return { annotation: joined, isNew: false };
      const again = await this.#settlement.sameAgain(unlisted, wanted, sentAgain);
      // One that was sent already has taken the last slot, or finds none.
      const maySend = quota.remaining > wanted.reserve || (again !== undefined && quota.remaining === 0);
      if (!maySend) throw noSlot(quota);
      if (!(await this.#lock.isHeld())) throw new CertError('CERTIFICATE_BUSY', { certificate });
      if (again === undefined) return { annotation: await this.#sendNew(wanted, items, entries), isNew: true };
      sentAgain.push(again);
      const annotation = await this.#send(again, entries, { isFirst: false });
      // An earlier sending may have made it long ago.
      if (wanted.serves(annotation)) return { annotation, isNew: true };
    }
  }

  async delivered(annotationId: string): Promise<void> {
    if (undelivered(await this.#journal.read()).includes(annotationId))
      await this.#journal.append({ type: 'delivery', annotationId, at: this.#now() });
  }

  async #sendNew(
    { scenario, validDays }: Wanted,
    items: readonly Annotation[],
    entries: readonly JournalEntry[],
  ): Promise<Annotation> {
    const intent: Intent = {
      type: 'intent',
      reference: this.#ports.newReference(),
      scenario,
      validDays,
      known: items.map(({ id }) => id),
      at: this.#now(),
    };
    await this.#journal.append(intent);
    return this.#send(intent, entries, { isFirst: true });
  }

  async #send(
    intent: Intent,
    entries: readonly JournalEntry[],
    { isFirst }: { isFirst: boolean },
  ): Promise<Annotation> {
    const { portal, holderPortal, warn } = this.#ports;
    const end = await send({ portal, holderPortal, certificateId: this.#certificateId, intent, entries });
    // What became of it does not depend on whether it can be written: the next run settles what is left open.
    if (end.is === 'made') {
      await this.#settlement.conclude(intent, end.annotation.id).catch(warn);
      return end.annotation;
    }
    // An earlier sending of the same may still be on its way: only the portal's word ends it.
    if (end.is === 'refused' || (end.is === 'unsent' && isFirst))
      await this.#settlement.conclude(intent, null).catch(warn);
    throw end.error;
  }

  #now(): string {
    return shanghaiMoment(this.#ports.clock.now());
  }
}

/** What appeared since the caller looked: another start of the same command made it. */
function newerThan(listed: readonly Annotation[], seen: Annotation | null): readonly Annotation[] {
  const sorted = [...listed].sort(latestFirst);
  const index = seen === null ? sorted.length : sorted.findIndex(({ id }) => id === seen.id);
  return sorted.slice(0, Math.max(0, index));
}

const noSlot = (rule: Quota): CertError =>
  new CertError('QUOTA_EXHAUSTED', { nextSlotOn: rule.nextSlotOn ?? undefined, reserved: rule.remaining, rule });
