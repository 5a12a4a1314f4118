/** Paths as a person names them, also where no shell has made of them what it usually does. */
import { lstatSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { firstUnseen, withoutQuotes } from '../domain/pasted-text.ts';
import { CertError } from '../errors.ts';
import { homeFolder } from './home-folder.ts';

/** Where a person is. */
export interface Here {
  readonly cwd: string;
  readonly home: string | undefined;
  readonly platform: string;
}

/**
 * The path that is meant: what is there under that very name; else without quotation marks and invisible characters
 * around it, and with the home folder for a leading `~`. It may be relative, and ends with a separator where it did.
 * @throws CertError PATH_INVALID; ENVIRONMENT_INVALID where the home folder is needed and unknown
 */
export function namedPath(given: string, here: Here): string {
  if (given !== '' && isThere(given, here)) return given;
  const path = withoutQuotes(given);
  if (path === '') throw new CertError('PATH_INVALID', { path: given, detail: 'empty' });
  const unseen = firstUnseen(path);
  if (unseen !== undefined) throw new CertError('PATH_INVALID', { path, detail: 'invisible', at: unseen });
  if (isThere(path, here) || !path.startsWith('~')) return path;
  const rest = path.slice(1);
  if (rest !== '' && !rest.startsWith('/') && !(here.platform === 'win32' && rest.startsWith('\\')))
    throw new CertError('PATH_INVALID', { path, detail: 'other-home' });
  return join(homeFolder(here.home, here.platform), rest);
}

/** {@link namedPath} as an absolute path. */
export const absolutePath = (given: string, here: Here): string => resolve(here.cwd, namedPath(given, here));

/** Whether something has that very name, a link to nowhere included. */
export function isThere(path: string, { cwd }: Here): boolean {
  try {
    return lstatSync(resolve(cwd, path), { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
