import { createReadStream } from 'node:fs';
import { reasonOf, systemCode } from '../disk/file-error.ts';
import { CertError } from '../errors.ts';
import type { Prompts } from '../ports/prompts.ts';
import { readSecret } from './read-secret.ts';

export interface Passphrases {
  /** For a file that is to be made. */
  choose(): Promise<string>;
  /** For a file that is there; attempts count from 1. Undefined when another attempt is of no use. */
  open(attempt: number): Promise<string | undefined>;
}

/** What a person is asked, in the person's language. */
export interface PassphraseWords {
  readonly enter: string;
  readonly again: string;
  choose(minCharacters: number): string;
  tooShort(minCharacters: number): string;
  readonly repeat: string;
  readonly different: string;
}

interface Sources {
  /** The file that `--passphrase-file` names. */
  readonly file: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly prompts: Pick<Prompts, 'secret'>;
  readonly words: PassphraseWords;
}

const MAX_ATTEMPTS = 3;
const MIN_CHARACTERS = 8;
const FLAG = 'CERT_PASSPHRASE / --passphrase-file';

/**
 * The passphrase of the encrypted file: from the file of `--passphrase-file`, else CERT_PASSPHRASE, else a person.
 * Throws CertError INPUT_REQUIRED, PASSPHRASE_TOO_SHORT or PASSPHRASE_FILE_INVALID.
 */
export function passphrasesFrom({ file, environment, prompts, words }: Sources): Passphrases {
  let fromFile: Promise<string> | undefined;
  /** A file is read once: it may be a pipe. */
  const given = async (): Promise<string | undefined> => {
    if (file === undefined) return environment.CERT_PASSPHRASE || undefined;
    fromFile ??= readPassphraseFile(file);
    return fromFile;
  };
  const ask = (message: string) => prompts.secret({ message, flag: FLAG });

  async function askTwice(): Promise<string> {
    for (let question = words.choose(MIN_CHARACTERS); ; ) {
      const passphrase = await ask(question);
      if (isTooShort(passphrase)) question = words.tooShort(MIN_CHARACTERS);
      else if ((await ask(words.repeat)) === passphrase) return passphrase;
      else question = words.different;
    }
  }

  return {
    async choose() {
      const passphrase = (await given()) ?? (await askTwice());
      if (isTooShort(passphrase)) throw new CertError('PASSPHRASE_TOO_SHORT', { minCharacters: MIN_CHARACTERS });
      return passphrase;
    },
    async open(attempt) {
      const passphrase = await given();
      if (passphrase !== undefined) return attempt === 1 ? passphrase : undefined;
      return attempt > MAX_ATTEMPTS ? undefined : ask(attempt === 1 ? words.enter : words.again);
    },
  };
}

const isTooShort = (passphrase: string): boolean => [...passphrase].length < MIN_CHARACTERS;

async function readPassphraseFile(path: string): Promise<string> {
  try {
    const passphrase = await readSecret(createReadStream(path));
    if (passphrase !== undefined) return passphrase;
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw new CertError(
      'PASSPHRASE_FILE_INVALID',
      { path, detail: code === 'ENOENT' ? 'missing' : reasonOf(code) },
      { cause: error },
    );
  }
  throw new CertError('PASSPHRASE_FILE_INVALID', { path });
}
