import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acquire, isLock, type Lock, type Owner, type ProcessTable } from '../../src/wallet/lock.ts';
import { processTable } from '../../src/wallet/processes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const owner = (pid: number, more: Partial<Owner> = {}): Owner => ({
  pid,
  host: 'here',
  boot: 'b1',
  started: '1',
  ...more,
});
const table = (self: Owner, alive: (candidate: Owner) => boolean = () => true): ProcessTable => ({
  self,
  isAlive: alive,
});

describe('a lock', () => {
  it('is held by one, and free after its release', async () => {
    const folder = temporaryFolder();
    const first = (await acquire(folder, 'c', table(owner(1)))) as Lock;
    expect(await acquire(folder, 'c', table(owner(2)))).toEqual(owner(1));
    await first.release();
    expect(isLock(await acquire(folder, 'c', table(owner(2))))).toBe(true);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('of a dead owner is taken over by exactly one of many', async () => {
    const folder = temporaryFolder();
    await acquire(folder, 'c', table(owner(1)));
    const alive = ({ pid }: Owner) => pid !== 1;
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, index) => acquire(folder, 'c', table(owner(index + 2), alive))),
    );
    expect(all.filter(isLock)).toHaveLength(1);
  });

  it.each(['', 'nonsense', '{"pid":"x"}', '{}'])('that nobody can read is free: %j', async (text) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'c.7'), text);
    expect(isLock(await acquire(folder, 'c', table(owner(1))))).toBe(true);
    expect(readdirSync(folder)).toEqual(['c.8']);
  });

  it('of one certificate does not hold up another', async () => {
    const folder = temporaryFolder();
    await acquire(folder, 'c', table(owner(1)));
    expect(isLock(await acquire(folder, 'd', table(owner(2))))).toBe(true);
  });
});

describe('the processes of this machine', () => {
  const { self, isAlive } = processTable({
    pid: process.pid,
    now: () => new Date(),
    signal: (pid) => void process.kill(pid, 0),
  });
  const dead = spawnSync(process.execPath, ['-e', '']).pid;

  it.each<[string, Owner, boolean]>([
    ['this one', self, true],
    ['one that ended', { ...self, pid: dead }, false],
    ['one before the system started again', { ...self, boot: 'another' }, false],
    ['one on another machine', { ...self, host: 'elsewhere', pid: dead }, true],
    ['one that only has the number of another', { ...self, started: '1' }, process.platform !== 'linux'],
  ])('%s: %#', (_, candidate, alive) => expect(isAlive(candidate)).toBe(alive));
});
