/** Files and folders that are damaged, strange, or not where they should be: nothing is lost, nothing overwritten. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/errors.ts';
import { as, type Installation, installation } from '../support/cert.ts';
import { expectFailure, snapshot } from '../support/hostile.ts';
import { ORIGIN, useSandbox } from '../support/sandbox.ts';

const sandbox = useSandbox();
const nurse = (env: Record<string, string> = {}) => ({ clock: sandbox.clock, env: { ...as('demo_nurse'), ...env } });
const POSIX = process.platform !== 'win32';

type Damage = (path: string) => unknown;
const contents =
  (text: string | Uint8Array): Damage =>
  (path) =>
    writeFileSync(path, text);

const DAMAGED: Readonly<Record<string, Damage>> = {
  empty: contents(''),
  'torn in the middle': contents('{"schemaVersion":1,"fil'),
  'another format': contents('<?xml version="1.0"?>'),
  'bytes of anything': contents(Uint8Array.from({ length: 4096 }, (_, index) => (index * 31) % 256)),
  'a list': contents('[]'),
  null: contents('null'),
  'from a newer version': contents('{"schemaVersion":2,"files":[],"profiles":{}}'),
  'without its version': contents('{}'),
  'of other types': contents('{"schemaVersion":1,"files":{},"profiles":7,"settings":[]}'),
  'nested without end': contents(`${'['.repeat(100_000)}`),
  'with what steers a terminal': contents('{"schemaVersion":1,"\u001b[2J\u202e":'),
  'a folder': (path) => mkdirSync(path),
  ...(POSIX
    ? {
        'a link to itself': (path: string) => symlinkSync(path, path),
        'a pipe': (path: string) => void execFileSync('mkfifo', [path]),
        'a device without end': (path: string) => symlinkSync('/dev/zero', path),
      }
    : {}),
};

function damaged(file: readonly string[], damage: Damage): Installation {
  const cert = installation();
  const path = join(cert.folder, ...file);
  mkdirSync(dirname(path), { recursive: true });
  damage(path);
  return cert;
}

const unchanged = async (cert: Installation, run: () => Promise<void>) => {
  const before = snapshot(cert.folder);
  await run();
  expect(snapshot(cert.folder)).toEqual(before);
};

describe.each(Object.entries(DAMAGED))('settings that are %s', (_, damage) => {
  it.each([
    ['list'],
    ['whoami'],
    ['get', 'c-nurse-2019'],
    ['annotate', 'c-nurse-2023', '--yes'],
    ['profile', 'list'],
    ['profile', 'use', 'demo_nurse'],
    ['profile', 'rename', 'demo_nurse', 'other'],
    ['profile', 'remove', 'demo_nurse'],
    ['config', 'list'],
    ['config', 'set', 'days', '30'],
    ['logout', '--all', '--purge', '--yes'],
  ])('cert %s %s', async (...args) => {
    const cert = damaged(['config', 'config.json'], damage);
    await unchanged(cert, () => expectFailure(cert, args, 'CONFIG_INVALID', nurse()));
    expect((await sandbox.state()).received).toEqual({ submissions: 0, logIns: {} });
  });
});

describe.each(Object.entries(DAMAGED))('trust anchors that are %s', (_, damage) => {
  it.each([
    ['trust', 'list'],
    ['profile', 'rename', 'demo_nurse', 'other'],
  ])('cert %s %s', async (...args) => {
    const cert = installation();
    await cert.run('login -u demo_nurse --password-stdin', { clock: sandbox.clock, stdin: 'Sandbox2026' });
    damage(join(cert.folder, 'config', 'trust.json'));
    await unchanged(cert, () => expectFailure(cert, args, 'CONFIG_INVALID', { clock: sandbox.clock }));
  });
});

describe.each(Object.entries(DAMAGED))('a wallet that is %s', (_, damage) => {
  it.each([
    ['get', 'c-nurse-2019'],
    ['download', 'c-nurse-2019', '-o', 'here.pdf'],
  ])('cert %s %s', async (...args) => {
    const cert = damaged(['state', 'wallet.json'], damage);
    // Nothing is saved that nobody would remember.
    await unchanged(cert, () => expectFailure(cert, args, 'CONFIG_INVALID', nurse()));
  });
});

/** A last line without its end was torn by a crash and counts for nothing: these have their ends. */
const JOURNALS: Readonly<Record<string, Damage>> = {
  'of another format': contents('<?xml version="1.0"?>\n'),
  'from a newer version': contents('{"v":2,"type":"intent","reference":"r"}\n'),
  'of other types': contents('{"v":1,"type":"outcome","reference":7}\n'),
  'of empty lines': contents('\n\n'),
  'bytes of anything': contents(Uint8Array.from({ length: 4096 }, (_, index) => (index * 31) % 256)),
  'a folder': (path) => mkdirSync(path),
  ...(POSIX
    ? {
        'a link to itself': (path: string) => symlinkSync(path, path),
        'a pipe': (path: string) => void execFileSync('mkfifo', [path]),
        'a device without end': (path: string) => symlinkSync('/dev/zero', path),
      }
    : {}),
};

