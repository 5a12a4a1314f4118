/** Opening files to read them in pieces; apart, because `--help` reads the settings and would load 2 ms more. */
import { type FileHandle, open, stat } from 'node:fs/promises';
import { notReadable } from './file-error.ts';
import { READ_AT_ONCE, requireOrdinary } from './ordinary-file.ts';

/**
 * Opens the file at `path` for reading; the caller closes it.
 * @param shown the path as the person knows it
 * @throws CertError as `readOrdinary`
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
