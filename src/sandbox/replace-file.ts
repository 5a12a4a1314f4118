import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file, for its owner only: durable when this returns, whole also when the process is killed before.
 * @throws Error of the file system
 */
export function replaceFile(path: string, text: string): void {
  const temporary = `${path}.tmp`;
  // A leftover of a killed process may have other permissions, or be a link to somewhere.
  rmSync(temporary, { force: true });
  writeSynced(temporary, text);
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

function writeSynced(path: string, text: string): void {
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes a rename durable, where folders can be opened: Windows knows no such thing. */
function syncFolder(folder: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(folder, 'r');
  } catch {
    return;
  }
  try {
    fsyncSync(descriptor);
  } catch {
    // Some file systems refuse to sync a folder.
  } finally {
    closeSync(descriptor);
  }
}
