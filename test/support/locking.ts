import { setTimeout as sleep } from 'node:timers/promises';
import type { Locking } from '../../src/disk/exclusive.ts';
import { processTable } from '../../src/disk/process-table.ts';

/** That of this process and the system's clock. */
export function realLocking(): Locking {
  const clock = { now: () => new Date(), sleep: (ms: number) => sleep(ms) };
  const { platform, pid } = process;
  return {
    clock,
    processes: async () =>
      processTable({ platform, pid, now: clock.now, signal: (other) => void process.kill(other, 0) }),
  };
}
