/**
 * Reading whatever may be in a file's place. Only an ordinary file is read, and never more of it than was asked for: a
 * pipe or a device would keep `cert` waiting for ever, or fill its memory.
 */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
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

/**
 * Opens the file at `path` for reading; the caller closes it.
 * @param shown the path as the person knows it
 * @throws CertError as {@link readOrdinary}
 */
export async function openOrdinary(path: string, shown = path): Promise<FileHandle> {
  try {
    requireOrdinary(shown, await stat(path));
    const handle = await open(path, READ_AT_ONCE);
    try {
      requireOrdinary(shown, await handle.stat());
      return handle;
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    throw notReadable(shown, error);
  }
}

function requireOrdinary(path: string, there: Stats): void {
  if (!there.isFile()) throw new CertError('FILE_NOT_READABLE', { path, detail: 'not-a-file' });
}
