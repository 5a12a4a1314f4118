/** Files that appear whole or not at all. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CertError } from '../errors.ts';
import { systemCode, writing } from './file-error.ts';

/** How `link` fails where the file system knows no hard links: FAT, many network shares, some containers. */
const NO_HARD_LINKS = new Set(['EACCES', 'EINVAL', 'EMLINK', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EPERM', 'EXDEV']);

/** So that the temporary name stays legal for a target whose own name is almost as long as the system allows. */
const MAX_NAME_CHARACTERS = 40;

/** A file in the making, next to the place where it will appear. */
export interface Part {
  readonly path: string;
  readonly handle: FileHandle;
}

/** Creates the private temporary file `.NAME.RANDOM.part` in the folder of `target`: proof that it can be written. */
export async function createPart(target: string): Promise<Part> {
  const path = join(dirname(target), `${partPrefix(target)}.${randomBytes(6).toString('hex')}.part`);
  const handle = await open(path, 'wx', 0o600);
  await removeStaleParts(target, (await handle.stat()).mtimeMs);
  return { path, handle };
}

const PART = /\.[0-9a-f]{12}\.part$/;
const partPrefix = (target: string): string => `.${[...basename(target)].slice(0, MAX_NAME_CHARACTERS).join('')}`;

/** A part that nobody has written to for so long was left by a process that was killed. */
const STALE_MS = 3_600_000;

/** Removes what killed processes left of the parts of `target`; `nowMs` by the clock of the file system. */
async function removeStaleParts(target: string, nowMs: number): Promise<void> {
  const folder = dirname(target);
  const ours = partPrefix(target);
  for (const name of await readdir(folder).catch(() => [])) {
    if (!PART.test(name) || name.replace(PART, '') !== ours) continue;
    const path = join(folder, name);
    const writtenMs = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => nowMs,
    );
    if (nowMs - writtenMs > STALE_MS) await removeFile(path).catch(() => undefined);
  }
}

/** Closes and removes a part that was not published; of no effect after it was. */
export async function discard({ path, handle }: Part): Promise<void> {
  await handle.close().catch(() => undefined);
  await removeFile(path).catch(() => undefined);
}

/**
 * Makes a complete part appear at `target`, durably. With `replace` it takes the place of a file or a symbolic link
 * there (what the link points to stays); without, nothing is ever replaced, not even what appeared just now.
 * @throws CertError FILE_EXISTS, FILE_NOT_WRITABLE
 */
export async function publish({ path, handle }: Part, target: string, replace: boolean): Promise<void> {
  await writing(target, async () => {
    await handle.sync();
    await handle.close();
    if (replace) await rename(path, target);
    else await publishNew(path, target);
    await syncFolder(dirname(target));
  });
}

async function publishNew(path: string, target: string): Promise<void> {
  try {
    await link(path, target);
  } catch (error) {
    if (!NO_HARD_LINKS.has(systemCode(error) ?? '')) throw existing(error, target);
    return publishByClaim(path, target);
  }
  await removeFile(path);
}

/** Without hard links: claims the name with an empty file of our own, then takes that file's place. */
export async function publishByClaim(path: string, target: string): Promise<void> {
  const claim = await open(target, 'wx', 0o600).catch((error) => {
    throw existing(error, target);
  });
  await claim.close();
  try {
    await rename(path, target);
  } catch (error) {
    await removeFile(target).catch(() => undefined);
    throw error;
  }
}

const existing = (error: unknown, path: string): unknown =>
  systemCode(error) === 'EEXIST' ? new CertError('FILE_EXISTS', { path }, { cause: error }) : error;

/** `recursive` only because Node tries again (a virus scanner on Windows may hold the file) with it alone. */
const removeFile = (path: string) => rm(path, { force: true, recursive: true, maxRetries: 5, retryDelay: 100 });

/** Makes a rename durable. Windows and some file systems cannot, and need not. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Makes a private folder and what is missing above it, durably: a file in it is no safer than its path. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let folder = path; folder.length >= first.length; folder = dirname(folder)) await syncFolder(dirname(folder));
}

/** Replaces a private file by its new contents, whole or not at all, durably. @throws CertError FILE_NOT_WRITABLE */
export async function writeWhole(path: string, contents: string | Uint8Array): Promise<void> {
  await writing(path, async () => {
    const part = await createPart(path);
    try {
      await part.handle.writeFile(contents);
      await publish(part, path, true);
    } finally {
      await discard(part);
    }
  });
}
