import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { JsonFile } from '../../../src/disk/json-file.ts';
import { acquire } from '../../../src/disk/lock.ts';
import { snapshot } from '../../support/hostile.ts';
import { realLocking } from '../../support/locking.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const schema = v.object({ names: v.array(v.string()) });

function setUp() {
  const folder = temporaryFolder();
  const file = new JsonFile<v.InferOutput<typeof schema>>({
    path: join(folder, 'a', 'b', 'names.json'),
    version: 1,
    schema,
    empty: { names: [] },
    lockName: 'names',
    locking: realLocking(),
  });
  return { folder, file };
}

describe('trying whether a file can be changed', () => {
  it('leaves nothing behind, whether its folder is there or not', async () => {
    const { folder, file } = setUp();
    await file.ensureWritable();
    expect(readdirSync(folder)).toEqual([]);
    await file.update(() => ({ names: ['x'] }));
    const before = snapshot(folder);
    await file.ensureWritable();
    expect(snapshot(folder)).toEqual(before);
  });

  it.each<[string, (folder: string) => unknown, string]>([
    ['damaged', (folder) => writeFileSync(join(folder, 'a', 'b', 'names.json'), '{'), 'CONFIG_INVALID'],
    ['newer', (folder) => writeFileSync(join(folder, 'a', 'b', 'names.json'), '{"schemaVersion":2}'), 'CONFIG_INVALID'],
    [
      'without a place for its lock',
      (folder) => writeFileSync(join(folder, 'a', 'b', 'locks'), ''),
      'FILE_NOT_WRITABLE',
    ],
    [
      'behind a lock of nobody',
      (folder) => mkdirSync(join(folder, 'a', 'b', 'locks', 'names.999999999999999'), { recursive: true }),
      'FILE_NOT_WRITABLE',
    ],
  ])('finds it %s', async (_, spoil, code) => {
    const { folder, file } = setUp();
    mkdirSync(join(folder, 'a', 'b'), { recursive: true });
    spoil(folder);
    const before = snapshot(folder);
    await expect(file.ensureWritable()).rejects.toMatchObject({ code });
    expect(snapshot(folder)).toEqual(before);
  });

  it('finds a file in the place of its folder', async () => {
    const { folder, file } = setUp();
    writeFileSync(join(folder, 'a'), 'mine');
    await expect(file.ensureWritable()).rejects.toMatchObject({
      code: 'FILE_NOT_WRITABLE',
      params: { path: file.path },
    });
  });

  it('waits for who is changing it', async () => {
    const { folder, file } = setUp();
    await file.update(() => ({ names: [] }));
    const { processes } = realLocking();
    const lock = await acquire(join(folder, 'a', 'b', 'locks'), 'names', await processes());
    let isProved = false;
    const proof = file.ensureWritable().then(() => {
      isProved = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(isProved).toBe(false);
    if ('release' in lock) await lock.release();
    await proof;
  });
});
