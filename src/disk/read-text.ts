/** Files of our own that are read whole. Whatever is in their place is not trusted, and never waited for. */
import { readFileSync, statSync } from 'node:fs';
import { CertError } from '../errors.ts';
import { reasonOf, systemCode } from './file-error.ts';

const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The text of a file; undefined where there is none.
 * @throws CertError CONFIG_INVALID when it is no ordinary file (a pipe would never end), too large or unreadable
 */
export function readText(path: string): string | undefined {
  const invalid = (detail: ReturnType<typeof reasonOf>, cause?: unknown) =>
    new CertError('CONFIG_INVALID', { path, detail }, { cause });
  try {
    const there = statSync(path);
    if (!there.isFile()) throw invalid('not-a-file');
    if (there.size > MAX_BYTES) throw invalid('too-large');
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw invalid(reasonOf(code), error);
  }
}
