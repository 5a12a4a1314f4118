/** The root of the sandbox's PDFs as a file, for whoever checks them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from '../disk/atomic.ts';
import { writing } from '../disk/file-error.ts';

export interface TrustAnchorFile {
  /** Absolute. */
  readonly path: string;
  /** Does nothing where the file is kept with the state. */
  remove(): Promise<void>;
}

/**
 * Writes it beside the state file, whose path is absolute, or into a temporary folder of its own.
 * @throws CertError FILE_NOT_WRITABLE
 */
export async function writeTrustAnchor(pem: string, stateFile: string | undefined): Promise<TrustAnchorFile> {
  if (stateFile !== undefined) {
    const path = `${stateFile}.root.pem`;
    await writeWhole(path, pem);
    return { path, remove: async () => undefined };
  }
  const folder = await writing(tmpdir(), () => mkdtemp(join(tmpdir(), 'cert-sandbox-')));
  const path = join(folder, 'root.pem');
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await writeWhole(path, pem);
    return { path, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
