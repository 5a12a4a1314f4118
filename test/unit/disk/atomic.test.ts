import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPart, discard, makeFolder, publish, publishByClaim, writeWhole } from '../../../src/disk/atomic.ts';
import { watchSyncs } from '../../support/syncs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function partWith(contents: string, target: string) {
  const part = await createPart(target);
  await part.handle.writeFile(contents);
  return part;
}

describe('a file in the making', () => {
  it('lies hidden and private next to its place', async () => {
    const folder = temporaryFolder();
    const part = await partWith('new', join(folder, 'a.pdf'));
    expect(basename(part.path)).toMatch(/^\.a\.pdf\.[0-9a-f]{12}\.part$/);
    if (process.platform !== 'win32') expect(statSync(part.path).mode & 0o777).toBe(0o600);
    await discard(part);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes away what a killed process left an hour ago, and nothing else', async () => {
    const folder = temporaryFolder();
    const names = ['.a.pdf.0123456789ab.part', '.a.pdf.ba9876543210.part', '.b.pdf.0123456789ab.part', '.a.pdf.part'];
    for (const name of names) writeFileSync(join(folder, name), '');
    const [, fresh, ...others] = names;
    for (const name of names.filter((each) => each !== fresh)) utimesSync(join(folder, name), 1, 1);
    const part = await createPart(join(folder, 'a.pdf'));
    expect(readdirSync(folder).sort()).toEqual([fresh, ...others, basename(part.path)].sort());
    await discard(part);
  });

  it('appears once for two that want the same place', async () => {
    const folder = temporaryFolder();
    const target = join(folder, 'a.pdf');
    const parts = await Promise.all(['one', 'two'].map((contents) => partWith(contents, target)));
    const results = await Promise.allSettled(parts.map((part) => publish(part, target, false)));
    await Promise.all(parts.map(discard));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const winner = results[0]?.status === 'fulfilled' ? 'one' : 'two';
    expect(readFileSync(target, 'utf8')).toBe(winner);
    expect(readdirSync(folder)).toEqual(['a.pdf']);
  });
});

describe.skipIf(process.platform === 'win32')('what appears', () => {
  const look = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : 'nothing');
  const inodeOf = (path: string) => statSync(path).ino;

  it.each([
    ['in a free place', 'nothing', false],
    ['in the place of another', 'old', true],
  ])('%s is on the disk before it does, and its name after', async (_, before, replace) => {
    const folder = temporaryFolder();
    const target = join(folder, 'a.pdf');
    if (replace) writeFileSync(target, before);
    const part = await partWith('new', target);
    const inode = inodeOf(part.path);
    const syncs = await watchSyncs(() => look(target));
    await publish(part, target, replace);
    expect(syncs).toEqual([
      { inode, seen: before },
      { inode: inodeOf(folder), seen: 'new' },
    ]);
  });

  it('is on the disk with all folders that were made for it', async () => {
    const root = temporaryFolder();
    const made = ['a', 'a/b', 'a/b/c'].map((path) => join(root, path));
    const syncs = await watchSyncs(() => existsSync(made[2] ?? ''));
    await makeFolder(join(root, 'a/b/c'));
    expect(syncs.map(({ inode }) => inode).sort()).toEqual([root, ...made.slice(0, -1)].map(inodeOf).sort());
    expect(syncs.every(({ seen }) => seen)).toBe(true);
    expect(made.map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700, 0o700]);
  });

  it('costs no sync where the folder was there', async () => {
    const root = temporaryFolder();
    const syncs = await watchSyncs(() => undefined);
    await makeFolder(root);
    expect(syncs).toEqual([]);
  });

  it('is whole, or what was there stays', async () => {
    const path = join(temporaryFolder(), 'a.json');
    await writeWhole(path, 'old');
    await Promise.all(['one', 'two'].map((contents) => writeWhole(path, contents)));
    expect(['one', 'two']).toContain(readFileSync(path, 'utf8'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(path))).toEqual(['a.json']);
  });
});

describe('publishing without hard links', () => {
  it('takes a free place', async () => {
    const folder = temporaryFolder();
    const part = await partWith('new', join(folder, 'a'));
    await part.handle.close();
    await publishByClaim(part.path, join(folder, 'a'));
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it.each([
    ['a file', (path: string) => writeFileSync(path, 'old')],
    ['a folder', (path: string) => mkdirSync(path)],
  ])('leaves %s where it is', async (_, put) => {
    const folder = temporaryFolder();
    const target = join(folder, 'a');
    put(target);
    const part = await partWith('new', target);
    await expect(publishByClaim(part.path, target)).rejects.toMatchObject({ code: 'FILE_EXISTS' });
    await discard(part);
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('gives the place free again when it cannot be taken', async () => {
    const folder = temporaryFolder();
    await expect(publishByClaim(join(folder, 'nothing'), join(folder, 'a'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(readdirSync(folder)).toEqual([]);
  });
});
