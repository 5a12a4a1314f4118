import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createConfigStore } from '../../../src/config/config-store.ts';
import { exclusively } from '../../../src/disk/exclusive.ts';
import type { Clock } from '../../../src/ports/surroundings.ts';
import { realLocking } from '../../support/locking.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const CHILD = fileURLToPath(new URL('../../support/config-child.ts', import.meta.url));

const ended = (args: readonly string[]) =>
  new Promise<number | null>((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', CHILD, ...args], { stdio: 'inherit' });
    child.once('close', resolve);
  });

it('loses nothing when several processes change the settings at once', async () => {
  const folder = join(temporaryFolder(), 'cert');
  const writers = ['one', 'two', 'three', 'four'];
  const codes = await Promise.all(writers.map((name) => ended([folder, name, '25'])));
  expect(codes).toEqual([0, 0, 0, 0]);
  const store = createConfigStore(folder, realLocking());
  expect(Object.keys(store.read().profiles)).toHaveLength(100);
  if (process.platform !== 'win32') expect(statSync(store.path).mode & 0o777).toBe(0o600);
}, 60_000);

it('gives up when another process keeps the file to itself', async () => {
  const folder = temporaryFolder();
  let now = 0;
  const clock: Clock = {
    now: () => new Date(now),
    sleep: async (ms) => {
      now += ms;
    },
  };
  const self = { pid: 7, host: 'here', boot: 'b', started: '1' };
  const lock = {
    lockName: 'config',
    path: join(folder, 'config.json'),
    clock,
    processes: async () => ({ self, isAlive: () => true }),
  };
  await exclusively(lock, async () => {
    await expect(exclusively(lock, async () => undefined)).rejects.toMatchObject({
      code: 'FILE_NOT_WRITABLE',
      params: { path: lock.path, detail: 'in-use-by-cert', pid: 7 },
    });
  });
  expect(await exclusively(lock, async () => 'free')).toBe('free');
});
