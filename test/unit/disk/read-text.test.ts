/** Whatever is in the place of a file of ours: it is not trusted, and never waited for. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readText } from '../../../src/disk/read-text.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const MAX_BYTES = 64 * 1_024 * 1_024;

it('is read where it is one', () => {
  const path = join(temporaryFolder(), 'file.json');
  writeFileSync(path, '样张\n');
  expect(readText(path)).toBe('样张\n');
});

it.each<[string, (path: string) => void]>([
  ['nothing', () => {}],
  ['nothing below a file', (path) => writeFileSync(join(path, '..'), '')],
])('is not there where there is %s', (what, put) => {
  const folder = temporaryFolder();
  const path = what === 'nothing' ? join(folder, 'file.json') : join(folder, 'file', 'file.json');
  put(path);
  expect(readText(path)).toBeUndefined();
});

it.skipIf(process.platform === 'win32').each<[string, (path: string) => void, string]>([
  ['a folder', (path) => mkdirSync(path), 'not-a-file'],
  ['a pipe', (path) => execFileSync('mkfifo', [path]), 'not-a-file'],
  ['a device', (path) => symlinkSync('/dev/zero', path), 'not-a-file'],
  ['a link to itself', (path) => symlinkSync(path, path), 'link-loop'],
  [
    'more than anybody needs',
    (path) => {
      writeFileSync(path, '');
      truncateSync(path, MAX_BYTES + 1);
    },
    'too-large',
  ],
])('is refused where there is %s', (_, put, detail) => {
  const path = join(temporaryFolder(), 'file.json');
  put(path);
  expect(() => readText(path)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', params: { path, detail } }));
});
