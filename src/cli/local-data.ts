import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf, systemCode, writing } from '../disk/file-error.ts';
import { acquire, isLock, type ProcessTable } from '../disk/lock.ts';
import { openIntents } from '../domain/submission.ts';
import { CertError } from '../errors.ts';
import type { LocalData } from '../ports/local-data.ts';
import { createJournal } from '../submissions/journal.ts';

interface Dependencies {
  readonly configFolder: string;
  readonly stateFolder: string;
  readonly processes: ProcessTable;
}

/** Every name that `cert` gives in its folders. */
const IN_CONFIG = ['config.json', 'trust.json', 'secrets.age', 'locks'];
const IN_STATE = ['journal', 'view', 'wallet.json', 'locks'];

export function createLocalData({ configFolder, stateFolder, processes }: Dependencies): LocalData {
  return {
    folders: [...new Set([configFolder, stateFolder])],
    async openApplications() {
      const folder = join(stateFolder, 'journal');
      const counts = (await namesIn(folder))
        .filter((name) => name.endsWith('.jsonl'))
        .map((name) =>
          createJournal(join(folder, name))
            .read()
            .then(
              (entries) => openIntents(entries).length,
              () => 1,
            ),
        );
      return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
    },
    async erase() {
      await holdLocks(stateFolder, processes);
      for (const [folder, names] of [
        [stateFolder, IN_STATE],
        [configFolder, IN_CONFIG],
      ] as const) {
        for (const name of names) {
          const path = join(folder, name);
          await writing(path, () => rm(path, { recursive: true, force: true }));
        }
        // It may hold what others put there, or not be ours.
        await rmdir(folder).catch(() => undefined);
      }
    },
  };
}

/** They are erased in the end, so none is ever released. */
async function holdLocks(stateFolder: string, processes: ProcessTable): Promise<void> {
  const folder = join(stateFolder, 'locks');
  const names = new Set((await namesIn(folder)).flatMap((name) => /^(\w+)\.\d+$/.exec(name)?.[1] ?? []));
  for (const name of names) {
    const lock = await acquire(folder, name, processes);
    if (!isLock(lock)) throw new CertError('CERTIFICATE_BUSY', { certificate: stateFolder, pid: lock.pid });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error) => {
    const code = systemCode(error);
    if (code === undefined) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw new CertError('FILE_NOT_WRITABLE', { path: folder, detail: reasonOf(code) }, { cause: error });
  });
}
