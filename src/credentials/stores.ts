import { join } from 'node:path';
import type { Locking } from '../disk/exclusive.ts';
import { absolutePath } from '../disk/named-path.ts';
import { CertError } from '../errors.ts';
import type { Machine } from '../ports/machine.ts';
import type { Prompts } from '../ports/prompts.ts';
import type { SecretStore, StoreKind } from '../ports/secrets.ts';
import type { PassphraseWords } from './passphrase.ts';

const FILE_NAME = 'secrets.age';

interface Surroundings {
  readonly machine: Pick<
    Machine,
    'environment' | 'platform' | 'home' | 'cwd' | 'stdin' | 'keychain' | 'passphraseWorkFactor'
  >;
  readonly prompts: Prompts;
  readonly words: { readonly keychainIsSlow: string; readonly passphrase: PassphraseWords };
  readonly interactive: boolean;
  readonly say: (line: string) => void;
  readonly passphraseFile: string | undefined;
  /** Hears of the passphrase that a file brings. */
  readonly learn: (passphrase: string) => void;
  readonly configFolder: string;
  readonly locking: Locking;
}

/** Opens each store once, when it is first needed. Throws CertError SECRET_STORE_UNAVAILABLE for `none`. */
export function createStores(surroundings: Surroundings): (kind: StoreKind) => Promise<SecretStore> {
  const opened = new Map<StoreKind, Promise<SecretStore>>();
  return (kind) => {
    const store = opened.get(kind) ?? open(kind, surroundings);
    opened.set(kind, store);
    return store;
  };
}

async function open(kind: StoreKind, { machine, interactive, say, ...given }: Surroundings): Promise<SecretStore> {
  switch (kind) {
    case 'keychain':
      return machine.keychain({ interactive, onSlow: () => say(given.words.keychainIsSlow) });
    case 'file': {
      const { passphrasesFrom } = await import('./passphrase.ts');
      const { createEncryptedFile } = await import('./encrypted-file.ts');
      const { environment, stdin } = machine;
      const { prompts, words, passphraseFile, configFolder, locking, learn } = given;
      const file = passphraseFile === undefined ? undefined : absolutePath(passphraseFile, machine);
      return createEncryptedFile({
        path: join(configFolder, FILE_NAME),
        passphrases: passphrasesFrom({
          file,
          environment,
          prompts,
          words: words.passphrase,
          stdin,
          interactive,
          learn,
        }),
        locking,
        workFactor: machine.passphraseWorkFactor,
      });
    }
    case 'none':
      throw new CertError('SECRET_STORE_UNAVAILABLE', { store: kind, reason: 'store-is-none' });
  }
}
