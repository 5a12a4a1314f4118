/** `cert` where it is not whole, on a Node that is too old, and from a folder that is gone. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BIN } from '../support/executable.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = dirname(dirname(BIN));

/** A clone with some of what the build makes. */
function cloneWith(keep: (file: string) => boolean): string {
  const clone = temporaryFolder();
  for (const name of ['bin', 'package.json']) cpSync(join(ROOT, name), join(clone, name), { recursive: true });
  for (const file of readdirSync(join(ROOT, 'dist'), { recursive: true, encoding: 'utf8' }))
    if (/\.(?:cjs|txt)$/.test(file) && keep(file))
      cpSync(join(ROOT, 'dist', file), join(clone, 'dist', file), { recursive: true });
  return clone;
}

function run(root: string, args: readonly string[], nodeArgs: readonly string[] = [], cwd = root) {
  const folder = temporaryFolder();
  const env = { PATH: process.env.PATH, HOME: folder, LANG: 'C', CERT_PORTAL: 'https://portal.invalid' };
  const ended = spawnSync(process.execPath, [...nodeArgs, join(root, 'bin', 'cert.cjs'), ...args], {
    cwd,
    env,
    encoding: 'utf8',
  });
  return { code: ended.status, out: ended.stdout, err: ended.stderr };
}

const lines = (text: string) => text.trimEnd().split('\n');

describe('a clone', () => {
  it.each([[[]], [['--help']], [['list']], [['list', '--json']]])('that was not built says how to: %j', (args) => {
    const { code, err } = run(
      cloneWith(() => false),
      args,
    );
    expect(code).toBe(2);
    expect(lines(err)).toHaveLength(1);
    expect(err).toContain('npm run build');
    expect(err).toContain('重新安装');
  });

  it('that was not built knows its version', () => {
    expect(
      run(
        cloneWith(() => false),
        ['--version'],
      ),
    ).toMatchObject({ code: 0, err: '' });
  });

  it.each<[string, (file: string) => boolean, string[]]>([
    ['its texts', (file) => !file.startsWith('help.'), ['--help']],
    ['a command', (file) => !/chunks.config-/.test(file), ['config', 'path']],
    ['its words', (file) => !/chunks.(?:en|zh-CN)-/.test(file), ['config', 'path']],
    ['all its parts', (file) => !/chunks/.test(file), ['config', 'path']],
  ])('that lacks %s says so', (_, keep, args) => {
    const { code, err } = run(cloneWith(keep), args);
    expect(code).toBe(2);
    expect(lines(err)).toHaveLength(1);
    expect(err).toContain('npm run build');
  });
});

describe('Node', () => {
  it.each([
    ['18.20.4', 2],
    ['20.18.3', 2],
    ['20.19.0', 0],
    ['22.0.0', 0],
  ])('%s: exit %i', (version, expected) => {
    const preload = join(temporaryFolder(), 'version.cjs');
    writeFileSync(
      preload,
      `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`,
    );
    const { code, err } = run(ROOT, ['--help'], ['--require', preload]);
    expect(code).toBe(expected);
    expect(lines(err)).toHaveLength(1);
    expect(err.includes('20.19')).toBe(expected === 2);
  });
});

describe.skipIf(process.platform === 'win32')('a working folder that was removed', () => {
  it('is no failure where none is needed', () => {
    const gone = join(temporaryFolder(), 'gone');
    mkdirSync(gone);
    const inGone = (args: string) =>
      spawnSync('sh', ['-c', `rmdir "$1"; exec "$2" "$3" ${args}`, 'sh', gone, process.execPath, BIN], {
        cwd: gone,
        env: { PATH: process.env.PATH, HOME: dirname(gone), LANG: 'C', PWD: gone },
        encoding: 'utf8',
      });
    expect(inGone('config path')).toMatchObject({ status: 0, stderr: '' });
    mkdirSync(gone);
    expect(inGone('verify a.pdf').status).toBe(3);
    rmSync(gone, { recursive: true, force: true });
  });
});
