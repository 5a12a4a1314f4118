import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { requireTool } from '../../support/tools.ts';

const HAS_GIT = requireTool('git');
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Nothing of this user's or this machine's own git. */
const ENV = {
  PATH: process.env.PATH,
  GIT_CONFIG_GLOBAL: join(ROOT, 'none'),
  GIT_CONFIG_NOSYSTEM: '1',
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'x'],
      [`GIT_${who}_EMAIL`, 'x'],
    ]),
  ),
};

const git = (cwd: string, ...args: string[]) => spawnSync('git', args, { cwd, env: ENV, encoding: 'utf8' });
const hooksPath = (cwd: string): string => git(cwd, 'config', 'core.hooksPath').stdout.trim();

function checkout(): string {
  const folder = temporaryFolder();
  git(folder, 'init', '--quiet', '--template=');
  return folder;
}

/** That part of `prepare`, in a folder. */
function prepare(cwd: string, env: NodeJS.ProcessEnv = ENV): number | null {
  const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
  return spawnSync(process.execPath, [tsx, join(ROOT, 'scripts/use-git-hooks.ts')], { cwd, env }).status;
}

describe.runIf(HAS_GIT)('an install', () => {
  it('has a checkout use the hooks of the project', () => {
    const folder = checkout();
    expect(prepare(folder)).toBe(0);
    expect(hooksPath(folder)).toBe('.githooks');
  });

  it('leaves a path of other hooks alone', () => {
    const folder = checkout();
    git(folder, 'config', 'core.hooksPath', 'mine');
    expect(prepare(folder)).toBe(0);
    expect(hooksPath(folder)).toBe('mine');
  });

  it('leaves hooks in the usual place alone', () => {
    const folder = checkout();
    mkdirSync(join(folder, '.git/hooks'), { recursive: true });
    writeFileSync(join(folder, '.git/hooks/pre-push'), '#!/bin/sh\n');
    expect(prepare(folder)).toBe(0);
    expect(hooksPath(folder)).toBe('');
  });

  it('touches no repository around it, as of a package in a project', () => {
    const folder = checkout();
    const installed = join(folder, 'node_modules', 'cert-holder');
    mkdirSync(installed, { recursive: true });
    expect(prepare(installed)).toBe(0);
    expect(hooksPath(folder)).toBe('');
  });

  it('does not fail without git', () => {
    const folder = checkout();
    expect(prepare(folder, { PATH: '' })).toBe(0);
    expect(hooksPath(folder)).toBe('');
  });
});

describe.runIf(HAS_GIT)('the hook before a commit', () => {
  const GOOD = 'export const one = 1;\n';

  /** A checkout with the hook; what is committed stands in `src`. */
  function project() {
    const folder = checkout();
    for (const name of ['.githooks', 'biome.json', 'scripts/lint', '.gitignore'])
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    chmodSync(join(folder, '.githooks/pre-commit'), 0o755);
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
    mkdirSync(join(folder, 'src'));
    prepare(folder);
    return {
      write: (name: string, code: string) => writeFileSync(join(folder, 'src', name), code),
      stage: (...names: string[]) => git(folder, 'add', ...names.map((name) => `src/${name}`)),
      commit: (...args: string[]) => git(folder, 'commit', '--quiet', '--message', 'x', ...args).status,
    };
  }

  it('lets good code pass, and nothing that is not staged stops it', () => {
    const { write, stage, commit } = project();
    write('good.ts', GOOD);
    write('other.ts', 'export const two  = 2');
    stage('good.ts');
    expect(commit()).toBe(0);
  });

  it.each([
    ['a bad format', 'export const one  = 1'],
    ['imports out of order', "import { b } from './b.ts';\nimport { a } from './a.ts';\n\nexport const ab = [a, b];\n"],
    ['what the linter refuses', "console.log('text');\n"],
  ])('stops %s, but for --no-verify', (_, code) => {
    const { write, stage, commit } = project();
    write('bad.ts', code);
    stage('bad.ts');
    expect(commit()).toBe(1);
    expect(commit('--no-verify')).toBe(0);
  });
});
