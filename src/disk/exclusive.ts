/** Work on a file that several `cert` change: one after the other. */
import { dirname, join } from 'node:path';
import { CertError, isCertError } from '../errors.ts';
import type { Clock } from '../ports/surroundings.ts';
import { acquire, isLock, type ProcessTable } from './lock.ts';

const POLL_MS = 20;
/** A change takes milliseconds: who waits longer waits for something else. */
const WAIT_MS = 10_000;

/** What it takes to wait for another process, and to tell whether it still runs. */
export interface Locking {
  readonly clock: Clock;
  readonly processes: () => Promise<ProcessTable>;
}

interface Exclusive extends Locking {
  /** The file as the person knows it. Its lock lies in the folder `locks` beside it, created where it is missing. */
  readonly path: string;
  readonly lockName: string;
}

/** @throws CertError FILE_NOT_WRITABLE when no lock can be made, or another process keeps it for 10 s */
export async function exclusively<T>(
  { path, lockName, clock, processes }: Exclusive,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = clock.now().getTime() + WAIT_MS;
  const table = await processes();
  const folder = join(dirname(path), 'locks');
  for (;;) {
    const lock = await acquire(folder, lockName, table).catch((error) => {
      // One lock that is in the way is told by its own name: somebody has to remove it.
      if (!isCertError(error, 'FILE_NOT_WRITABLE') || error.params.path !== folder) throw error;
      throw new CertError('FILE_NOT_WRITABLE', { path, detail: error.params.detail }, { cause: error });
    });
    if (isLock(lock)) return work().finally(() => lock.release());
    if (clock.now().getTime() > deadline)
      throw new CertError('FILE_NOT_WRITABLE', { path, detail: 'in-use-by-cert', pid: lock.pid });
    await clock.sleep(POLL_MS);
  }
}
