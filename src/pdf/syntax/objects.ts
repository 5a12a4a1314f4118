/** The values of a PDF file (ISO 32000-1, 7.3). */

/** Why a file's syntax could not be followed: it is broken, more than this reader takes on, or not to be decrypted. */
export type SyntaxFailureReason = 'damaged' | 'too-complex' | 'encrypted';

export class SyntaxFailure extends Error {
  readonly reason: SyntaxFailureReason;
  constructor(reason: SyntaxFailureReason) {
    super(reason);
    this.reason = reason;
  }
}

/** Always the same one: a hostile file is damaged a million times, and each new stack trace would cost. */
const DAMAGED = new SyntaxFailure('damaged');

export const damaged = (): SyntaxFailure => DAMAGED;

/** What one file may cost: everything that is read takes from it, so that no file is read for ever. */
export class Budget {
  #values: number;
  #inflatedBytes = 64 * 1_024 * 1_024;

  constructor(values = 2_000_000) {
    this.#values = values;
  }

  /** @throws SyntaxFailure too-complex */
  spend(values = 1): void {
    this.#values -= values;
    if (this.#values < 0) throw new SyntaxFailure('too-complex');
  }

  /** For bytes that are passed over in one go. */
  spendOnBytes(bytes: number): void {
    this.spend(bytes >> 6);
  }

  get inflatedBytesLeft(): number {
    return this.#inflatedBytes;
  }

  /** @throws SyntaxFailure too-complex */
  spendInflated(bytes: number): void {
    this.#inflatedBytes -= bytes;
    if (this.#inflatedBytes <= 0) throw new SyntaxFailure('too-complex');
  }
}

export class PdfName {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}

export class PdfReference {
  readonly number: number;
  readonly generation: number;
  constructor(number: number, generation = 0) {
    this.number = number;
    this.generation = generation;
  }
}

/** What tells an object in the file from all others. */
export interface ObjectId {
  readonly number: number;
  readonly generation: number;
}

/** Makes of an encrypted string what it says. @throws SyntaxFailure damaged */
export type Decipher = (written: Buffer) => Buffer;

/** A string, and where its token stands in the bytes that it was read from. */
export class PdfString {
  readonly #written: Buffer;
  readonly #decipher: Decipher | undefined;
  readonly isHex: boolean;
  /** The position of its first and after its last delimiter. */
  readonly start: number;
  readonly end: number;
  constructor(written: Buffer, isHex: boolean, start: number, end: number, decipher?: Decipher) {
    this.#written = written;
    this.#decipher = decipher;
    this.isHex = isHex;
    this.start = start;
    this.end = end;
  }

  /** What it says. @throws SyntaxFailure damaged, where it is not encrypted as the rest of the file is */
  get bytes(): Buffer {
    return this.#decipher === undefined ? this.#written : this.#decipher(this.#written);
  }

  /** The same string, in a place that is never encrypted. */
  get unencrypted(): PdfString {
    return new PdfString(this.#written, this.isHex, this.start, this.end);
  }
}

export class PdfDictionary {
  readonly entries: ReadonlyMap<string, PdfValue>;
  /** Whether a key stands in it twice: then readers may disagree on its value. */
  readonly isAmbiguous: boolean;
  constructor(entries: ReadonlyMap<string, PdfValue>, isAmbiguous: boolean) {
    this.entries = entries;
    this.isAmbiguous = isAmbiguous;
  }

  get(key: string): PdfValue | undefined {
    return this.entries.get(key);
  }
}

export type PdfValue = null | boolean | number | PdfName | PdfReference | PdfString | PdfDictionary | PdfValue[];

export const isDictionary = (value: unknown): value is PdfDictionary => value instanceof PdfDictionary;

/** Whether the value is that name. */
export const isName = (value: unknown, name: string): boolean => value instanceof PdfName && value.value === name;

export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
