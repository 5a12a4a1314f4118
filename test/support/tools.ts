import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Whether a program that a test needs is installed. Without it the test is skipped on a person's machine, with a word
 * on standard error.
 * @throws Error where CI is set: there every test must run.
 */
export function requireTool(name: string): boolean {
  const found = pathOf(name) !== undefined;
  if (!found && process.env.CI) throw new Error(`${name} is not installed: its tests must run in CI`);
  if (!found) process.stderr.write(`${name} is not installed: its tests are skipped\n`);
  return found;
}

/** Where a program is; undefined where it is not installed. */
export const pathOf = (name: string): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable);

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
