/** The applications for one certificate, while its lock is held. */

import type { Annotation, Quota } from '../contract/schemas.ts';
import type { Lock } from '../disk/lock.ts';
import { shanghaiMoment } from '../domain/calendar.ts';
import { appliedAfter, type Intent, maybeBecame, undelivered } from '../domain/submission.ts';
import { CertError, type ErrorCode, isCertError } from '../errors.ts';
import type { HolderPortal } from '../ports/holder-portal.ts';
import type { Wanted } from '../ports/submissions.ts';
import type { Journal } from './journal.ts';
import { Settlement, type SettlementPorts } from './settlement.ts';

export interface ApplicationPorts extends SettlementPorts {
  readonly holderPortal: Pick<HolderPortal, 'annotations' | 'submitAnnotation'>;
  readonly newReference: () => string;
  /** Hears of an outcome that could not be written down. */
  readonly warn: (error: unknown) => void;
}

/**
 * The portal itself looked at the application and made nothing of it. Any other refusal of what is sent a second time,
 * by a gateway or for a key that is in use, says nothing of the first.
 */
const REFUSALS: readonly ErrorCode[] = [
  'QUOTA_EXHAUSTED',
  'CERTIFICATE_NOT_FOUND',
  'CERTIFICATE_REVOKED',
  'ANNOTATION_NOT_REQUIRED',
  'NOTICE_NOT_ACCEPTED',
];

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
    const { items, quota } = await this.#listed();
    const { found, unlisted } = await this.#settlement.settle(items);
    const entries = await this.#journal.read();
    const same = [...undelivered(entries), ...appliedAfter(entries, wanted.startedAt)];
    const joined = [...found, ...items.filter(({ id }) => same.includes(id)), ...newerThan(items, wanted.seen)].find(
      wanted.serves,
    );
    if (joined !== undefined) return { annotation: joined, isNew: false };
    const again = await this.#settlement.sameAgain(unlisted, wanted);
    if (quota.remaining <= wanted.reserve) throw noSlot(quota);
    if (!(await this.#lock.isHeld())) throw new CertError('CERTIFICATE_BUSY', { certificate: this.#certificateId });
    const sent = again === undefined ? this.#sendNew(wanted, items) : this.#send(again, { isNew: false });
    return { annotation: await sent, isNew: true };
  }

  async delivered(annotationId: string): Promise<void> {
    if (undelivered(await this.#journal.read()).includes(annotationId))
      await this.#journal.append({ type: 'delivery', annotationId, at: this.#now() });
  }

  async #sendNew({ scenario, validDays }: Wanted, items: readonly Annotation[]): Promise<Annotation> {
    const intent: Intent = {
      type: 'intent',
      reference: this.#ports.newReference(),
      scenario,
      validDays,
      known: items.map(({ id }) => id),
      at: this.#now(),
    };
    await this.#journal.append(intent);
    return this.#send(intent, { isNew: true });
  }

  async #send(intent: Intent, { isNew }: { isNew: boolean }): Promise<Annotation> {
    const { warn } = this.#ports;
    try {
      const annotation = await this.#post(intent).catch((error) => this.#find(intent, error));
      // The annotation is there whether or not this can be written: the next run settles what is left open.
      await this.#settlement.conclude(intent, annotation.id).catch(warn);
      return annotation;
    } catch (error) {
      const isRefused = isCertError(error) && error.code !== 'OUTCOME_UNKNOWN';
      // An earlier sending of the same may still be on its way: only the portal's word ends it.
      if (isRefused && (isNew || isCertError(error, ...REFUSALS)))
        await this.#settlement.conclude(intent, null).catch(warn);
      throw error;
    }
  }

  async #post({ scenario, validDays, reference }: Intent): Promise<Annotation> {
    const certificate = this.#certificateId;
    const request = { scenario, validDays, clientReference: reference };
    const annotation = await this.#ports.holderPortal.submitAnnotation(certificate, request);
    // What an answer about another certificate means for this one is not known.
    if (annotation.certificateId !== certificate) throw new CertError('OUTCOME_UNKNOWN', { certificate });
    return annotation;
  }

  async #listed() {
    const { items, quota } = await this.#ports.holderPortal.annotations(this.#certificateId);
    return { items: items.filter(({ certificateId }) => certificateId === this.#certificateId), quota };
  }

  /** After an answer that was lost: looks into the list, and asks an idempotent portal once more. */
  async #find(intent: Intent, lost: unknown): Promise<Annotation> {
    if (!isCertError(lost, 'OUTCOME_UNKNOWN')) throw lost;
    const { portal } = this.#ports;
    try {
      const { items } = await this.#listed();
      const [became] = maybeBecame(intent, items, await this.#journal.read());
      if (became !== undefined) return became;
      if (!(await portal.meta()).features.idempotentSubmit) throw lost;
    } catch {
      throw lost;
    }
    return this.#post(intent).catch((error) => {
      throw isCertError(error, ...REFUSALS) ? error : lost;
    });
  }

  #now(): string {
    return shanghaiMoment(this.#ports.clock.now());
  }
}

/** What appeared since the caller looked: another start of the same command made it. */
function newerThan(listed: readonly Annotation[], seen: Annotation | null): readonly Annotation[] {
  const latestFirst = [...listed].sort((a, b) => Date.parse(b.requestedAt) - Date.parse(a.requestedAt));
  if (seen === null) return latestFirst;
  return latestFirst.slice(
    0,
    Math.max(
      0,
      latestFirst.findIndex(({ id }) => id === seen.id),
    ),
  );
}

const noSlot = (rule: Quota): CertError =>
  new CertError('QUOTA_EXHAUSTED', { nextSlotOn: rule.nextSlotOn ?? undefined, reserved: rule.remaining, rule });
