/** The root of the sandbox's PDFs as a file, for whoever checks them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { notWritable } from '../disk/file-error.ts';
import { replaceFile } from './replace-file.ts';

export interface TrustAnchorFile {
  /** Absolute. */
  readonly path: string;
  /** Does nothing where the file is kept with the state. */
  remove(): void;
}

/**
 * Writes it beside the state file, or into a temporary folder of its own.
 * @throws CertError FILE_NOT_WRITABLE
 */
export function writeTrustAnchor(pem: string, stateFile: string | undefined): TrustAnchorFile {
  if (stateFile !== undefined) {
    const path = `${resolve(stateFile)}.root.pem`;
    writing(path, () => replaceFile(path, pem));
    return { path, remove: () => {} };
  }
  const folder = writing(tmpdir(), () => mkdtempSync(join(tmpdir(), 'cert-sandbox-')));
  const path = join(folder, 'root.pem');
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    writing(path, () => replaceFile(path, pem));
    return { path, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function writing<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw notWritable(path, error);
  }
}
