/** Secrets from standard input or a pipe: bounded in bytes, and where no person types them in time. */
import { readStream, type Streamed } from '../disk/read-stream.ts';

export const MAX_SECRET_BYTES = 4_096;

/** How long the program at the other end may take: it may be asking a person. */
export const PERSON_LIMIT_MS = 60_000;

export type SecretInput = AsyncIterable<Uint8Array | string> & { readonly isTTY?: boolean | undefined };

/** All of it up to its end; a person at a terminal takes as long as it takes. */
export const readInput = (source: SecretInput, limitMs = PERSON_LIMIT_MS): Promise<Streamed> =>
  readStream(source, { mostBytes: MAX_SECRET_BYTES, limitMs: source.isTTY ? Number.POSITIVE_INFINITY : limitMs });

/** Without a byte-order mark and the final line break; empty for what has no end. */
export const textOf = (read: Streamed): string =>
  typeof read === 'string'
    ? ''
    : read
        .toString('utf8')
        .replace(/^\uFEFF/, '')
        .replace(/\r?\n$/, '');

/** One line that is a secret, without its line break; undefined when there is none, or more than one. */
export function lineOf(read: Streamed): string | undefined {
  const text = textOf(read);
  return text === '' || /[\r\n]/.test(text) ? undefined : text;
}

/** The one line of a source; undefined as {@link lineOf}. */
export const readSecret = async (source: SecretInput): Promise<string | undefined> => lineOf(await readInput(source));
