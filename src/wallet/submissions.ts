/**
 * Applying without wasting a slot. Threats: a crash, a kill or a power cut at any instruction; a lost answer; a second
 * `cert` at the same time; a portal that is not idempotent, or does not tell our reference.
 *
 * Under the certificate's lock: settle what is open, write the intent, send once, write the outcome.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Clock, Portal, Submissions, Wanted } from '../context.ts';
import { shanghaiTime } from '../domain/calendar.ts';
import { type Intent, type JournalEntry, type Outcome, openIntents, settledBy } from '../domain/submission.ts';
import { CertError, EXIT, type ExitCode, isCertError } from '../errors.ts';
import type { Annotation, Quota } from '../portal/contract/schemas.ts';
import { createJournal, type Journal } from './journal.ts';
import { acquire, isLock, type ProcessTable } from './lock.ts';

interface Dependencies {
  readonly portal: Portal;
  readonly clock: Clock;
  readonly newReference: () => string;
  readonly processes: ProcessTable;
  readonly stateFolder: string;
  /** Hears of an outcome that could not be written down. */
  readonly warn: (error: unknown) => void;
}

/** How long another `cert` is waited for: it holds the lock for one submission only. */
const LOCK_WAIT_MS = 20_000;
const LOCK_POLL_MS = 250;

export function createSubmissions(dependencies: Dependencies): Submissions {
  const { portal, clock, processes, stateFolder } = dependencies;

  async function locked<T>(certificateId: string, work: (journal: Journal) => Promise<T>): Promise<T> {
    const name = createHash('sha256').update(`${portal.origin}\n${certificateId}`).digest('hex').slice(0, 32);
    const deadline = clock.now().getTime() + LOCK_WAIT_MS;
    for (;;) {
      const lock = await acquire(join(stateFolder, 'locks'), name, processes);
      if (isLock(lock)) {
        try {
          return await work(createJournal(join(stateFolder, 'journal', `${name}.jsonl`)));
        } finally {
          await lock.release();
        }
      }
      if (clock.now().getTime() >= deadline)
        throw new CertError('CERTIFICATE_BUSY', { certificate: certificateId, pid: lock.pid });
      await clock.sleep(LOCK_POLL_MS);
    }
  }

  return {
    submit: (certificateId, wanted) =>
      locked(certificateId, async (journal) => {
        const settled = await settle(dependencies, journal, certificateId, wanted.resubmit);
        const { items, quota } = await portal.annotations(certificateId);
        const joined = [...settled, ...newerThan(items, wanted.seen)].find((annotation) => serves(annotation, wanted));
        if (joined !== undefined) return joined;
        if (quota.remaining <= wanted.reserve) throw noSlot(quota);
        const known = items.map(({ id }) => id);
        return send(dependencies, journal, certificateId, { ...wanted, known });
      }),
  };
}

/** Whether an annotation is what was wanted, so that another application would only cost a slot. */
const serves = ({ status, scenario, validDays }: Annotation, wanted: Wanted): boolean =>
  (status === 'generating' || status === 'ready') && scenario === wanted.scenario && validDays === wanted.validDays;

/** What appeared since the caller looked: another start of the same command made it. The list is latest first. */
function newerThan(listed: readonly Annotation[], seen: Annotation | null): readonly Annotation[] {
  if (seen === null) return listed;
  const index = listed.findIndex(({ id }) => id === seen.id);
  return listed.slice(0, Math.max(0, index)).filter((a) => Date.parse(a.requestedAt) >= Date.parse(seen.requestedAt));
}

const noSlot = ({ nextSlotOn }: Quota): CertError =>
  new CertError('QUOTA_EXHAUSTED', nextSlotOn === null ? {} : { nextSlotOn });

async function send(
  dependencies: Dependencies,
  journal: Journal,
  certificateId: string,
  { scenario, validDays, known }: Wanted & { readonly known: readonly string[] },
): Promise<Annotation> {
  const { portal, clock, newReference, warn } = dependencies;
  const reference = newReference();
  const intent: Intent = { type: 'intent', reference, scenario, validDays, known, at: shanghaiTime(clock.now()) };
  await journal.append(intent);
  const conclude = (annotationId: string | null) => journal.append(outcomeOf(intent, annotationId, clock));
  try {
    const annotation = await portal.submitAnnotation(certificateId, {
      scenario,
      validDays,
      clientReference: reference,
    });
    // The annotation is there whether or not this can be written: the next run settles what is left open.
    await conclude(annotation.id).catch(warn);
    return annotation;
  } catch (error) {
    if (!isCertError(error, 'OUTCOME_UNKNOWN')) {
      await conclude(null).catch(warn);
      throw error;
    }
    const [annotation] = await settle(dependencies, journal, certificateId, false).catch(() => {
      throw error;
    });
    if (annotation === undefined) throw error;
    return annotation;
  }
}

/**
 * Finds out what became of the applications whose outcome is open, and gives the annotations that they became.
 * @throws CertError OUTCOME_UNKNOWN where nothing can be known and nobody said to apply again
 */
async function settle({ portal, clock }: Dependencies, journal: Journal, certificateId: string, resubmit: boolean) {
  const found: Annotation[] = [];
  for (const intent of openIntents(await journal.read())) {
    const became = await whatBecameOf(portal, certificateId, intent, await journal.read());
    if (became === 'unknown' && !resubmit) throw new CertError('OUTCOME_UNKNOWN', { certificate: certificateId });
    const annotation = typeof became === 'string' ? undefined : became;
    await journal.append(outcomeOf(intent, annotation?.id ?? null, clock));
    if (annotation !== undefined) found.push(annotation);
  }
  return found;
}

async function whatBecameOf(
  portal: Portal,
  certificateId: string,
  { reference, scenario, validDays, ...intent }: Intent,
  entries: readonly JournalEntry[],
): Promise<Annotation | 'refused' | 'unknown'> {
  const { items } = await portal.annotations(certificateId);
  const settled = settledBy({ reference, scenario, validDays, ...intent }, items, entries);
  if (settled !== undefined) return settled === 'ambiguous' ? 'unknown' : settled;
  if (!(await portal.meta()).features.idempotentSubmit) return 'unknown';
  try {
    return await portal.submitAnnotation(certificateId, { scenario, validDays, clientReference: reference });
  } catch (error) {
    if (isCertError(error) && REFUSALS.includes(error.exit)) return 'refused';
    throw error;
  }
}

/** The portal looked at the application and made nothing of it. */
const REFUSALS: readonly ExitCode[] = [EXIT.noSlot, EXIT.refused, EXIT.notFound];

const outcomeOf = ({ reference }: Intent, annotationId: string | null, clock: Clock): Outcome => ({
  type: 'outcome',
  reference,
  annotationId,
  at: shanghaiTime(clock.now()),
});
