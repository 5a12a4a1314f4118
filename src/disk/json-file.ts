/** A JSON file of ours, read whole and replaced whole. */
import { basename, dirname, join } from 'node:path';
import * as v from 'valibot';
import { CertError, type ContentReason } from '../errors.ts';
import type { Locking } from './exclusive.ts';
import { writing } from './file-error.ts';
import { readText } from './read-text.ts';

interface JsonContent<T> {
  /** Absolute. */
  readonly path: string;
  /** Of the content: `schemaVersion` in the file. */
  readonly version: number;
  readonly schema: v.GenericSchema<unknown, T>;
  /** What is there where no file is. */
  readonly empty: T;
}

/**
 * @throws CertError CONFIG_INVALID, the file left as it is: `not-json`, `newer-version`, `wrong-value` (`at` is the
 * place), `not-a-file`, `too-large`, or why the system does not let it be read
 */
export function readJsonFile<T>({ path, version, schema, empty }: JsonContent<T>): T {
  const invalid = (detail: ContentReason, facts: { at?: string; cause?: unknown } = {}) => {
    const { cause, ...place } = facts;
    return new CertError('CONFIG_INVALID', { path, detail, ...place }, { cause });
  };
  const text = readText(path);
  if (text === undefined) return empty;
  let content: unknown;
  try {
    content = parseJson(text);
  } catch (cause) {
    throw invalid('not-json', { cause });
  }
  const newer = v.looseObject({ schemaVersion: v.pipe(v.number(), v.gtValue(version)) });
  if (v.is(newer, content)) throw invalid('newer-version');
  const head = v.safeParse(v.looseObject({ schemaVersion: v.literal(version) }), content);
  const whole = head.success ? v.safeParse(schema, content) : head;
  if (whole.success) return whole.output;
  const at = v.getDotPath(whole.issues[0]);
  throw invalid('wrong-value', at === null ? {} : { at });
}

interface JsonFileOptions<T> extends JsonContent<T> {
  /** The name of its lock, which lies in the folder `locks` beside the file. */
  readonly lockName: string;
  readonly locking: Locking;
  /** In place of this room's atomic write: when it resolves, the file is that content, whole, for its owner only. */
  readonly write?: ((content: object) => Promise<void>) | undefined;
}

/** The file's folder is made by the first update, for its owner only, like the file. */
export class JsonFile<T extends object> {
  readonly path: string;
  readonly #options: JsonFileOptions<T>;

  constructor(options: JsonFileOptions<T>) {
    this.path = options.path;
    this.#options = options;
  }

  /** @throws CertError CONFIG_INVALID as {@link readJsonFile} */
  read(): T {
    return readJsonFile(this.#options);
  }

  /**
   * Changes what is in the file at that moment, one `cert` after the other; what `change` throws changes nothing. It
   * may be called more than once.
   * @throws CertError CONFIG_INVALID, FILE_NOT_WRITABLE
   */
  async update(change: (content: T) => T): Promise<void> {
    const { version, lockName, locking, write = (content) => this.#replace(content) } = this.#options;
    // What cannot be changed is refused before a folder is made.
    change(this.read());
    const { makeFolder } = await import('./atomic.ts');
    const { exclusively } = await import('./exclusive.ts');
    await writing(this.path, () => makeFolder(dirname(this.path)));
    await exclusively({ path: this.path, lockName, ...locking }, () =>
      writing(this.path, () => write({ schemaVersion: version, ...change(this.read()) })),
    );
  }

  /**
   * Proves that it can be changed now, to its last byte and at once, before something is done that is to be noted in it.
   * Leaves nothing behind.
   * @throws CertError CONFIG_INVALID, FILE_NOT_WRITABLE
   */
  async ensureWritable(): Promise<void> {
    const { version, lockName, locking } = this.#options;
    const { makeProof, nearestFolder } = await import('./write-proof.ts');
    const text = jsonText({ schemaVersion: version, ...this.read() });
    const folder = await nearestFolder(dirname(this.path));
    const prove = () => writing(this.path, () => makeProof(join(folder, basename(this.path)), text));
    if ((await nearestFolder(join(dirname(this.path), 'locks'))) === folder) return prove();
    const { exclusively } = await import('./exclusive.ts');
    await exclusively({ path: this.path, lockName, ...locking }, prove);
  }

  async #replace(content: object): Promise<void> {
    const { writeWhole } = await import('./atomic.ts');
    await writeWhole(this.path, jsonText(content));
  }
}

/** Editors of Windows may have put a byte-order mark in front. */
export const parseJson = (text: string): unknown => JSON.parse(text.replace(/^\uFEFF/, ''));

export const jsonText = (content: unknown): string => `${JSON.stringify(content, null, 2)}\n`;