/** As the journal of `c-nurse-2023` is called. */
const JOURNAL = `${createHash('sha256').update(`${ORIGIN}\nc-nurse-2023`).digest('hex').slice(0, 32)}.jsonl`;

describe.each(Object.entries(JOURNALS))('a journal that is %s', (_, damage) => {
  it.each([
    ['annotate', 'c-nurse-2023', '--yes'],
    ['get', 'c-nurse-2023', '--yes'],
  ])('stops cert %s before anything is sent', async (...args) => {
    const cert = damaged(['state', 'journal', JOURNAL], damage);
    await unchanged(cert, () => expectFailure(cert, args, 'JOURNAL_INVALID', nurse()));
    expect((await sandbox.state()).received.submissions).toBe(0);
  });

  it('is not erased without a word', async () => {
    const cert = damaged(['state', 'journal', JOURNAL], damage);
    await unchanged(cert, () => expectFailure(cert, ['logout', '--all', '--purge', '--yes'], 'APPLICATION_OPEN'));
  });
});

describe('a file where a folder should be', () => {
  it.each<[string[], string[], ErrorCode]>([
    [['config'], ['config', 'set', 'days', '30'], 'FILE_NOT_WRITABLE'],
    [['config'], ['login', '-u', 'demo_nurse', '--password-stdin'], 'FILE_NOT_WRITABLE'],
    [['config'], ['profile', 'use', 'demo_nurse'], 'PROFILE_NOT_FOUND'],
    [['config', 'locks'], ['config', 'set', 'days', '30'], 'FILE_NOT_WRITABLE'],
    [['state'], ['annotate', 'c-nurse-2023', '--yes'], 'FILE_NOT_WRITABLE'],
    [['state'], ['view', 'c-nurse-2019'], 'FILE_NOT_WRITABLE'],
    [['state', 'locks'], ['annotate', 'c-nurse-2023', '--yes'], 'FILE_NOT_WRITABLE'],
    [['state', 'journal'], ['annotate', 'c-nurse-2023', '--yes'], 'FILE_NOT_WRITABLE'],
    [['state', 'view'], ['view', 'c-nurse-2019'], 'FILE_NOT_WRITABLE'],
    [['here'], ['download', 'c-nurse-2019', '-o', 'here/inside.pdf'], 'FILE_NOT_WRITABLE'],
    [['here'], ['download', 'c-nurse-2019', '-o', 'here/inside/'], 'FILE_NOT_WRITABLE'],
  ])('%j: cert %j', async (file, args, error) => {
    const cert = damaged(file, contents('mine'));
    const env = args[0] === 'login' ? { clock: sandbox.clock, stdin: 'Sandbox2026' } : nurse();
    await unchanged(cert, () => expectFailure(cert, args, error, env));
    expect(cert.secrets.entries.size).toBe(0);
    const { submissions, logIns } = (await sandbox.state()).received;
    expect(submissions).toBe(0);
    if (args[0] === 'login') expect(logIns).toEqual({});
  });

  it.each<[string[], string[]]>([
    [['state'], ['download', 'c-nurse-2019', '-o', 'here.pdf']],
    [
      ['state', 'locks'],
      ['download', 'c-nurse-2019', '-o', 'here.pdf'],
    ],
    [
      ['state', 'locks'],
      ['get', 'c-nurse-2019', '-o', 'here.pdf'],
    ],
  ])('%j: cert %j saves nothing that nobody would remember', async (file, args) => {
    const cert = damaged(file, contents('mine'));
    await unchanged(cert, () => expectFailure(cert, args, 'FILE_NOT_WRITABLE', nurse()));
  });

  it('keeps no account from being removed whole, or not at all', async () => {
    const cert = installation();
    const here = { clock: sandbox.clock };
    await cert.run('login -u demo_nurse --password-stdin', { ...here, stdin: 'Sandbox2026' });
    for (const name of ['trust.json', 'locks']) {
      const path = join(cert.folder, 'config', name);
      rmSync(path, { recursive: true, force: true });
      writeFileSync(path, name === 'locks' ? 'mine' : '{"schemaVersion":9}');
      const error = name === 'locks' ? 'FILE_NOT_WRITABLE' : 'CONFIG_INVALID';
      await unchanged(cert, () => expectFailure(cert, ['profile', 'remove', 'demo_nurse'], error, here));
      rmSync(path);
      expect((await cert.run('list', here)).code).toBe(0);
    }
  });
});

