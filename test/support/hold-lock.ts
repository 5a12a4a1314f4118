import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processTable } from '../../src/disk/process-table.ts';
import type { TestClock } from './sandbox.ts';

/** Takes a lock for the process of the tests, as another `cert` would. Gives the file that names its owner: empty, it is free. */
export function holdLock(folder: string, name: string): string {
  const lock = join(folder, `${name}.999`);
  const signal = (pid: number) => void process.kill(pid, 0);
  const { self } = processTable({ pid: process.pid, platform: process.platform, now: () => new Date(), signal });
  mkdirSync(lock, { recursive: true });
  writeFileSync(join(lock, 'owner'), JSON.stringify(self));
  return join(lock, 'owner');
}

/** A clock on which nobody waits long for a lock: the polls are far apart. */
export const hasty = (clock: TestClock): TestClock => ({
  now: () => clock.now(),
  sleep: (ms) => clock.sleep(Math.max(ms, 1_000)),
});
