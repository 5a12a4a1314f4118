/**
 * Erases what `cert` made in a folder that may be anybody's: by name and by what is in it. A folder goes whole only
 * where our mark stands in it, else when nothing is left in it. What a symbolic link points to is never touched.
 */
import { lstat, readdir, readFile, rm, rmdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { writing } from '../disk/file-error.ts';
import { FOLDER_MARK, isFolderMark } from '../disk/folder-mark.ts';

/** Longer files of such a name are not ours. */
const MAX_BYTES = 16 * 1_024 * 1_024;

/** The temporary file of a write that was killed: `.NAME.RANDOM.part`. */
const PART = /^\.(.+)\.[0-9a-f]{12}\.part$/;

type Test = (text: string) => boolean;

const FILES: Readonly<Record<string, Test>> = {
  'config.json': isOurJson,
  'trust.json': isOurJson,
  'wallet.json': isOurJson,
};

/** What has our names in `folder` and stays, as paths; everything of ours is gone. @throws CertError FILE_NOT_WRITABLE */
export async function eraseOurs(folder: string, names: readonly string[], more: Readonly<Record<string, Test>> = {}) {
  const tests = { ...FILES, ...more };
  const left: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const test = tests[name];
    if (test === undefined ? await eraseFolder(path, name) : await eraseFile(path, test)) continue;
    left.push(path);
  }
  for (const name of await namesIn(folder)) {
    const target = PART.exec(name)?.[1];
    if (target !== undefined && names.includes(target)) await eraseFile(join(folder, name), () => true);
  }
  // It may hold what others put there, or not be ours.
  await rmdir(folder).catch(() => undefined);
  return left;
}

/** Whether nothing is there any more. */
async function eraseFile(path: string, isOurs: Test): Promise<boolean> {
  const there = await kindOf(path);
  if (there === undefined) return true;
  if (there.isDirectory() || (!there.isSymbolicLink() && !there.isFile()) || there.size > MAX_BYTES) return false;
  if (!isOurs(await readFile(path, 'utf8').catch(() => ''))) return false;
  await writing(path, () => unlink(path));
  return true;
}

async function eraseFolder(path: string, name: string): Promise<boolean> {
  const there = await kindOf(path);
  if (there === undefined) return true;
  if (there.isSymbolicLink()) return writing(path, () => unlink(path).then(() => true));
  if (!there.isDirectory()) return false;
  if (isFolderMark(await readFile(join(path, FOLDER_MARK), 'utf8').catch(() => ''))) {
    await writing(path, () => rm(path, { recursive: true, force: true }));
    return true;
  }
  for (const entry of await namesIn(path)) {
    if (name === 'journal') await eraseFile(join(path, entry), (text) => isJournal(entry, text));
    if (name === 'view' && TEMPORARY.test(entry)) await eraseFile(join(path, entry), () => true);
    if (name === 'locks') await eraseLock(join(path, entry), entry);
  }
  return rmdir(path).then(
    () => true,
    () => false,
  );
}

/** A picture that a viewer was given. */
const TEMPORARY = /^challenge-[0-9a-f]{12}(\.png|\.jpg)?$/;
const LOCK = /^(\w+)\.\d{1,15}$/;
const LOCK_DRAFT = /^\.\w+\.[0-9a-f]{12}\.part$/;

async function eraseLock(path: string, entry: string): Promise<void> {
  if (!LOCK_DRAFT.test(entry) && !(await isLockFolder(path, entry))) return;
  if (!(await eraseFile(join(path, 'owner'), isOwner))) return;
  await rmdir(path).catch(() => undefined);
}

/** Whether a name in `locks` is a generation of a lock: a folder with its owner in it and nothing else. */
export async function isLockFolder(path: string, entry: string): Promise<boolean> {
  if (!LOCK.test(entry) || !(await kindOf(path))?.isDirectory()) return false;
  const names = await namesIn(path);
  return (
    names.length === 1 && names[0] === 'owner' && isOwner(await readFile(join(path, 'owner'), 'utf8').catch(() => '?'))
  );
}

/** The name of a lock whose generation this is. */
export const lockOf = (entry: string): string => LOCK.exec(entry)?.[1] ?? '';

/** Empty once it was released. */
const isOwner: Test = (text) => text.trim() === '' || typeof parsed(text)?.pid === 'number';

/** Whether a file of the journal's folder is one of ours: entries of it say their version. */
export const isJournal = (name: string, text: string): boolean =>
  name.endsWith('.jsonl') &&
  (typeof parsed(text.split('\n', 1)[0] ?? '')?.v === 'number' || (isJournalName(name) && text.trim() === ''));

/** The digest of a certificate's id. */
export const isJournalName = (name: string): boolean => /^[0-9a-f]{32}\.jsonl$/.test(name);

function isOurJson(text: string): boolean {
  return typeof parsed(text)?.schemaVersion === 'number';
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

const kindOf = (path: string) => lstat(path).catch(() => undefined);

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
