/** Files of our own that are read whole. Whatever is in their place is not trusted, and never waited for. */
import { CertError, isCertError } from '../errors.ts';
import { readOrdinary } from './ordinary-file.ts';

const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The text of a file; undefined where there is none.
 * @throws CertError CONFIG_INVALID when it is no ordinary file (a pipe would never end), too large or unreadable
 */
export function readText(path: string): string | undefined {
  try {
    return readOrdinary(path, MAX_BYTES).toString('utf8');
  } catch (error) {
    if (isCertError(error, 'FILE_NOT_FOUND')) return undefined;
    throw isCertError(error, 'FILE_NOT_READABLE') ? new CertError('CONFIG_INVALID', error.params, error) : error;
  }
}
