/** Whatever is in a file's place: only an ordinary file is read, bounded in bytes, and pipes in time. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { digestOf } from '../../../src/disk/digest.ts';
import { loadFile } from '../../../src/disk/inputs.ts';
import { openOrdinary } from '../../../src/disk/open-file.ts';
import { readOrdinary } from '../../../src/disk/ordinary-file.ts';
import { readPipe, readStream } from '../../../src/disk/read-stream.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const POSIX = process.platform !== 'win32';

const STRANGE: [string, (path: string) => void, object][] = [
  ['nothing', () => undefined, { code: 'FILE_NOT_FOUND' }],
  ['a folder', (path) => mkdirSync(path), { code: 'FILE_NOT_READABLE', params: { detail: 'not-a-file' } }],
  ['too much', (path) => writeFileSync(path, 'x'.repeat(11)), { code: 'FILE_NOT_READABLE' }],
  ...(POSIX
    ? ([
        ['a pipe', (path) => execFileSync('mkfifo', [path]), { params: { detail: 'not-a-file' } }],
        ['a device', (path) => symlinkSync('/dev/zero', path), { params: { detail: 'not-a-file' } }],
        ['a link to itself', (path) => symlinkSync(path, path), { params: { detail: 'link-loop' } }],
      ] as [string, (path: string) => void, object][])
    : []),
];

describe('an ordinary file', () => {
  const fileWith = (contents: string) => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, contents);
    return path;
  };

  it('is read whole up to the bound', () => {
    expect(readOrdinary(fileWith('0123456789'), 10).toString()).toBe('0123456789');
    expect(readOrdinary(fileWith(''), 10)).toHaveLength(0);
    expect(readOrdinary(fileWith('x'.repeat(200_000)), 200_000)).toHaveLength(200_000);
  });

  it.each(STRANGE)('is not %s', async (_, put, expected) => {
    const path = join(temporaryFolder(), 'place');
    put(path);
    await expect(async () => readOrdinary(path, 10)).rejects.toMatchObject(expected);
  });

  it.each(STRANGE.filter(([what]) => what !== 'too much'))('is not opened where %s is', async (_, put, expected) => {
    const path = join(temporaryFolder(), 'place');
    put(path);
    await expect(openOrdinary(path)).rejects.toMatchObject(expected);
    await expect(loadFile(path, path, 10)).rejects.toMatchObject(expected);
    expect(await digestOf(path)).toBeUndefined();
  });

  it.runIf(process.platform === 'linux')('whose size nobody tells is read to its end', () => {
    expect(readOrdinary('/proc/self/stat', 10_000).toString()).toContain(`${process.pid} (`);
  });

  it('without end has no digest', async () => {
    const path = fileWith('');
    truncateSync(path, 2 ** 33);
    expect(await digestOf(path)).toBeUndefined();
  });
});

describe('a stream', () => {
  const limits = { mostBytes: 10, limitMs: 60 };
  const saying = async function* (...chunks: string[]) {
    yield* chunks;
  };

  it('is read to its end, within its bound', async () => {
    expect(await readStream(saying('01234', '56789'), limits)).toEqual(Buffer.from('0123456789'));
    expect(await readStream(saying('01234', '567890'), limits)).toBe('too-large');
  });

  it('that never ends is given up, whatever it said', async () => {
    const silent = async function* () {
      yield 'first';
      await new Promise(() => undefined);
    };
    expect(await readStream(silent(), limits)).toBe('too-slow');
  });
});

describe.runIf(POSIX)('a pipe', () => {
  const limits = { mostBytes: 10, limitMs: 2_000 };
  /** A pipe, and a shell program that has it as `$1`. */
  const pipeWith = (program: string) => {
    const path = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [path]);
    const shell = spawn('sh', ['-c', program, 'sh', path]);
    onTestFinished(() => void shell.kill('SIGKILL'));
    return path;
  };

  it.each([
    ['is there', 'printf 0123456789 > "$1"'],
    ['comes later', 'sleep 0.2; printf 0123456789 > "$1"'],
    ['writes in pieces', '{ printf 01234; sleep 0.2; printf 56789; } > "$1"'],
  ])('is read to its end when its writer %s', async (_, program) => {
    expect(await readPipe(pipeWith(program), limits)).toEqual(Buffer.from('0123456789'));
  });

  it.runIf(process.platform === 'linux')('is read to its end when its writer has gone', async () => {
    // The read end of a pipe without a name, which this process opens once more.
    const reader = 'sleep 0.1; echo $$ >&2; exec sleep 30';
    const shell = spawn('sh', ['-c', 'printf 0123456789 | sh -c "$1"', 'sh', reader]);
    const [said] = await once(shell.stderr, 'data');
    const child = Number(said);
    onTestFinished(() => void process.kill(child, 'SIGKILL'));
    expect(await readPipe(`/proc/${child}/fd/0`, limits)).toEqual(Buffer.from('0123456789'));
  });

  it('is given up when it brings too much, or nobody ends it', async () => {
    expect(await readPipe(pipeWith('cat /dev/zero > "$1"'), limits)).toBe('too-large');
    expect(await readPipe(pipeWith(':'), { ...limits, limitMs: 50 })).toBe('too-slow');
    expect(await readPipe(pipeWith('exec 3<> "$1"; printf 0 >&3; sleep 30'), { ...limits, limitMs: 500 })).toBe(
      'too-slow',
    );
  });
});
