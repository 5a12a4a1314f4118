import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { JsonFile } from '../../../src/disk/json-file.ts';
import { CertError } from '../../../src/errors.ts';
import { realLocking } from '../../support/locking.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const schema = v.object({ names: v.array(v.string()) });
const POSIX = process.platform !== 'win32';
const isRoot = process.getuid?.() === 0;

function fileAt(path = join(temporaryFolder(), 'ours', 'names.json'), write?: (content: object) => Promise<void>) {
  return new JsonFile<v.InferOutput<typeof schema>>({
    path,
    version: 2,
    schema,
    empty: { names: [] },
    lockName: 'names',
    locking: realLocking(),
    write,
  });
}

function fileWith(put: (path: string) => void) {
  const file = fileAt();
  mkdirSync(dirname(file.path));
  put(file.path);
  return file;
}

const text = (content: string) => (path: string) => writeFileSync(path, content);

describe('reading', () => {
  it('gives what is there where no file is, and makes none', () => {
    const file = fileAt();
    expect(file.read()).toEqual({ names: [] });
    expect(existsSync(dirname(file.path))).toBe(false);
  });

  it.each(['{"schemaVersion":2,"names":["a"]}', '\uFEFF{"schemaVersion":2,"names":["a"]}'])(
    'understands %j',
    (content) => expect(fileWith(text(content)).read()).toEqual({ names: ['a'] }),
  );

  const unusable: [string, (path: string) => void, object][] = [
    ['nothing', text(''), { detail: 'not-json' }],
    ['half of it', text('{"schemaVersion":2,"na'), { detail: 'not-json' }],
    ['zeros', text('\0'.repeat(100)), { detail: 'not-json' }],
    ['a list', text('[]'), { detail: 'wrong-value', at: 'schemaVersion' }],
    ['no version', text('{"names":[]}'), { detail: 'wrong-value', at: 'schemaVersion' }],
    ['an older version', text('{"schemaVersion":1,"names":[]}'), { detail: 'wrong-value', at: 'schemaVersion' }],
    ['a newer version', text('{"schemaVersion":3,"anything":7}'), { detail: 'newer-version' }],
    ['a wrong value', text('{"schemaVersion":2,"names":["a",7]}'), { detail: 'wrong-value', at: 'names.1' }],
    ['a folder', (path) => mkdirSync(path), { detail: 'not-a-file' }],
    [
      'too much',
      (path) => {
        writeFileSync(path, '');
        truncateSync(path, 65 * 1024 * 1024);
      },
      { detail: 'too-large' },
    ],
    ...(POSIX
      ? [
          ['a pipe', (path: string) => void execFileSync('mkfifo', [path]), { detail: 'not-a-file' }] as [
            string,
            (path: string) => void,
            object,
          ],
        ]
      : []),
    ...(POSIX && !isRoot
      ? [
          [
            'a file of somebody else',
            (path: string) => {
              writeFileSync(path, '{}');
              chmodSync(path, 0);
            },
            { detail: 'no-permission' },
          ] as [string, (path: string) => void, object],
        ]
      : []),
  ];

  it.each(unusable)('refuses %s, says what it is and leaves it as it is', async (_, put, params) => {
    const file = fileWith(put);
    const before = statSync(file.path);
    const invalid = { code: 'CONFIG_INVALID', params: { path: file.path, ...params } };
    expect(() => file.read()).toThrow(expect.objectContaining(invalid));
    await expect(file.update(() => ({ names: ['lost'] }))).rejects.toMatchObject(invalid);
    expect(statSync(file.path)).toMatchObject({ ino: before.ino, size: before.size, mtimeMs: before.mtimeMs });
    expect(readdirSync(dirname(file.path))).toEqual(['names.json']);
  });
});

describe('changing', () => {
  it('makes a file and a folder that only their owner can read', async () => {
    const file = fileAt();
    await file.update(() => ({ names: ['a'] }));
    expect(JSON.parse(readFileSync(file.path, 'utf8'))).toEqual({ schemaVersion: 2, names: ['a'] });
    if (!POSIX) return;
    expect(statSync(dirname(file.path)).mode & 0o777).toBe(0o700);
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
  });

  it('changes what is in the file at that moment, one after the other', async () => {
    const one = fileAt();
    const other = fileAt(one.path);
    const add = (name: string) => (now: { names: string[] }) => ({ names: [...now.names, name] });
    await Promise.all([one, other, one, other].map((file, at) => file.update(add(String(at)))));
    expect(one.read().names.toSorted()).toEqual(['0', '1', '2', '3']);
  });

  it('is written by one at a time, however long that takes', async () => {
    const { path } = fileAt();
    let [writing, mostAtOnce] = [0, 0];
    const slowly = async (content: object) => {
      writing += 1;
      mostAtOnce = Math.max(mostAtOnce, writing);
      await setTimeout(100);
      writeFileSync(path, JSON.stringify(content));
      writing -= 1;
    };
    const files = ['a', 'b', 'c'].map((name) => ({ name, file: fileAt(path, slowly) }));
    await Promise.all(files.map(({ name, file }) => file.update(({ names }) => ({ names: [...names, name] }))));
    expect({ mostAtOnce, names: fileAt(path).read().names.toSorted() }).toEqual({
      mostAtOnce: 1,
      names: ['a', 'b', 'c'],
    });
  });

  it('changes nothing when the change throws', async () => {
    const file = fileAt();
    await file.update(() => ({ names: ['a'] }));
    const refused = new CertError('PROFILE_EXISTS', { name: 'a' });
    await expect(
      file.update(() => {
        throw refused;
      }),
    ).rejects.toBe(refused);
    expect(file.read()).toEqual({ names: ['a'] });
  });

  it('makes no folder when the change throws', async () => {
    const file = fileAt();
    await file
      .update(() => {
        throw new CertError('PROFILE_EXISTS', { name: 'a' });
      })
      .catch(() => undefined);
    expect(existsSync(dirname(file.path))).toBe(false);
  });

  it('says why the file cannot be written', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'ours'), '');
    await expect(fileAt(join(folder, 'ours', 'names.json')).update((now) => now)).rejects.toMatchObject({
      code: 'FILE_NOT_WRITABLE',
      params: { path: join(folder, 'ours', 'names.json') },
    });
  });
});
