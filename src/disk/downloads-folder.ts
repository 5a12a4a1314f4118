/** Where browsers save what a person downloads. */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { homeFolder } from './home-folder.ts';

interface Machine {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly home: string | undefined;
}

/**
 * On Linux its name follows the language of the system (`下载`), and the desktop writes it down; elsewhere it has one
 * name, whatever is shown.
 * @throws CertError ENVIRONMENT_INVALID where there is no home folder
 */
export function downloadsFolder({ environment, platform, home }: Machine): string {
  const folder = homeFolder(home, platform);
  if (platform === 'win32' || platform === 'darwin') return join(folder, 'Downloads');
  const { XDG_CONFIG_HOME: config = '' } = environment;
  const path = join(posix.isAbsolute(config) ? config : join(folder, '.config'), 'user-dirs.dirs');
  return namedIn(textOf(path), folder) ?? join(folder, 'Downloads');
}

const MOST_CHARACTERS = 10_000;

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').slice(0, MOST_CHARACTERS);
  } catch {
    return '';
  }
}

/** `XDG_DOWNLOAD_DIR="$HOME/下载"`, or an absolute path: nothing else is allowed (xdg-user-dirs). */
function namedIn(text: string, home: string): string | undefined {
  const value = /^\s*XDG_DOWNLOAD_DIR="((?:[^"\\]|\\.)*)"/m.exec(text)?.[1]?.replace(/\\(.)/g, '$1');
  if (value === undefined) return undefined;
  if (value.startsWith('$HOME/')) return join(home, value.slice('$HOME/'.length));
  return posix.isAbsolute(value) ? value : undefined;
}
