/** Files that a person names for `cert` to read. */
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CertError, isCertError } from '../errors.ts';
import type { Arrival } from '../ports/files.ts';
import { notReadable } from './file-error.ts';
import { type Here, isThere, namedPath } from './named-path.ts';
import { openOrdinary } from './open-file.ts';
import { hasWildcards, matchingPaths } from './wildcards.ts';

/**
 * The PDFs that an operand means: those of {@link pdfsAt} for the path, or for each that its wildcards stand for.
 * @throws CertError PATH_INVALID, FILE_NOT_FOUND, FILE_NOT_READABLE, NO_PDF_FOUND
 */
export async function pdfsNamed(operand: string, here: Here): Promise<string[]> {
  const path = namedPath(operand, here);
  if (!hasWildcards(path) || isThere(path, here)) return pdfsAt(resolve(here.cwd, path), path);
  const matching = await matchingPaths(path, here);
  if (matching.length === 0) throw new CertError('FILE_NOT_FOUND', { path: operand });
  const found: string[] = [];
  for (const one of matching)
    found.push(...(await pdfsAt(resolve(here.cwd, one), one).catch((error) => nothingIfNone(error))));
  if (found.length === 0) throw new CertError('NO_PDF_FOUND', { path: operand });
  return found;
}

/** Among several a folder without a PDF is no failure. */
function nothingIfNone(error: unknown): string[] {
  if (!isCertError(error, 'NO_PDF_FOUND')) throw error;
  return [];
}

/** @param shown the path as the person knows it */
async function pdfsAt(path: string, shown: string): Promise<string[]> {
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

/** The PDFs in a folder, not below it, as they are now; what a browser still writes has another name. @throws CertError FILE_NOT_FOUND, FILE_NOT_READABLE */
export async function pdfsIn(folder: string): Promise<Arrival[]> {
  const names = await readdir(folder).catch((error) => {
    throw notReadable(folder, error);
  });
  const found: Arrival[] = [];
  for (const name of names.filter((each) => each.toLowerCase().endsWith('.pdf')).sort()) {
    const path = join(folder, name);
    const there = await stat(path).catch(() => undefined);
    if (there?.isFile()) found.push({ path, bytes: there.size, modifiedMs: there.mtimeMs });
  }
  return found;
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
