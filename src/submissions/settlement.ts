/** What became of the applications that an earlier run left open. */

import type { Annotation, Quota } from '../contract/schemas.ts';
import { dayOf, shanghaiMoment } from '../domain/calendar.ts';
import { isOver } from '../domain/known-annotations.ts';
import { asksTheSame, type Intent, type JournalEntry, maybeBecame, openIntents } from '../domain/submission.ts';
import { CertError } from '../errors.ts';
import type { Portal } from '../ports/portal.ts';
import type { Wanted } from '../ports/submissions.ts';
import type { Clock } from '../ports/surroundings.ts';
import type { Journal } from './journal.ts';

export interface SettlementPorts {
  readonly portal: Pick<Portal, 'meta'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** For one certificate, while its lock is held. */
export class Settlement {
  readonly #ports: SettlementPorts;
  readonly #certificateId: string;
  readonly #journal: Journal;

  constructor(ports: SettlementPorts, certificateId: string, journal: Journal) {
    this.#ports = ports;
    this.#certificateId = certificateId;
    this.#journal = journal;
  }

  /**
   * Finds what the open intents became in the portal's list; `unlisted` are those that it does not show. What becomes
   * certain is added to `entries`.
   */
  async settle(
    entries: JournalEntry[],
    items: readonly Annotation[],
    { windowDays }: Quota,
  ): Promise<{ found: Annotation[]; unlisted: Intent[] }> {
    const window = { day: dayOf(this.#ports.clock.now()), windowDays };
    const found: Annotation[] = [];
    const unlisted: Intent[] = [];
    for (const intent of openIntents(entries)) {
      const [became] = maybeBecame(intent, items, entries);
      if (became === undefined && !isOver(intent, window)) unlisted.push(intent);
      else {
        if (became !== undefined) found.push(became);
        entries.push(await this.conclude(intent, became?.id ?? null));
      }
    }
    return { found, unlisted };
  }

  /**
   * Gives the one intent that would do: at an idempotent portal it is sent again under its own key. That no list shows
   * an application does not mean that it was not taken: it is closed only because a person says so, who can say it of
   * what was sent before this run began.
   * @throws CertError OUTCOME_UNKNOWN where nothing can be known and nobody said to apply again
   */
  async sameAgain(
    unlisted: readonly Intent[],
    wanted: Wanted,
    sentAgain: readonly Intent[],
  ): Promise<Intent | undefined> {
    if (unlisted.length === 0) return undefined;
    const { idempotentSubmit } = (await this.#ports.portal.meta()).features;
    const isNew = ({ reference }: Intent) => !sentAgain.some((one) => one.reference === reference);
    const again = unlisted.find((intent) => idempotentSubmit && isNew(intent) && this.#wouldDo(intent, wanted));
    for (const intent of unlisted) {
      if (intent === again) continue;
      const isEarlier = this.#isEarlier(intent, wanted);
      if (!wanted.resubmit || !isEarlier)
        throw new CertError('OUTCOME_UNKNOWN', { certificate: this.#certificateId, isEarlier });
      await this.conclude(intent, null);
    }
    return again;
  }

  /** Whether an intent asks for what is wanted, or for what is as good if it is made now. */
  #wouldDo(intent: Intent, wanted: Wanted): boolean {
    const { reference: id, scenario, validDays } = intent;
    const made = { id, certificateId: this.#certificateId, scenario, validDays, requestedAt: this.#now() };
    return asksTheSame(intent, wanted) || wanted.serves({ ...made, status: 'generating' });
  }

  /** A clock that was ahead has written of a time to come. */
  #isEarlier({ at }: Intent, { startedAt }: Wanted): boolean {
    return new Date(at) <= startedAt || new Date(at) > this.#ports.clock.now();
  }

  /** Writes down what an application became; null where it became nothing. */
  async conclude({ reference }: Intent, annotationId: string | null): Promise<JournalEntry> {
    const outcome: JournalEntry = { type: 'outcome', reference, annotationId, at: this.#now() };
    await this.#journal.append(outcome);
    return outcome;
  }

  #now(): string {
    return shanghaiMoment(this.#ports.clock.now());
  }
}
