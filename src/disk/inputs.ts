/** Files that a person names for `cert` to read. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CertError } from '../errors.ts';
import { notReadable } from './file-error.ts';
import { openOrdinary } from './ordinary-file.ts';

/** @param shown the path as the person knows it */
export async function pdfsAt(path: string, shown: string): Promise<string[]> {
  const fail = (error: unknown): never => {
    throw notReadable(shown, error);
  };
  const there = await stat(path).catch(fail);
  if (!there.isDirectory()) return [shown];
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(fail);
  const found = entries
    .filter((entry) => !entry.isDirectory() && entry.name.toLowerCase().endsWith('.pdf'))
    .map(({ parentPath, name }) => join(shown, parentPath.slice(path.length), name));
  if (found.length === 0) throw new CertError('NO_PDF_FOUND', { path: shown });
  return found.sort();
}

/** @param shown the path as the person knows it */
export async function loadFile(path: string, shown: string, mostBytes: number): Promise<Uint8Array> {
  const handle = await openOrdinary(path, shown);
  try {
    const bytes = Buffer.alloc(Math.min((await handle.stat()).size, mostBytes));
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } catch (error) {
    throw notReadable(shown, error);
  } finally {
    await handle.close();
  }
}
