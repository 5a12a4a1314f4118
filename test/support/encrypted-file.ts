import { join } from 'node:path';
import { createEncryptedFile } from '../../src/credentials/encrypted-file.ts';
import type { Passphrases } from '../../src/credentials/passphrase.ts';
import { exclusively } from '../../src/disk/exclusive.ts';
import { processTable } from '../../src/disk/process-table.ts';
import { replaceFile } from '../../src/disk/replace.ts';

const clock = { now: () => new Date(), sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };
const processes = processTable({
  pid: process.pid,
  platform: process.platform,
  now: clock.now,
  signal: (pid) => void process.kill(pid, 0),
});

export const PASSPHRASE = '正确 horse battery staple';

export const knows = (passphrase: string): Passphrases => ({
  choose: async () => passphrase,
  open: async (attempt) => (attempt === 1 ? passphrase : undefined),
});

/** The encrypted file in a folder, as one run of `cert` opens it, but for a cheaper passphrase. */
export const encryptedFileIn = (folder: string, passphrases: Passphrases = knows(PASSPHRASE)) =>
  createEncryptedFile({
    path: join(folder, 'secrets.age'),
    passphrases,
    workFactor: 10,
    exclusively: (path, work) =>
      exclusively({ lockFolder: join(folder, 'locks'), lockName: 'secrets', path, clock, processes }, work),
    replace: replaceFile,
  });
