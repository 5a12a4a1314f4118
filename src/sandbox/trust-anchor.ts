/** The root of the sandbox's PDFs as a file, for whoever checks them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CertError } from '../errors.ts';
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
  const folder = stateFile === undefined ? mkdtempSync(join(tmpdir(), 'cert-sandbox-')) : undefined;
  const path = folder === undefined ? `${resolve(stateFile ?? '')}.root.pem` : join(folder, 'root.pem');
  const remove = () => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  try {
    replaceFile(path, pem);
  } catch (error) {
    remove();
    throw new CertError(
      'FILE_NOT_WRITABLE',
      { path, detail: (error as NodeJS.ErrnoException).code ?? '' },
      { cause: error },
    );
  }
  return { path, remove };
}
