/** Work on a file that several `cert` change: one after the other. */

import { CertError, isCertError } from '../errors.ts';
import type { Clock } from '../ports/surroundings.ts';
import { acquire, isLock, type ProcessTable } from './lock.ts';

const POLL_MS = 20;
/** A change takes milliseconds: who waits longer waits for something else. */
const WAIT_MS = 10_000;

interface Exclusive {
  /** Where the lock lies; created where it is missing. */
  readonly lockFolder: string;
  readonly lockName: string;
  /** The file as the person knows it. */
  readonly path: string;
  readonly clock: Clock;
  readonly processes: ProcessTable;
}

/** @throws CertError FILE_NOT_WRITABLE when no lock can be made, or another process keeps it for 10 s */
export async function exclusively<T>(
  { lockFolder, lockName, path, clock, processes }: Exclusive,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = clock.now().getTime() + WAIT_MS;
  for (;;) {
    const lock = await acquire(lockFolder, lockName, processes).catch((error) => {
      if (!isCertError(error, 'FILE_NOT_WRITABLE')) throw error;
      throw new CertError('FILE_NOT_WRITABLE', { path, detail: error.params.detail }, { cause: error });
    });
    if (isLock(lock)) return work().finally(() => lock.release());
    if (clock.now().getTime() > deadline)
      throw new CertError('FILE_NOT_WRITABLE', { path, detail: `process ${lock.pid} is using it` });
    await clock.sleep(POLL_MS);
  }
}
