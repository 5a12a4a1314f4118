/** Paths as people name them where no shell has expanded them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { absolutePath, namedPath } from '../../../src/disk/named-path.ts';
import { matchingPaths } from '../../../src/disk/wildcards.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const POSIX = process.platform !== 'win32';
const HOME = POSIX ? '/home/nurse' : 'C:\\Users\\nurse';

function here(files: readonly string[] = [], home: string | undefined = HOME) {
  const cwd = temporaryFolder();
  for (const file of files) {
    mkdirSync(join(cwd, file, '..'), { recursive: true });
    if (file.endsWith('/')) mkdirSync(join(cwd, file), { recursive: true });
    else writeFileSync(join(cwd, file), '');
  }
  return { cwd, home, platform: process.platform };
}

describe('a path', () => {
  it.each([
    ['a.pdf', 'a.pdf'],
    ['folder/', 'folder/'],
    ['', undefined],
    ['~', HOME],
    ['~/', join(HOME, '/')],
    ['~/certs/a.pdf', join(HOME, 'certs', 'a.pdf')],
    ['./~/a.pdf', './~/a.pdf'],
    ['a~/b', 'a~/b'],
    ['“~/a.pdf”', join(HOME, 'a.pdf')],
    ['"a b.pdf"', 'a b.pdf'],
    ["'a.pdf'", 'a.pdf'],
    ['\u202aa.pdf', 'a.pdf'],
    ['\ufeffa.pdf\u200b', 'a.pdf'],
    ['a.pdf\u00a0', 'a.pdf'],
    ['\u202a"a.pdf"\u202c', 'a.pdf'],
    ['样张\u200d甲.pdf', '样张\u200d甲.pdf'],
  ])('%j means %j', (given, expected) => {
    if (expected !== undefined) expect(namedPath(given, here())).toBe(expected);
    else expect(() => namedPath(given, here())).toThrow('PATH_INVALID');
  });

  it.each(POSIX ? ['~/a.pdf', '“a”', ' a', 'a\u200b', '"', 'a\nb', '~nurse/a'] : ['“a”', '~nurse/a'])(
    'that is there is meant as it is written: %j',
    (given) => {
      expect(namedPath(given, here([given]))).toBe(given);
    },
  );

  it('is absolute from where the person is', () => {
    const place = here();
    expect(absolutePath('certs/a.pdf', place)).toBe(join(place.cwd, 'certs', 'a.pdf'));
    expect(absolutePath('~/a.pdf', place)).toBe(join(HOME, 'a.pdf'));
  });

  it.each([
    ['', { detail: 'empty' }],
    ['\u200b', { detail: 'empty' }],
    ['""', { detail: 'empty' }],
    ['~nurse', { detail: 'other-home' }],
    ['~nurse/a.pdf', { detail: 'other-home' }],
    ['a\nb.pdf', { detail: 'invisible', at: 'U+000A' }],
    ['a\u0000b', { detail: 'invisible', at: 'U+0000' }],
    ['fdp\u202e.exe', { detail: 'invisible', at: 'U+202E' }],
  ])('is not %j', async (given, params) => {
    await expect(async () => namedPath(given, here())).rejects.toMatchObject({ code: 'PATH_INVALID', exit: 2, params });
  });

  it('of a home folder that nobody knows is told', async () => {
    await expect(async () => namedPath('~/a', { ...here(), home: undefined })).rejects.toMatchObject({
      code: 'ENVIRONMENT_INVALID',
      params: { detail: 'no-home' },
    });
  });
});

describe('a pattern', () => {
  const FILES = ['b.pdf', 'a.pdf', 'a.PDF.bak', '.hidden.pdf', 'ab.pdf', 'docs/c.pdf', 'docs/d.txt', 'more/c.pdf'];

  it.each([
    ['*.pdf', ['a.pdf', 'ab.pdf', 'b.pdf']],
    ['?.pdf', ['a.pdf', 'b.pdf']],
    ['a*', ['a.PDF.bak', 'a.pdf', 'ab.pdf']],
    ['.*.pdf', ['.hidden.pdf']],
    ['*/c.pdf', ['docs/c.pdf', 'more/c.pdf']],
    ['docs/*', ['docs/c.pdf', 'docs/d.txt']],
    ['*/*.pdf', ['docs/c.pdf', 'more/c.pdf']],
    ['*/', ['docs/', 'more/']],
    ['*.png', []],
    ['nowhere/*.pdf', []],
    ['b.pdf/*', []],
    ['**b***.pdf', ['ab.pdf', 'b.pdf']],
    ['[ab].pdf', []],
  ])('%s stands for %j', async (pattern, expected) => {
    expect(await matchingPaths(pattern, here(FILES))).toEqual(expected);
  });

  it('of Windows takes both separators, and either case', async () => {
    const place = { ...here(FILES), platform: 'win32' };
    expect(await matchingPaths('*.PDF', place)).toEqual(['a.pdf', 'ab.pdf', 'b.pdf']);
    if (!POSIX) expect(await matchingPaths('docs\\*.pdf', place)).toEqual(['docs\\c.pdf']);
  });

  it('of many stars takes no time', async () => {
    const name = 'a'.repeat(200);
    expect(await matchingPaths(`${'*a'.repeat(100)}*b`, here([name]))).toEqual([]);
  });
});
