import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CertError } from '../../../src/errors.ts';
import { greyPng } from '../../../src/sandbox/png.ts';
import { createFiles } from '../../../src/wallet/save-files.ts';
import { PDF, portalFile, sha256 } from '../../support/portal-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const POSIX = process.platform !== 'win32';

function setUp() {
  const cwd = temporaryFolder();
  const files = createFiles({
    environment: {},
    cwd,
    home: undefined,
    platform: process.platform,
    stateFolder: join(cwd, 'state'),
  });
  const at = (name: string) => join(cwd, name);
  return { cwd, files, at, left: () => readdirSync(cwd).filter((name) => name.endsWith('.part')) };
}

const other = (path: string) => writeFileSync(path, 'other');

describe('where a file goes', () => {
  it.each<[output: string | undefined, path: string, named: boolean]>([
    [undefined, 'a.pdf', false],
    ['there', 'there/a.pdf', false],
    ['there/', 'there/a.pdf', false],
    ['new/', 'new/a.pdf', false],
    ['new', 'new/a.pdf', false],
    ['new.with.dots', 'new.with.dots/a.pdf', false],
    ['.', 'a.pdf', false],
    ['there/..', 'a.pdf', false],
    ['new.PDF', 'new.PDF', true],
    ['.pdf', '.pdf', true],
    ['file', 'file', true],
    ['there/b.pdf', 'there/b.pdf', true],
    ['nowhere/b.pdf', 'nowhere/b.pdf', true],
    ['nowhere/b', 'nowhere/b/a.pdf', false],
    ['folder.pdf', 'folder.pdf/a.pdf', false],
    ...(POSIX
      ? ([
          ['link', 'link/a.pdf', false],
          ['dangling', 'dangling', true],
          ['file/below', 'file/below', true],
        ] as [string, string, boolean][])
      : []),
  ])('-o %s', (output, path, named) => {
    const { files, at } = setUp();
    for (const folder of ['there', 'folder.pdf']) mkdirSync(at(folder));
    writeFileSync(at('file'), '');
    if (POSIX) {
      symlinkSync('there', at('link'));
      symlinkSync('nowhere', at('dangling'));
    }
    expect(files.target(output, 'a.pdf')).toEqual({ path: at(path), named });
  });

  it('is the file that was named for anything but a PDF', () => {
    const { files, at } = setUp();
    mkdirSync(at('there'));
    expect(files.target('new', 'a.ics')).toEqual({ path: at('new'), named: true });
    expect(files.target('there', 'a.ics')).toEqual({ path: at('there/a.ics'), named: false });
  });
});

