import { statSync } from 'node:fs';
import { notReadable } from '../disk/file-error.ts';
import { readOrdinary } from '../disk/ordinary-file.ts';
import { readPipe } from '../disk/read-stream.ts';
import { likely } from '../domain/likely-input.ts';
import { CertError, isCertError } from '../errors.ts';
import type { Prompts } from '../ports/prompts.ts';
import { MAX_SECRET_BYTES, PERSON_LIMIT_MS, readInput, type SecretInput, secretsIn } from './read-secret.ts';

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
  /** What `/dev/stdin` is. */
  readonly stdin?: SecretInput | undefined;
  /** Whether a person may be answering the program at the other end of a pipe. */
  readonly interactive?: boolean | undefined;
  /** Hears of the passphrase that the file brings. */
  readonly learn?: ((passphrase: string) => void) | undefined;
}

/** How long a pipe may take where nobody is. */
const ALONE_LIMIT_MS = 3_000;

const MAX_ATTEMPTS = 3;
const MIN_CHARACTERS = 8;
const FLAG = 'CERT_PASSPHRASE / --passphrase-file';

/**
 * The passphrase of the encrypted file: from the file of `--passphrase-file`, else CERT_PASSPHRASE, else a person.
 * Throws CertError INPUT_REQUIRED, INPUT_UNLIKELY, PASSPHRASE_TOO_SHORT or PASSPHRASE_FILE_INVALID.
 */
export function passphrasesFrom(sources: Sources): Passphrases {
  const { file, environment, prompts, words, learn } = sources;
  let fromFile: Promise<string> | undefined;
  /** A file is read once: it may be a pipe. */
  const given = async (): Promise<string | undefined> => {
    if (file === undefined) {
      const { CERT_PASSPHRASE } = environment;
      return CERT_PASSPHRASE ? likely(CERT_PASSPHRASE, 'CERT_PASSPHRASE', 'inside') : undefined;
    }
    fromFile ??= readPassphraseFile(file, sources);
    learn?.(await fromFile);
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

const STANDARD_INPUT = /^\/dev\/(?:stdin|fd\/0)$/;

/** An ordinary file, or a pipe that the person named on purpose, such as `<(pass show cert)`; a device never. */
async function readPassphraseFile(path: string, { stdin, interactive }: Sources): Promise<string> {
  const limitMs = interactive ? PERSON_LIMIT_MS : ALONE_LIMIT_MS;
  const read = async () => {
    if (STANDARD_INPUT.test(path) && stdin !== undefined && !stdin.isTTY) return readInput(stdin, limitMs);
    if (statSync(path, { throwIfNoEntry: false })?.isFIFO())
      return readPipe(path, { mostBytes: MAX_SECRET_BYTES, limitMs });
    return readOrdinary(path, MAX_SECRET_BYTES);
  };
  const given = await read().catch((error) => {
    throw invalid(path, error);
  });
  if (typeof given === 'string') throw new CertError('PASSPHRASE_FILE_INVALID', { path, detail: given });
  try {
    const [passphrase = ''] = secretsIn(given, ['--passphrase-file']);
    return passphrase;
  } catch (error) {
    throw isNoLine(error) ? new CertError('PASSPHRASE_FILE_INVALID', { path }, { cause: error }) : error;
  }
}

const isNoLine = (error: unknown): boolean =>
  isCertError(error, 'INPUT_REQUIRED') ||
  (isCertError(error, 'INPUT_UNLIKELY') && error.params.reason === 'several-lines');

function invalid(path: string, error: unknown): unknown {
  const known = notReadable(path, error);
  if (isCertError(known, 'FILE_NOT_FOUND'))
    return new CertError('PASSPHRASE_FILE_INVALID', { path, detail: 'missing' }, known);
  return isCertError(known, 'FILE_NOT_READABLE')
    ? new CertError('PASSPHRASE_FILE_INVALID', { path, detail: known.params.detail }, known)
    : error;
}
