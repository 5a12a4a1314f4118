/**
 * Has git run the hooks in .githooks. Part of `prepare`: only a checkout of the project gets them, and nobody who has
 * hooks already. An install never fails because of it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const git = (...args: string[]) => spawnSync('git', args, { encoding: 'utf8' });

function hasHooks(): boolean {
  const folder = git('rev-parse', '--git-path', 'hooks').stdout.trim();
  return existsSync(folder) && readdirSync(folder).some((name) => !name.endsWith('.sample'));
}

/** `git config` ends with 1 for what is set nowhere: neither here nor for this user or machine. */
const isUnset = (key: string): boolean => git('config', '--get', key).status === 1;

if (existsSync('.git') && isUnset('core.hooksPath') && !hasHooks()) git('config', 'core.hooksPath', '.githooks');
