import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acquire, isLock, type Lock, type Owner, type ProcessTable } from '../../../src/disk/lock.ts';
import { processTable, startTime } from '../../../src/disk/process-table.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { requireTool } from '../../support/tools.ts';

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
    mkdirSync(join(folder, 'c.7'));
    writeFileSync(join(folder, 'c.7', 'owner'), text);
    expect(isLock(await acquire(folder, 'c', table(owner(1))))).toBe(true);
    expect(readdirSync(folder)).toEqual(['c.8']);
  });

  it.each<[string, (generation: string) => unknown]>([
    ['a file', (path) => writeFileSync(path, 'mine')],
    ['a folder with a folder in it', (path) => mkdirSync(join(path, 'owner'), { recursive: true })],
    [
      'a folder with megabytes in it',
      (path) => {
        mkdirSync(path);
        writeFileSync(join(path, 'owner'), JSON.stringify(owner(2, { host: 'x'.repeat(5_000_000) })));
      },
    ],
    [
      'a folder with the number of no process',
      (path) => {
        mkdirSync(path);
        writeFileSync(join(path, 'owner'), JSON.stringify(owner(-1)));
      },
    ],
  ])('is free where %s is in its place', async (_, put) => {
    const folder = temporaryFolder();
    put(join(folder, 'c.7'));
    expect(isLock(await acquire(folder, 'c', table(owner(1))))).toBe(true);
    expect(readdirSync(folder)).toEqual(['c.8']);
  });

  it.skipIf(process.platform === 'win32')('whose owner cannot be told is not taken', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'c.7'));
    const path = join(folder, 'c.7', 'owner');
    symlinkSync(path, path);
    await expect(acquire(folder, 'c', table(owner(1)))).rejects.toMatchObject({
      code: 'FILE_NOT_WRITABLE',
      params: { path, detail: 'link-loop' },
    });
  });

  it.each(['999999999999', '999999999999999'])(
    'with the number %s is told, and not counted on for ever',
    async (number) => {
      const folder = temporaryFolder();
      mkdirSync(join(folder, `c.${number}`));
      await expect(acquire(folder, 'c', table(owner(1)))).rejects.toMatchObject({
        code: 'FILE_NOT_WRITABLE',
        params: { detail: 'not-a-lock' },
      });
      expect(readdirSync(folder)).toEqual([`c.${number}`]);
    },
  );

  it('is given up where somebody else comes first again and again', async () => {
    const folder = temporaryFolder();
    let generations = 0;
    const slow: ProcessTable = {
      isAlive: () => false,
      get self() {
        generations += 1;
        mkdirSync(join(folder, `c.${generations}`));
        writeFileSync(join(folder, `c.${generations}`, 'owner'), '');
        return owner(1);
      },
    };
    await expect(acquire(folder, 'c', slow)).rejects.toMatchObject({ params: { detail: 'in-use-by-cert' } });
  });

  it('is not taken by the number of a generation that is gone', async () => {
    const folder = temporaryFolder();
    const slow = table(owner(1), ({ pid }) => {
      // While this one looks at a dead owner, another takes the lock and a third follows it.
      if (pid !== 9) return true;
      rmSync(join(folder, 'c.5'), { recursive: true });
      mkdirSync(join(folder, 'c.7'));
      writeFileSync(join(folder, 'c.7', 'owner'), JSON.stringify(owner(3)));
      return false;
    });
    mkdirSync(join(folder, 'c.5'));
    writeFileSync(join(folder, 'c.5', 'owner'), JSON.stringify(owner(9)));
    expect(await acquire(folder, 'c', slow)).toEqual(owner(3));
    expect(readdirSync(folder)).toEqual(['c.7']);
  });

  it('knows when it was taken over, and its release leaves the next owner alone', async () => {
    const folder = temporaryFolder();
    const first = (await acquire(folder, 'c', table(owner(1)))) as Lock;
    expect(await first.isHeld()).toBe(true);
    const second = (await acquire(
      folder,
      'c',
      table(owner(2), () => false),
    )) as Lock;
    expect([await first.isHeld(), await second.isHeld()]).toEqual([false, true]);
    await first.release();
    expect(await acquire(folder, 'c', table(owner(3)))).toEqual(owner(2));
  });

  it('is lost with its folder', async () => {
    const folder = join(temporaryFolder(), 'locks');
    const lock = (await acquire(folder, 'c', table(owner(1)))) as Lock;
    rmSync(folder, { recursive: true });
    expect(await lock.isHeld()).toBe(false);
    await lock.release();
  });

  it('tells when it was taken', async () => {
    const folder = temporaryFolder();
    await acquire(folder, 'c', table(owner(1)));
    const at = new Date('2026-11-24T00:00:00Z');
    utimesSync(join(folder, 'c.1', 'owner'), at, at);
    const asked: Date[] = [];
    await acquire(folder, 'c', { self: owner(2), isAlive: (_, lockedAt) => asked.push(lockedAt) > 0 });
    expect(asked).toEqual([at]);
  });

  it('of one certificate does not hold up another', async () => {
    const folder = temporaryFolder();
    await acquire(folder, 'c', table(owner(1)));
    expect(isLock(await acquire(folder, 'd', table(owner(2))))).toBe(true);
  });
});

describe('the processes of this machine', () => {
  const now = new Date();
  const { self, isAlive } = processTable({
    pid: process.pid,
    platform: process.platform,
    now: () => now,
    signal: (pid) => void process.kill(pid, 0),
  });
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

  it.each<[string, Partial<Owner>, number, boolean]>([
    ['this one', {}, 0, true],
    ['one that ended', { pid: dead }, 0, false],
    ['one before the system started again', { boot: 'another' }, 0, false],
    ['one on another machine, lately', { host: 'elsewhere', pid: dead }, 9, true],
    ['one on another machine, long ago', { host: 'elsewhere' }, 10, false],
    ['one on another machine, by a clock of the future', { host: 'elsewhere' }, -10, false],
    ['one that only has the number of another', { started: '1' }, 0, process.platform !== 'linux'],
    ['one whose start is not known, after it started', { started: '' }, 0, true],
  ])('%s', (_, owner, minutesAgo, alive) => expect(isAlive({ ...self, ...owner }, ago(minutesAgo))).toBe(alive));

  it.skipIf(!requireTool('ps'))('tells when a process started', () => {
    const uptimeMs = Date.now() - (startTime(process.pid, process.platform)?.getTime() ?? 0);
    expect(Math.abs(uptimeMs - process.uptime() * 1_000)).toBeLessThan(60_000);
    expect(startTime(dead, process.platform)).toBeUndefined();
    expect(isAlive({ ...self, started: '' }, ago(60 * 24 * 365))).toBe(false);
  });
});