describe('saving', () => {
  it('leaves exactly the whole file, for its owner only', async () => {
    const { files, cwd, at } = setUp();
    const saved = await files.save(files.target(undefined, 'a.pdf'), portalFile().open, { force: false });
    expect(saved).toEqual({ path: at('a.pdf'), sha256: sha256(PDF), bytes: PDF.length, outcome: 'saved' });
    expect(readFileSync(at('a.pdf'))).toEqual(PDF);
    expect(readdirSync(cwd)).toEqual(['a.pdf']);
    if (POSIX) expect(statSync(at('a.pdf')).mode & 0o777).toBe(0o600);
  });

  it('creates the folders of a name that ends like a folder', async () => {
    const { files, at } = setUp();
    await files.save(files.target('new/deep/', 'a.pdf'), portalFile().open, { force: false });
    expect(readFileSync(at('new/deep/a.pdf'))).toEqual(PDF);
  });

  it('writes a file again from its start when the first copy was longer', async () => {
    const { files, at } = setUp();
    const { open } = portalFile({ body: Buffer.concat([PDF, PDF]) }, {});
    await files.save(files.target('a.pdf', ''), open, { force: false });
    expect(readFileSync(at('a.pdf'))).toEqual(PDF);
  });

  it.each([false, true])('is content with the same bytes (force: %s)', async (force) => {
    const { files, at, left } = setUp();
    writeFileSync(at('a.pdf'), PDF);
    const { ino } = statSync(at('a.pdf'));
    const saved = await files.save(files.target('a.pdf', ''), portalFile().open, { force });
    expect(saved.outcome).toBe('up-to-date');
    expect(statSync(at('a.pdf')).ino).toBe(ino);
    expect(left()).toEqual([]);
  });

  const sameLength = (path: string) => writeFileSync(path, Buffer.alloc(PDF.length));
  const link = (path: string) => {
    writeFileSync(`${path}.real`, 'other');
    symlinkSync(`${path}.real`, path);
  };
  const dangling = (path: string) => symlinkSync(`${path}.nowhere`, path);
  const inTheWay = [
    ['another file', other],
    ['another file of the same length', sameLength],
    ['a link', link],
    ['a dangling link', dangling],
  ] as const;

  it.each(inTheWay)('never overwrites %s', async (_, put) => {
    const { files, at, left } = setUp();
    put(at('a.pdf'));
    const before = lstatSync(at('a.pdf'));
    await expect(files.save(files.target('a.pdf', ''), portalFile().open, { force: false })).rejects.toMatchObject({
      code: 'FILE_EXISTS',
    });
    expect(lstatSync(at('a.pdf'))).toMatchObject({ ino: before.ino, size: before.size, mtimeMs: before.mtimeMs });
    expect(left()).toEqual([]);
  });

  it.each(inTheWay)('replaces %s with force, and only that', async (_, put) => {
    const { files, at, left } = setUp();
    put(at('a.pdf'));
    const saved = await files.save(files.target('a.pdf', ''), portalFile().open, { force: true });
    expect(saved.outcome).toBe('saved');
    expect(lstatSync(at('a.pdf')).isFile()).toBe(true);
    expect(readFileSync(at('a.pdf'))).toEqual(PDF);
    if (put === link) expect(readFileSync(at('a.pdf.real'), 'utf8')).toBe('other');
    expect(left()).toEqual([]);
  });

  it('never overwrites a file that appears meanwhile', async () => {
    const { files, at, left } = setUp();
    const { open } = portalFile({ meanwhile: () => other(at('a.pdf')) });
    await expect(files.save(files.target('a.pdf', ''), open, { force: false })).rejects.toMatchObject({
      code: 'FILE_EXISTS',
    });
    expect(readFileSync(at('a.pdf'), 'utf8')).toBe('other');
    expect(left()).toEqual([]);
  });

  it.each([
    [false, 'FILE_EXISTS'],
    [true, 'FILE_NOT_WRITABLE'],
  ])('never touches a folder in the way (force: %s)', async (force, code) => {
    const { files, at } = setUp();
    mkdirSync(at('a.pdf'));
    const { open, asked } = portalFile();
    await expect(files.save(files.target(undefined, 'a.pdf'), open, { force })).rejects.toMatchObject({ code });
    expect(asked).toEqual([]);
    expect(readdirSync(at('a.pdf'))).toEqual([]);
  });

  it.each([
    ['a folder that does not exist', 'nowhere/a.pdf'],
    ['a file in place of the folder', 'file/a.pdf'],
    ['a file in place of a new folder', 'file/new/'],
    ['a name that is too long', 'x'.repeat(300)],
    ...(process.platform === 'linux' ? [['a folder that nobody can write', '/proc/a.pdf']] : []),
  ])('asks the portal for nothing given %s', async (_, output) => {
    const { files, at } = setUp();
    other(at('file'));
    const { open, asked } = portalFile();
    await expect(files.save(files.target(output, 'a.pdf'), open, { force: false })).rejects.toMatchObject({
      code: 'FILE_NOT_WRITABLE',
    });
    expect(asked).toEqual([]);
  });

  it('saves under a name as long as the system allows', async () => {
    const { files, at } = setUp();
    const name = `${'x'.repeat(251)}.pdf`;
    await files.save(files.target(name, ''), portalFile().open, { force: false });
    expect(existsSync(at(name))).toBe(true);
  });

  it.each([
    ['a damaged file', [{ body: PDF.subarray(1) }, { body: PDF.subarray(1) }], 'FILE_DAMAGED'],
    ['an interruption', [{ end: new CertError('INTERRUPTED', {}) }], 'INTERRUPTED'],
  ])('leaves nothing after %s', async (_, scripts, code) => {
    const { files, cwd } = setUp();
    const { open } = portalFile(...scripts);
    await expect(files.save(files.target('a.pdf', ''), open, { force: true })).rejects.toMatchObject({ code });
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('leaves nothing when the portal refuses the file', async () => {
    const { files, cwd } = setUp();
    const refused = new CertError('ANNOTATION_EXPIRED', { certificate: 'c-1' });
    await expect(files.save(files.target('a.pdf', ''), () => Promise.reject(refused), { force: false })).rejects.toBe(
      refused,
    );
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe('reading into memory', () => {
  it('gives the whole file', async () => {
    expect(Buffer.from(await setUp().files.read(portalFile().open))).toEqual(PDF);
  });

  it('refuses a damaged one', async () => {
    const { open } = portalFile({ body: Buffer.from('x') }, { body: Buffer.from('x') });
    await expect(setUp().files.read(open)).rejects.toMatchObject({ code: 'FILE_DAMAGED' });
  });
});

describe('files for a viewer', () => {
  it('live in a private folder', () => {
    const { files, at } = setUp();
    mkdirSync(at('state/view'), { recursive: true, mode: 0o755 });
    expect(files.viewFolder()).toBe(at('state/view'));
    if (POSIX) expect(statSync(at('state/view')).mode & 0o777).toBe(0o700);
  });

  it('cannot be without the folder', () => {
    const { files, at } = setUp();
    other(at('state'));
    expect(() => files.viewFolder()).toThrow(expect.objectContaining({ code: 'FILE_NOT_WRITABLE' }));
  });

  it.each([
    ['.png', greyPng(2, 1, new Uint8Array(2))],
    ['.jpg', Buffer.from('ffd8ffe000044a46ffc0000b080001000101011100', 'hex')],
    ['', Buffer.from('\x89PNG\r\n', 'latin1')],
    ['', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['', Buffer.from('anything')],
  ])('have the extension %s of their contents, and go when asked', async (extension, contents) => {
    const { files } = setUp();
    const { path, remove } = await files.temporary('challenge', contents);
    expect(path).toMatch(new RegExp(`challenge-[0-9a-f]{12}${extension.replace('.', '\\.')}$`));
    expect(readFileSync(path)).toEqual(contents);
    if (POSIX) expect(statSync(path).mode & 0o777).toBe(0o600);
    await remove();
    expect(existsSync(path)).toBe(false);
  });
});
