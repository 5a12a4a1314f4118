/** The folders where this platform keeps a program's settings and state. */
import { posix, win32 } from 'node:path';
import { homeFolder } from '../disk/home-folder.ts';
import { CertError } from '../errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;
/** Finds the folder of the platform; null where the platform's own variable is of no use. */
type Place = (environment: Environment, home: () => string) => string;

const absolutePosix = (path: string | undefined) => (path && posix.isAbsolute(path) ? path : undefined);
const absoluteWindows = (path: string | undefined) => (path && win32.isAbsolute(path) ? path : undefined);

const CONFIG: Readonly<Record<'darwin' | 'win32' | 'other', Place>> = {
  darwin: (_, home) => posix.join(home(), 'Library', 'Application Support', 'cert'),
  win32: ({ APPDATA }, home) =>
    win32.join(absoluteWindows(APPDATA) ?? win32.join(home(), 'AppData', 'Roaming'), 'cert'),
  // A relative path in an XDG variable is to be ignored (XDG Base Directory Specification).
  other: ({ XDG_CONFIG_HOME }, home) =>
    posix.join(absolutePosix(XDG_CONFIG_HOME) ?? posix.join(home(), '.config'), 'cert'),
};

const STATE: typeof CONFIG = {
  darwin: (_, home) => posix.join(home(), 'Library', 'Application Support', 'cert', 'state'),
  win32: ({ LOCALAPPDATA }, home) =>
    win32.join(absoluteWindows(LOCALAPPDATA) ?? win32.join(home(), 'AppData', 'Local'), 'cert'),
  other: ({ XDG_STATE_HOME }, home) =>
    posix.join(absolutePosix(XDG_STATE_HOME) ?? posix.join(home(), '.local', 'state'), 'cert'),
};

/**
 * The folder of the settings: `CERT_CONFIG_DIR`, else the platform's.
 * @throws CertError ENVIRONMENT_INVALID when the override is relative, or the home folder is needed and unknown
 */
export const configFolder = (environment: Environment, platform: string, home: string | undefined): string =>
  folder('CERT_CONFIG_DIR', CONFIG, environment, platform, home);

/** The folder of what `cert` remembers between runs: `CERT_STATE_DIR`, else the platform's. Fails like `configFolder`. */
export const stateFolder = (environment: Environment, platform: string, home: string | undefined): string =>
  folder('CERT_STATE_DIR', STATE, environment, platform, home);

function folder(
  override: string,
  places: typeof CONFIG,
  environment: Environment,
  platform: string,
  home: string | undefined,
): string {
  const { isAbsolute } = platform === 'win32' ? win32 : posix;
  const chosen = environment[override];
  if (chosen && !isAbsolute(chosen))
    throw new CertError('ENVIRONMENT_INVALID', { name: override, detail: 'not-absolute', other: chosen });
  const place = platform === 'darwin' || platform === 'win32' ? places[platform] : places.other;
  return chosen || place(environment, () => homeFolder(home, platform));
}
