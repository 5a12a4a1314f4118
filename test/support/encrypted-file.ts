import { join } from 'node:path';
import { createEncryptedFile } from '../../src/credentials/encrypted-file.ts';
import type { Passphrases } from '../../src/credentials/passphrase.ts';
import { realLocking } from './locking.ts';

export const PASSPHRASE = '正确 horse battery staple';

export const knows = (passphrase: string): Passphrases => ({
  choose: async () => passphrase,
  open: async (attempt) => (attempt === 1 ? passphrase : undefined),
});

/** The encrypted file in a folder, as one run of `cert` opens it, but for a cheaper passphrase. */
export const encryptedFileIn = (folder: string, passphrases: Passphrases = knows(PASSPHRASE)) =>
  createEncryptedFile({ path: join(folder, 'secrets.age'), passphrases, workFactor: 10, locking: realLocking() });
