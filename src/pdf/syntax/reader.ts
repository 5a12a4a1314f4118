import {
  type Budget,
  type Decipher,
  damaged,
  PdfDictionary,
  PdfName,
  PdfReference,
  PdfString,
  type PdfValue,
} from './objects.ts';

const MAX_DEPTH = 64;
const MAX_NAME_BYTES = 4_096;
/** Of a string in parentheses. */
const MAX_LITERAL_BYTES = 1_048_576;

const codes = (text: string): ReadonlySet<number> => new Set(Buffer.from(text, 'latin1'));
const SPACE = codes('\0\t\n\f\r ');
const DELIMITER = codes('()<>[]{}/%');
const isRegular = (byte: number | undefined) => byte !== undefined && !SPACE.has(byte) && !DELIMITER.has(byte);

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;

const [LF, CR, PERCENT, OPEN, CLOSE, SLASH, LESS, GREATER, LEFT, RIGHT, BACKSLASH, HASH, REFERENCE] =
  Buffer.from('\n\r%()/<>[]\\#R');

const INTEGER = /^[+-]?\d{1,16}$/;
const REAL = /^[+-]?(?:\d{1,40}\.?\d{0,40}|\.\d{1,40})$/;
const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

/** Reads values from a position on. */
export class Reader {
  readonly bytes: Buffer;
  readonly #budget: Budget;
  position: number;
  /** Of the strings that are read. */
  decipher: Decipher | undefined;

  constructor(bytes: Buffer, position: number, budget: Budget) {
    this.bytes = bytes;
    this.position = position;
    this.#budget = budget;
  }

  skipSpace(): void {
    const start = this.position;
    for (;;) {
      const byte = this.bytes[this.position];
      if (byte === PERCENT) this.#skipLine();
      else if (byte !== undefined && SPACE.has(byte)) this.position += 1;
      else break;
    }
    this.#budget.spendOnBytes(this.position - start);
  }

