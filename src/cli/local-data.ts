import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf, systemCode } from '../disk/file-error.ts';
import { acquire, isLock, type ProcessTable } from '../disk/lock.ts';
import { openIntents } from '../domain/submission.ts';
import { CertError } from '../errors.ts';
import type { LocalData } from '../ports/local-data.ts';
import { createJournal } from '../submissions/journal.ts';
import { eraseOurs, isJournal, isJournalName, isLockFolder, lockOf } from './erase-ours.ts';

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
      const journals: string[] = [];
      for (const name of await namesIn(folder))
        if (isJournalName(name) || isJournal(name, await textOf(join(folder, name)))) journals.push(name);
      const counts = journals.map((name) =>
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
      const keptInFile = /"store":\s*"file"/.test(await textOf(join(configFolder, 'config.json')));
      const leftOfState = await eraseOurs(stateFolder, IN_STATE);
      const leftOfConfig = await eraseOurs(configFolder, IN_CONFIG, {
        'secrets.age': (text) => keptInFile && WITH_PASSPHRASE.test(text),
      });
      return [...new Set([...leftOfState, ...leftOfConfig])];
    },
  };
}

/** How an age file with a passphrase begins. */
const WITH_PASSPHRASE = /^age-encryption\.org\/v1\n-> scrypt /;

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

/** They are erased in the end, so none is ever released. */
async function holdLocks(stateFolder: string, processes: ProcessTable): Promise<void> {
  const folder = join(stateFolder, 'locks');
  const names = new Set<string>();
  for (const name of await namesIn(folder)) if (await isLockFolder(join(folder, name), name)) names.add(lockOf(name));
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