describe('something in the place of the PDF', () => {
  const replaced = async (args: readonly string[], damage: Damage, error: ErrorCode) => {
    const cert = damaged(['here.pdf'], damage);
    await expectFailure(cert, ['download', 'c-nurse-2019', '-o', 'here.pdf', ...args], error, nurse());
    const { code } = await cert.run(`get c-nurse-2023 --yes -o here.pdf --json ${args.join(' ')}`, nurse());
    expect(code).toBe(2);
    expect((await sandbox.state()).received.submissions).toBe(0);
    return cert;
  };

  it.each<[string, Damage]>([
    ['another file', contents('mine')],
    ['an empty file', contents('')],
    ...(POSIX
      ? ([
          [
            'a link to another file',
            (path) => [writeFileSync(`${path}.mine`, 'mine'), symlinkSync(`${path}.mine`, path)],
          ],
          ['a link to nowhere', (path) => symlinkSync('/nowhere/at/all', path)],
          ['a link to itself', (path) => symlinkSync(path, path)],
          ['a pipe', (path) => execFileSync('mkfifo', [path])],
          ['a link to a device', (path) => symlinkSync('/dev/zero', path)],
        ] as [string, Damage][])
      : []),
  ])('%s stays as it is', async (_, damage) => {
    const cert = await replaced([], damage, 'FILE_EXISTS');
    expect(readdirSync(cert.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it.runIf(POSIX).each<[string, Damage]>([['a pipe', (path) => void execFileSync('mkfifo', [path])]])(
    '%s stays with --force too',
    async (_, damage) => {
      await replaced(['--force'], damage, 'FILE_NOT_WRITABLE');
    },
  );

  it.runIf(POSIX)('a link gives way with --force, what it points to stays', async () => {
    const cert = damaged(['here.pdf'], (path) => {
      writeFileSync(`${path}.mine`, 'mine');
      symlinkSync(`${path}.mine`, path);
    });
    expect((await cert.run('download c-nurse-2019 -o here.pdf --force --json', nurse())).code).toBe(0);
    expect(lstatSync(join(cert.folder, 'here.pdf')).isFile()).toBe(true);
    expect(readFileSync(join(cert.folder, 'here.pdf.mine'), 'utf8')).toBe('mine');
  });

  it.each([
    ['a'.repeat(300), 'FILE_NOT_WRITABLE'],
    ['nowhere/at/all.pdf', 'FILE_NOT_WRITABLE'],
    ['/dev/null/x.pdf', 'FILE_NOT_WRITABLE'],
    ['/proc/x.pdf', 'FILE_NOT_WRITABLE'],
  ] as const)('-o %s cannot be written', async (output, error) => {
    const cert = installation();
    await expectFailure(cert, ['download', 'c-nurse-2019', '-o', output], error, nurse());
    await expectFailure(cert, ['get', 'c-nurse-2023', '--yes', '-o', output], error, nurse());
    expect((await sandbox.state()).received.submissions).toBe(0);
  });
});
