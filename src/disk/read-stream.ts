/** What comes through a pipe from another program: it may never end, and may never begin. */
import { closeSync, openSync, readSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { notReadable, systemCode } from './file-error.ts';
import { READ_AT_ONCE } from './ordinary-file.ts';

interface Limits {
  readonly mostBytes: number;
  /** From the beginning to the end of it. */
  readonly limitMs: number;
}

/** Everything up to the end, or why it was not read. */
export type Streamed = Buffer | 'too-large' | 'too-slow';

/** Reads a stream to its end. What is left of one that was given up is not waited for. */
export async function readStream(
  source: AsyncIterable<Uint8Array | string>,
  { mostBytes, limitMs }: Limits,
): Promise<Streamed> {
  const iterator = source[Symbol.asyncIterator]();
  const timer = new AbortController();
  const late = Number.isFinite(limitMs)
    ? sleep(limitMs, 'too-slow' as const, { signal: timer.signal }).catch(() => 'too-slow' as const)
    : new Promise<never>(() => undefined);
  const chunks: Buffer[] = [];
  try {
    for (let bytes = 0; ; ) {
      const next = await Promise.race([iterator.next(), late]);
      if (next === 'too-slow') return next;
      if (next.done) return Buffer.concat(chunks);
      const chunk = Buffer.from(next.value);
      bytes += chunk.length;
      if (bytes > mostBytes) return 'too-large';
      chunks.push(chunk);
    }
  } finally {
    timer.abort();
    // It resolves only once the stream says something more.
    iterator.return?.().catch(() => undefined);
  }
}

const NAP_MS = 10;

/**
 * Reads the pipe at `path` to its end. It is polled, because the system does not tell of the end of a pipe that was
 * opened after its writer had gone.
 * @throws CertError FILE_NOT_READABLE
 */
export async function readPipe(path: string, { mostBytes, limitMs }: Limits): Promise<Streamed> {
  try {
    const descriptor = openSync(path, READ_AT_ONCE);
    try {
      let [read, waitedMs] = [Buffer.alloc(0), 0];
      while (waitedMs < limitMs) {
        const chunk = readNow(descriptor, mostBytes + 1);
        // Nobody writes: no longer, where something came before, and not yet, where nothing did.
        if (chunk?.length === 0 && read.length > 0) return read;
        if (chunk?.length) read = Buffer.concat([read, chunk]);
        else waitedMs += await sleep(NAP_MS, NAP_MS);
        if (read.length > mostBytes) return 'too-large';
      }
      return 'too-slow';
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw notReadable(path, error);
  }
}

/** What is in the pipe; nothing where no writer is, undefined where one is and has said nothing. */
function readNow(descriptor: number, mostBytes: number): Buffer | undefined {
  const chunk = Buffer.alloc(mostBytes);
  try {
    return chunk.subarray(0, readSync(descriptor, chunk));
  } catch (error) {
    if (systemCode(error) === 'EAGAIN') return undefined;
    throw error;
  }
}
