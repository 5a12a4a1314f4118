/** What became of the applications that an earlier run left open. */

import type { Annotation } from '../contract/schemas.ts';
import { shanghaiMoment } from '../domain/calendar.ts';
import { asksTheSame, type Intent, isOver, type JournalEntry, maybeBecame, openIntents } from '../domain/submission.ts';
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

  /** Finds what the open intents became in the portal's list; `unlisted` are those that it does not show. */
  async settle(items: readonly Annotation[]): Promise<{ found: Annotation[]; unlisted: Intent[] }> {
    const entries: JournalEntry[] = await this.#journal.read();
    const found: Annotation[] = [];
    const unlisted: Intent[] = [];
    for (const intent of openIntents(entries)) {
      const [became] = maybeBecame(intent, items, entries);
      if (became === undefined) unlisted.push(intent);
      else {
        found.push(became);
        entries.push(await this.conclude(intent, became.id));
      }
    }
    return { found, unlisted };
  }

  /**
   * Closes what the portal never took, and gives the one intent that is the same application: at an idempotent portal
   * it is sent again under its own key.
   * @throws CertError OUTCOME_UNKNOWN where nothing can be known and nobody said to apply again
   */
  async sameAgain(unlisted: readonly Intent[], wanted: Wanted): Promise<Intent | undefined> {
    if (unlisted.length === 0) return undefined;
    const { portal, clock } = this.#ports;
    const { idempotentSubmit } = (await portal.meta()).features;
    const again = idempotentSubmit ? unlisted.find((intent) => asksTheSame(intent, wanted)) : undefined;
    for (const intent of unlisted) {
      if (intent === again) continue;
      if (!wanted.resubmit && !(idempotentSubmit && isOver(intent, clock.now())))
        throw new CertError('OUTCOME_UNKNOWN', { certificate: this.#certificateId, isEarlier: true });
      await this.conclude(intent, null);
    }
    return again;
  }

  /** Writes down what an application became; null where it became nothing. */
  async conclude({ reference }: Intent, annotationId: string | null): Promise<JournalEntry> {
    const at = shanghaiMoment(this.#ports.clock.now());
    const outcome: JournalEntry = { type: 'outcome', reference, annotationId, at };
    await this.#journal.append(outcome);
    return outcome;
  }
}
