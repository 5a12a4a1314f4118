/**
 * One `cert` at a time. A lock is a chain of generations `NAME.1`, `NAME.2`, …: the highest is in force. Taking it is
 * making the next one, which the file system lets only one process do; the highest is never removed, so two processes
 * that find a dead owner can never both follow it. A generation is a folder, because a folder with something in it
 * can be renamed into place whole and never over another, on every file system.
 */
import { randomBytes } from 'node:crypto';
import { access, mkdir, readdir, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CertError, isCertError } from '../errors.ts';
import { systemCode, writing } from './file-error.ts';
import { readOrdinary } from './ordinary-file.ts';

/** Who holds a lock: enough to tell whether that process still runs, also after a reboot and with a reused number. */
export interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Changes with every start of the system. */
  readonly boot: string;
  /** When the process started, in the system's own terms; empty where that is not to be had at once. */
  readonly started: string;
}

export interface ProcessTable {
  readonly self: Owner;
  /** Whether the owner, who took a lock at `lockedAt`, still runs. In doubt it does. */
  isAlive(owner: Owner, lockedAt: Date): boolean;
}

export interface Lock {
  /** Whether it is still this process's. A machine that slept for hours may find that it was taken over. */
  isHeld(): Promise<boolean>;
  /** Never fails: a lock that stays behind ends with the process. */
  release(): Promise<void>;
}

interface Generation {
  readonly number: number;
  /** Undefined when it was released, or nobody can read it. */
  readonly owner: Owner | undefined;
  readonly lockedAt: Date;
}

/** No chain of generations is ever that long: somebody else made a folder of that name. */
const LAST_NUMBER = 999_999_999_999;

/** Every round that is lost was won by another process. */
const MAX_ROUNDS = 100;

/**
 * Takes the lock, from a dead owner too; gives the live owner in its place.
 * @throws CertError FILE_NOT_WRITABLE, `not-a-lock` where what lies there cannot be followed
 */
export async function acquire(folder: string, name: string, processes: ProcessTable): Promise<Lock | Owner> {
  return writing(folder, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const latest = await latestGeneration(folder, name);
      if (latest?.owner !== undefined && processes.isAlive(latest.owner, latest.lockedAt)) return latest.owner;
      const number = (latest?.number ?? 0) + 1;
      if (number > LAST_NUMBER) throw notALock(pathOf(folder, name, number - 1));
      if (!(await createGeneration(folder, name, number, processes.self))) continue;
      const isHeld = async () => number === Math.max(...(await numbers(folder, name).catch(() => [])));
      // Its number was free again because a later generation had removed that one.
      if (!(await isHeld())) await remove(folder, name, number);
      else {
        await removeOlder(folder, name, number);
        return { isHeld, release: () => truncate(ownerFile(folder, name, number)).catch(() => undefined) };
      }
    }
    throw new CertError('FILE_NOT_WRITABLE', { path: folder, detail: 'in-use-by-cert' });
  });
}

const notALock = (path: string) => new CertError('FILE_NOT_WRITABLE', { path, detail: 'not-a-lock' });

export const isLock = (taken: Lock | Owner): taken is Lock => 'release' in taken;

const pathOf = (folder: string, name: string, number: number) => join(folder, `${name}.${number}`);
const ownerFile = (folder: string, name: string, number: number) => join(pathOf(folder, name, number), 'owner');

async function numbers(folder: string, name: string): Promise<number[]> {
  const prefix = `${name}.`;
  const suffixes = (await readdir(folder)).flatMap((file) =>
    file.startsWith(prefix) ? file.slice(prefix.length) : [],
  );
  return suffixes.filter((suffix) => /^[1-9]\d{0,14}$/.test(suffix)).map(Number);
}

async function latestGeneration(folder: string, name: string): Promise<Generation | undefined> {
  const number = Math.max(0, ...(await numbers(folder, name)));
  if (number === 0) return undefined;
  const path = ownerFile(folder, name, number);
  const owner = readOwner(path);
  const lockedAt = await stat(path).then(
    ({ mtime }) => mtime,
    () => new Date(0),
  );
  return { number, owner, lockedAt };
}

const MAX_OWNER_BYTES = 4_096;

/** Undefined where none is, or something that `cert` did not write. @throws CertError when it cannot be told */
function readOwner(path: string): Owner | undefined {
  try {
    return parseOwner(readOrdinary(path, MAX_OWNER_BYTES).toString('utf8'));
  } catch (error) {
    if (isCertError(error, 'FILE_NOT_FOUND')) return undefined;
    if (!isCertError(error, 'FILE_NOT_READABLE')) throw error;
    const { detail } = error.params;
    if (detail === 'not-a-file' || detail === 'too-large') return undefined;
    throw new CertError('FILE_NOT_WRITABLE', error.params, error);
  }
}

function parseOwner(text: string): Owner | undefined {
  try {
    const { pid, host, boot, started } = JSON.parse(text);
    const isOwner =
      Number.isSafeInteger(pid) && pid > 0 && [host, boot, started].every((value) => typeof value === 'string');
    return isOwner ? { pid, host, boot, started } : undefined;
  } catch {
    return undefined;
  }
}

/** How `rename` fails where a folder with something in it has the name. */
const TAKEN = ['EEXIST', 'ENOTEMPTY'];

/** Whether this process made the generation: it appears whole, and for one process only. */
async function createGeneration(folder: string, name: string, number: number, self: Owner): Promise<boolean> {
  const path = pathOf(folder, name, number);
  const draft = join(folder, `.${name}.${randomBytes(6).toString('hex')}.part`);
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(join(draft, 'owner'), JSON.stringify(self), { mode: 0o600 });
    await rename(draft, path);
    return true;
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    // Who was quicker may be gone again by now.
    if (TAKEN.includes(systemCode(error) ?? '') || (await exists(path))) return false;
    throw error;
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function removeOlder(folder: string, name: string, number: number): Promise<void> {
  for (const older of await numbers(folder, name)) if (older < number) await remove(folder, name, older);
}

const remove = (folder: string, name: string, number: number): Promise<void> =>
  rm(pathOf(folder, name, number), { recursive: true, force: true }).catch(() => undefined);
