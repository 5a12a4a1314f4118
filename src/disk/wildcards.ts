/** `*` and `?` in paths, for where no shell has expanded them: in quotes, and on Windows everywhere. */
import { lstat, readdir } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import type { Here } from './named-path.ts';

/** Whether a path has wildcards; `\\?\` at the beginning of one of Windows is none. */
export const hasWildcards = (path: string): boolean => /[*?]/.test(path.replace(/^\\\\\?\\/, ''));

/**
 * What the pattern stands for, in the order of the names: `*` for any characters of one name, `?` for one of them.
 * Hidden names are only meant by a pattern that begins with a dot too. Folders that cannot be read hold nothing.
 */
export async function matchingPaths(pattern: string, { cwd, platform }: Here): Promise<string[]> {
  // Names at even places, the separators that follow them at odd ones.
  const parts = pattern.split(platform === 'win32' ? /([\\/]+)/ : /(\/+)/);
  const fold = (text: string) => (platform === 'win32' ? text.toLowerCase() : text).normalize('NFC');
  let found = [''];
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1 || !hasWildcards(part)) {
      found = found.map((path) => path + part);
      continue;
    }
    const inFolders = found.map(async (folder) => {
      const names = await readdir(resolve(cwd, folder)).catch(() => []);
      return names
        .filter((name) => name.startsWith('.') === part.startsWith('.') && fits(fold(part), fold(name)))
        .sort()
        .map((name) => folder + name);
    });
    found = (await Promise.all(inFolders)).flat();
  }
  // Not resolved: a separator at the end is for a folder only.
  const whole = (path: string) => (isAbsolute(path) ? path : join(cwd, path));
  const isThere = await Promise.all(found.map((path) => lstat(whole(path)).then(Boolean, () => false)));
  return found.filter((_, index) => isThere[index]);
}

/** In time that grows with the product of both lengths, whatever the pattern is. */
function fits(pattern: string, name: string): boolean {
  const [wanted, given] = [[...pattern], [...name]];
  let at = 0;
  let star = -1;
  let afterStar = 0;
  for (let next = 0; next < given.length; ) {
    if (wanted[at] === '*') {
      star = at;
      afterStar = next;
      at += 1;
    } else if (wanted[at] === '?' || wanted[at] === given[next]) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      afterStar += 1;
      at = star + 1;
      next = afterStar;
    } else return false;
  }
  return wanted.slice(at).every((one) => one === '*');
}
