/**
 * Applying without wasting a slot. Threats: a crash, a kill or a power cut at any instruction; a lost answer; a second
 * `cert` at the same time; a portal that is not idempotent, or does not tell our reference, or whose lists lag; a gateway
 * that passes a request on and answers otherwise.
 *
 * Under the certificate's lock: settle what is open, write the intent, send once, write the outcome. A list of the portal
 * may lag behind all of that: see `recall.ts`.
 */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Certificate } from '../contract/schemas.ts';
import type { ProcessTable } from '../disk/lock.ts';
import { dayOf } from '../domain/calendar.ts';
import { formerNames, portalIdentity } from '../domain/portal-origin.ts';
import { QUOTA_RULE, quotaOn } from '../domain/quota.ts';
import { type JournalEntry, slotsTaken, undelivered } from '../domain/submission.ts';
import { CertError, isCertError } from '../errors.ts';
import type { Portal } from '../ports/portal.ts';
import type { Submissions } from '../ports/submissions.ts';
import type { Clock } from '../ports/surroundings.ts';
import type { ApplicationPorts, LockedApplications } from './apply-once.ts';
import { createJournal } from './journal.ts';
import { caughtUp, recall } from './recall.ts';

interface Dependencies extends ApplicationPorts {
  readonly portal: Pick<Portal, 'meta' | 'origin'>;
  readonly clock: Clock;
  /** Asked for with the first lock: a list needs none. */
  readonly processes: () => Promise<ProcessTable>;
  readonly stateFolder: string;
}

/** How long another `cert` is waited for: it holds the lock for one application only. */
const LOCK_WAIT_MS = 20_000;
const LOCK_POLL_MS = 250;

export function createSubmissions(dependencies: Dependencies): Submissions {
  const { portal, clock, processes, stateFolder, warn } = dependencies;
  const identity = portalIdentity(portal.origin);
  const names = [identity, ...formerNames(portal.origin)];
  const folder = join(stateFolder, 'journal');

  const nameOf = (certificateId: string, name = identity) =>
    createHash('sha256').update(`${name}\n${certificateId}`).digest('hex').slice(0, 32);
  const pathsOf = (certificateId: string) => names.map((name) => join(folder, `${nameOf(certificateId, name)}.jsonl`));
  const journalOf = (certificateId: string) => {
    const [path = '', ...formerPaths] = pathsOf(certificateId);
    return createJournal(path, formerPaths);
  };

  async function locked<T>(certificateId: string, work: (applications: LockedApplications) => Promise<T>): Promise<T> {
    const { acquire, isLock } = await import('../disk/lock.ts');
    const { LockedApplications } = await import('./apply-once.ts');
    const table = await processes();
    const deadline = clock.now().getTime() + LOCK_WAIT_MS;
    for (;;) {
      const lock = await acquire(join(stateFolder, 'locks'), nameOf(certificateId), table);
      if (isLock(lock))
        return work(new LockedApplications(dependencies, certificateId, journalOf(certificateId), lock)).finally(
          lock.release,
        );
      if (clock.now().getTime() >= deadline)
        throw new CertError('CERTIFICATE_BUSY', { certificate: certificateId, pid: lock.pid });
      await clock.sleep(LOCK_POLL_MS);
    }
  }

  /** What is known without the lock; nothing where the journal cannot be read: nobody applies without it. */
  const entriesOf = (certificateId: string): Promise<JournalEntry[]> =>
    journalOf(certificateId)
      .read()
      .catch((error) => {
        if (!isCertError(error)) throw error;
        warn(error);
        return [];
      });

  return {
    submit: (certificateId, wanted) => locked(certificateId, (applications) => applications.submit(wanted)),
    async caughtUp(certificates) {
      const there = new Set(await readdir(folder).catch(() => []));
      if (there.size === 0) return [...certificates];
      const all: Certificate[] = [];
      for (const certificate of certificates) {
        const isKnown = pathsOf(certificate.id).some((path) => there.has(basename(path)));
        const entries = isKnown ? await entriesOf(certificate.id) : [];
        all.push(await caughtUp(dependencies, certificate, entries));
      }
      return all;
    },
    history: async (certificateId, ids) =>
      recall(dependencies, certificateId, { entries: await entriesOf(certificateId), ids }),
    async delivered({ id, certificateId }) {
      try {
        if (undelivered(await journalOf(certificateId).read()).includes(id))
          await locked(certificateId, (applications) => applications.delivered(id));
      } catch (error) {
        if (!isCertError(error)) throw error;
      }
    },
    async estimate(certificateId) {
      const entries = await journalOf(certificateId)
        .read()
        .catch((error): undefined => {
          if (!isCertError(error)) throw error;
        });
      return entries && quotaOn(dayOf(clock.now()), slotsTaken(entries), QUOTA_RULE);
    },
  };
}
