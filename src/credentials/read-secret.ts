/** Secrets from standard input or a pipe: bounded in bytes, and where no person types them in time. */
import { readStream, type Streamed } from '../disk/read-stream.ts';
import { blanksOf, likely } from '../domain/likely-input.ts';
import { CertError } from '../errors.ts';

export const MAX_SECRET_BYTES = 4_096;

/** How long the program at the other end may take: it may be asking a person. */
export const PERSON_LIMIT_MS = 60_000;

export type SecretInput = AsyncIterable<Uint8Array | string> & { readonly isTTY?: boolean | undefined };

/** All of it up to its end; a person at a terminal takes as long as it takes. */
export const readInput = (source: SecretInput, limitMs = PERSON_LIMIT_MS): Promise<Streamed> =>
  readStream(source, { mostBytes: MAX_SECRET_BYTES, limitMs: source.isTTY ? Number.POSITIVE_INFINITY : limitMs });

/** The secrets of a source, a line each, in the order of the flags that asked for them. @throws as {@link secretsIn} */
export async function readSecrets(source: SecretInput, flags: readonly string[]): Promise<string[]> {
  const read = await readInput(source);
  const flag = flags.join(', ');
  if (read === 'too-slow') throw new CertError('INPUT_REQUIRED', { flag });
  if (read === 'too-large') throw new CertError('INPUT_UNLIKELY', { source: flag, reason: 'too-long' });
  return secretsIn(read, flags);
}

/**
 * A secret for each flag, a line each, without line breaks and a byte order mark of UTF-8.
 * @throws CertError INPUT_REQUIRED with the flag whose line is missing or empty; INPUT_UNLIKELY for what cannot have
 * been meant, such as more lines, bytes that are not UTF-8, or a space before a line break
 */
export function secretsIn(read: Buffer, flags: readonly string[]): string[] {
  const all = flags.join(', ');
  const lines = textOf(read, all)
    .replace(/\r*\n$/, '')
    .split(/\r*\n/);
  const missing = flags.find((_, index) => /^\r*$/.test(lines[index] ?? ''));
  if (missing !== undefined) throw new CertError('INPUT_REQUIRED', { flag: missing });
  if (lines.length > flags.length) throw new CertError('INPUT_UNLIKELY', { source: all, reason: 'several-lines' });
  return flags.map((flag, index) => likely(lines[index] ?? '', flag, blanksOf(flag, false)));
}

/** UTF-16 has a zero in every ASCII character, and a mark that is not UTF-8. */
function textOf(bytes: Buffer, source: string): string {
  try {
    if (bytes.includes(0)) throw new TypeError('UTF-16');
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CertError('INPUT_UNLIKELY', { source, reason: 'not-text' });
  }
}
