/**
 * One `cert` at a time. A lock is a chain of generations `NAME.1`, `NAME.2`, …: the highest is in force. Taking it is
 * creating the next one, which the file system lets only one process do; the highest is never deleted, so two
 * processes that find a dead owner can never both follow it.
 */
import { link, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode, writing } from '../file-error.ts';
import { createPart, discard, publish } from './atomic.ts';

/** Who holds a lock: enough to tell whether that process still runs, also after a reboot and with a reused number. */
export interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Changes with every start of the system. */
  readonly boot: string;
  /** When the process started, in the system's own terms; empty where it cannot be told. */
  readonly started: string;
}

export interface ProcessTable {
  readonly self: Owner;
  /** Whether the owner still runs. In doubt it does. */
  isAlive(owner: Owner): boolean;
}

export interface Lock {
  release(): Promise<void>;
}

interface Generation {
  readonly number: number;
  /** Undefined when it was released, or nobody can read it. */
  readonly owner: Owner | undefined;
}

/** Takes the lock, from a dead owner too; gives the live owner in its place. */
export async function acquire(folder: string, name: string, processes: ProcessTable): Promise<Lock | Owner> {
  return writing(folder, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (;;) {
      const latest = await latestGeneration(folder, name);
      if (latest?.owner !== undefined && processes.isAlive(latest.owner)) return latest.owner;
      const number = (latest?.number ?? 0) + 1;
      if (await createGeneration(folder, name, number, processes.self)) {
        await removeOlder(folder, name, number);
        return { release: () => releaseGeneration(folder, name, number) };
      }
    }
  });
}

export const isLock = (taken: Lock | Owner): taken is Lock => 'release' in taken;

const pathOf = (folder: string, name: string, number: number) => join(folder, `${name}.${number}`);

async function numbers(folder: string, name: string): Promise<number[]> {
  const prefix = `${name}.`;
  const found = (await readdir(folder))
    .filter((file) => file.startsWith(prefix))
    .map((file) => file.slice(prefix.length));
  return found.filter((suffix) => /^\d{1,15}$/.test(suffix)).map(Number);
}

async function latestGeneration(folder: string, name: string): Promise<Generation | undefined> {
  const number = Math.max(0, ...(await numbers(folder, name)));
  if (number === 0) return undefined;
  const text = await readFile(pathOf(folder, name, number), 'utf8').catch(() => '');
  return { number, owner: parseOwner(text) };
}

function parseOwner(text: string): Owner | undefined {
  try {
    const { pid, host, boot, started } = JSON.parse(text);
    const isOwner = Number.isSafeInteger(pid) && [host, boot, started].every((value) => typeof value === 'string');
    return isOwner ? { pid, host, boot, started } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether this process made the generation: it appears whole, and for one process only. */
async function createGeneration(folder: string, name: string, number: number, self: Owner): Promise<boolean> {
  const path = pathOf(folder, name, number);
  const part = await createPart(path);
  try {
    await part.handle.writeFile(JSON.stringify(self));
    await part.handle.sync();
    await link(part.path, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await discard(part);
  }
}

/** Released: the generation stays, without an owner. */
async function releaseGeneration(folder: string, name: string, number: number): Promise<void> {
  const path = pathOf(folder, name, number);
  const part = await createPart(path);
  try {
    await publish(part, path, true);
  } finally {
    await discard(part);
  }
}

async function removeOlder(folder: string, name: string, number: number): Promise<void> {
  for (const older of await numbers(folder, name))
    if (older < number) await rm(pathOf(folder, name, older), { force: true }).catch(() => undefined);
}