  #skipLine(): void {
    while (this.position < this.bytes.length) {
      const byte = this.bytes[this.position];
      if (byte === LF || byte === CR) return;
      this.position += 1;
    }
  }

  /** The word of regular characters here, such as `obj` or `12`; empty where there is none. At most 128 characters. */
  word(): string {
    this.skipSpace();
    const start = this.position;
    while (this.position - start < 128 && isRegular(this.bytes[this.position])) this.position += 1;
    return this.bytes.toString('latin1', start, this.position);
  }

  /** Whether the word comes next; it is read only then. */
  accepts(word: string): boolean {
    const before = this.position;
    if (this.word() === word) return true;
    this.position = before;
    return false;
  }

  /** A whole number that is not negative. @throws SyntaxFailure damaged */
  count(): number {
    const word = this.word();
    const number = INTEGER.test(word) ? Number(word) : -1;
    if (!Number.isSafeInteger(number) || number < 0) throw damaged();
    return number;
  }

  /** @throws SyntaxFailure */
  value(depth = 0): PdfValue {
    this.#budget.spend();
    if (depth > MAX_DEPTH) throw damaged();
    this.skipSpace();
    const byte = this.bytes[this.position];
    if (byte === SLASH) return new PdfName(this.#name());
    if (byte === OPEN) return this.#literal();
    if (byte === LEFT) return this.#array(depth);
    if (byte === LESS) return this.bytes[this.position + 1] === LESS ? this.#dictionary(depth) : this.#hex();
    return this.#simple();
  }

  #name(): string {
    const start = this.position + 1;
    let end = start;
    while (isRegular(this.bytes[end])) end += 1;
    if (end - start > MAX_NAME_BYTES) throw damaged();
    this.position = end;
    const raw = this.bytes.toString('latin1', start, end);
    if (this.bytes.subarray(start, end).indexOf(HASH as number) === -1) return raw;
    return raw.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }

  #array(depth: number): PdfValue[] {
    this.position += 1;
    const values: PdfValue[] = [];
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.position] === RIGHT) break;
      values.push(this.value(depth + 1));
    }
    this.position += 1;
    return values;
  }

  #dictionary(depth: number): PdfDictionary {
    this.position += 2;
    const entries = new Map<string, PdfValue>();
    let isAmbiguous = false;
    for (;;) {
      this.skipSpace();
      const byte = this.bytes[this.position];
      if (byte === GREATER && this.bytes[this.position + 1] === GREATER) break;
      if (byte !== SLASH) throw damaged();
      const key = this.#name();
      const value = this.value(depth + 1);
      if (entries.has(key)) isAmbiguous = true;
      entries.set(key, value);
    }
    this.position += 2;
    // That of a signature (ISO 32000-2, 7.6.2).
    const contents = entries.get('Contents');
    if (contents instanceof PdfString && entries.has('ByteRange')) entries.set('Contents', contents.unencrypted);
    return new PdfDictionary(entries, isAmbiguous);
  }

  #hex(): PdfString {
    const start = this.position;
    const close = this.bytes.indexOf(GREATER as number, start);
    this.#budget.spendOnBytes((close === -1 ? this.bytes.length : close) - start);
    if (close === -1) throw damaged();
    this.position = close + 1;
    const digits = this.bytes.toString('latin1', start + 1, close).replace(/[\0\t\n\f\r ]/g, '');
    const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
    return new PdfString(bytes, true, start, close + 1, this.decipher);
  }

  #literal(): PdfString {
    const start = this.position;
    const bytes: number[] = [];
    let nesting = 1;
    let at = start + 1;
    for (; nesting > 0; at += 1) {
      const byte = this.bytes[at];
      if (byte === undefined || at - start > MAX_LITERAL_BYTES) {
        this.#budget.spend((at - start) >> 3);
        throw damaged();
      }
      if (byte === OPEN) nesting += 1;
      if (byte === CLOSE) nesting -= 1;
      if (byte === BACKSLASH) at += this.#escape(at + 1, bytes) - 1;
      else if (nesting > 0) bytes.push(byte);
    }
    this.#budget.spend((at - start) >> 3);
    this.position = at;
    return new PdfString(Buffer.from(bytes), false, start, at, this.decipher);
  }

  /** What follows a backslash; gives the number of bytes up to and with the backslash that were taken. */
  #escape(at: number, bytes: number[]): number {
    const next = this.bytes.toString('latin1', at, at + 3);
    const octal = /^[0-7]{1,3}/.exec(next)?.[0];
    if (octal !== undefined) {
      bytes.push(Number.parseInt(octal, 8) & 0xff);
      return octal.length + 1;
    }
    if (next.startsWith('\r\n')) return 3;
    const first = next.slice(0, 1);
    if (first !== '\n' && first !== '\r') bytes.push(ESCAPES[first] ?? first.charCodeAt(0));
    return 2;
  }

  #simple(): PdfValue {
    const word = this.word();
    if (word === 'null') return null;
    if (word === 'true' || word === 'false') return word === 'true';
    if (INTEGER.test(word)) return this.#integerOrReference(Number(word));
    if (REAL.test(word)) return Number(word);
    throw damaged();
  }

  /** Whether a number and an R could come next: looked for without making words of it, as files are full of numbers. */
  #mayBeReference(): boolean {
    const { bytes } = this;
    let at = this.position;
    while (SPACE.has(bytes[at] as number)) at += 1;
    const generation = at;
    while (isDigit(bytes[at])) at += 1;
    if (at === generation) return bytes[at] === PERCENT;
    while (SPACE.has(bytes[at] as number)) at += 1;
    return bytes[at] === REFERENCE || bytes[at] === PERCENT;
  }

  #integerOrReference(number: number): PdfValue {
    const before = this.position;
    if (number >= 0 && this.#mayBeReference()) {
      const generation = this.word();
      if (/^\d{1,5}$/.test(generation) && this.word() === 'R') return new PdfReference(number, Number(generation));
    }
    this.position = before;
    return number;
  }
}
