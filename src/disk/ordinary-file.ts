/**
 * Reading whatever may be in a file's place. Only an ordinary file is read, and never more of it than was asked for: a
 * pipe or a device would keep `cert` waiting for ever, or fill its memory.
 */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { CertError } from '../errors.ts';
import { notReadable } from './file-error.ts';

/** Without O_NONBLOCK the opening of a pipe waits for its writer. Windows has no such pipes, and no such flag. */
export const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

const CHUNK_BYTES = 65_536;

/**
 * The whole file at `path`, when it has no more than `mostBytes`.
 * @throws CertError FILE_NOT_FOUND; FILE_NOT_READABLE: `not-a-file`, `too-large`, or why the system refuses
 */
export function readOrdinary(path: string, mostBytes: number): Buffer {
  try {
    // Opening a device may already do something: a folder or a device is refused before.
    requireOrdinary(path, statSync(path));
    const descriptor = openSync(path, READ_AT_ONCE);
    try {
      requireOrdinary(path, fstatSync(descriptor));
      return readAll(path, descriptor, mostBytes);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw notReadable(path, error);
  }
}

/** The size that the system tells is not relied on: a file may grow, and those of /proc have none. */
function readAll(path: string, descriptor: number, mostBytes: number): Buffer {
  const chunks: Buffer[] = [];
  for (let bytes = 0; ; ) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const length = readSync(descriptor, chunk, 0, CHUNK_BYTES, null);
    if (length === 0) return Buffer.concat(chunks);
    bytes += length;
    if (bytes > mostBytes) throw new CertError('FILE_NOT_READABLE', { path, detail: 'too-large' });
    chunks.push(chunk.subarray(0, length));
  }
}

/** @param path as the person knows it. @throws CertError FILE_NOT_READABLE */
export function requireOrdinary(path: string, there: Stats): void {
  if (!there.isFile()) throw new CertError('FILE_NOT_READABLE', { path, detail: 'not-a-file' });
}
