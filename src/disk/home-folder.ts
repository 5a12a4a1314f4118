import { posix, win32 } from 'node:path';
import { CertError } from '../errors.ts';

/** The person's home folder. @throws CertError ENVIRONMENT_INVALID where the system knows none, or a relative one */
export function homeFolder(home: string | undefined, platform: string): string {
  const { isAbsolute } = platform === 'win32' ? win32 : posix;
  if (home && isAbsolute(home)) return home;
  throw new CertError('ENVIRONMENT_INVALID', {
    name: platform === 'win32' ? 'USERPROFILE' : 'HOME',
    detail: 'no-home',
  });
}
