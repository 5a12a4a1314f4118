import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { passphrasesFrom } from '../../../src/credentials/passphrase.ts';
import type { SecretInput } from '../../../src/credentials/read-secret.ts';
import { CertError } from '../../../src/errors.ts';
import { en } from '../../../src/ui/messages/en/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const GOOD = 'correct horse';
const POSIX = process.platform !== 'win32';

/** Somebody who types these lines; without them nobody is there. */
function passphrases(given: {
  file?: string;
  environment?: Record<string, string>;
  typed?: string[];
  stdin?: SecretInput;
}) {
  const { file, environment = {}, typed, stdin } = given;
  const asked: string[] = [];
  const secret = async ({ message, flag }: { message: string; flag: string }) => {
    if (typed === undefined) throw new CertError('INPUT_REQUIRED', { flag });
    asked.push(message);
    return typed.shift() ?? '';
  };
  return { ...passphrasesFrom({ file, environment, prompts: { secret }, words: en.passphrase, stdin }), asked };
}

const fileWith = (contents: string) => {
  const path = join(temporaryFolder(), 'passphrase');
  writeFileSync(path, contents);
  return path;
};

describe('the passphrase', () => {
  it('comes from the file, else the environment, else a person', async () => {
    const environment = { CERT_PASSPHRASE: 'of the environment' };
    expect(await passphrases({ file: fileWith(`${GOOD}\r\n`), environment, typed: [] }).open(1)).toBe(GOOD);
    expect(await passphrases({ environment, typed: [] }).open(1)).toBe('of the environment');
    expect(await passphrases({ environment: { CERT_PASSPHRASE: '' }, typed: [GOOD] }).open(1)).toBe(GOOD);
  });

  it('that was given is tried once, a person three times', async () => {
    expect(await passphrases({ environment: { CERT_PASSPHRASE: GOOD } }).open(2)).toBeUndefined();
    const person = passphrases({ typed: ['one', 'two', 'three', 'four'] });
    expect([await person.open(1), await person.open(2), await person.open(3), await person.open(4)]).toEqual([
      'one',
      'two',
      'three',
      undefined,
    ]);
  });

  it('is chosen twice, until it is long enough and the same', async () => {
    const person = passphrases({ typed: ['short', 'long enough', 'another one', GOOD, GOOD] });
    expect(await person.choose()).toBe(GOOD);
    expect(person.asked).toHaveLength(5);
  });

  it('that is given for a new file must be long enough', async () => {
    const short = passphrases({ environment: { CERT_PASSPHRASE: '密码密码密码密' } });
    await expect(short.choose()).rejects.toMatchObject({ code: 'PASSPHRASE_TOO_SHORT', exit: 2 });
    expect(await passphrases({ environment: { CERT_PASSPHRASE: '密码密码密码密码' } }).choose()).toBe(
      '密码密码密码密码',
    );
  });

  it.each([`${GOOD} `, `${GOOD.slice(0, 4)}\u00a0${GOOD.slice(4)}`])('is hardly meant: %j', async (unlikely) => {
    const given = { environment: { CERT_PASSPHRASE: unlikely } };
    for (const call of [() => passphrases(given).choose(), () => passphrases(given).open(1)])
      await expect(call()).rejects.toMatchObject({ code: 'INPUT_UNLIKELY', params: { source: 'CERT_PASSPHRASE' } });
    await expect(passphrases({ file: fileWith(`${unlikely}\n`) }).open(1)).rejects.toMatchObject({
      code: 'INPUT_UNLIKELY',
      params: { source: '--passphrase-file' },
    });
  });

  it('is needed, and nobody can be asked', async () => {
    for (const call of [() => passphrases({}).choose(), () => passphrases({}).open(1)])
      await expect(call()).rejects.toMatchObject({
        code: 'INPUT_REQUIRED',
        params: { flag: expect.stringContaining('CERT_PASSPHRASE') },
      });
  });

  it.each([
    ['nothing', ''],
    ['an empty line', '\n'],
    ['two lines', 'one\ntwo\n'],
    ['no end', 'x'.repeat(4_097)],
  ])('is not in a file with %s', async (_, contents) => {
    const path = fileWith(contents);
    await expect(passphrases({ file: path }).open(1)).rejects.toMatchObject({
      code: 'PASSPHRASE_FILE_INVALID',
      exit: 2,
      params: { path },
    });
  });

  it.runIf(POSIX)('comes through a pipe too, within a time', async () => {
    const pipe = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const given = passphrases({ file: pipe }).open(1);
    writeFileSync(pipe, `${GOOD}\n`);
    expect(await given).toBe(GOOD);
    await expect(passphrases({ file: pipe }).open(1)).rejects.toMatchObject({
      code: 'PASSPHRASE_FILE_INVALID',
      params: { path: pipe, detail: 'too-slow' },
    });
  });

  it.runIf(POSIX)('is what standard input says, where that is named', async () => {
    const saying = async function* () {
      yield `${GOOD}\n`;
    };
    expect(await passphrases({ file: '/dev/stdin', stdin: saying() }).open(1)).toBe(GOOD);
  });

  it.runIf(POSIX).each(['/dev/zero', '/dev/null'])('is not in the device %s', async (path) => {
    await expect(passphrases({ file: path }).open(1)).rejects.toMatchObject({
      code: 'PASSPHRASE_FILE_INVALID',
      params: { path, detail: 'not-a-file' },
    });
  });

  it('is not in a file that cannot be read', async () => {
    await expect(passphrases({ file: join(temporaryFolder(), 'none') }).open(1)).rejects.toMatchObject({
      code: 'PASSPHRASE_FILE_INVALID',
      params: { detail: 'missing' },
    });
  });
});
