import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPart, discard, publish, publishByClaim } from '../../../src/disk/atomic.ts';
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
