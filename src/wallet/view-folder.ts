/** Private files that a viewer reads. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { notWritable, writing } from '../disk/file-error.ts';
import { FOLDER_MARK, FOLDER_MARK_TEXT } from '../disk/folder-mark.ts';
import { pictureKind } from '../domain/picture-kind.ts';

/** The folder, created where it is missing, for its owner only. @throws CertError FILE_NOT_WRITABLE */
export function openViewFolder(stateFolder: string): string {
  const folder = join(stateFolder, 'view');
  try {
    const isNew = mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined;
    if (isNew) writeFileSync(join(folder, FOLDER_MARK), FOLDER_MARK_TEXT, { mode: 0o600 });
    chmodSync(folder, 0o700);
  } catch (error) {
    throw notWritable(folder, error);
  }
  return folder;
}

/** A private file with an extension by which a viewer knows what it is. @throws CertError FILE_NOT_WRITABLE */
export async function createTemporary(
  folder: string,
  name: string,
  contents: Uint8Array,
): Promise<{ path: string; remove(): Promise<void> }> {
  const path = join(folder, `${name}-${randomBytes(6).toString('hex')}${imageExtension(contents)}`);
  await writing(path, () => writeFile(path, contents, { flag: 'wx', mode: 0o600 }));
  return { path, remove: () => rm(path, { force: true }) };
}

const EXTENSIONS = { png: '.png', jpeg: '.jpg' };

function imageExtension(contents: Uint8Array): string {
  const kind = pictureKind(contents);
  return kind === undefined ? '' : EXTENSIONS[kind];
}
