/** The file's own index of its objects: tables, streams, and both (ISO 32000-1, 7.5.4 and 7.5.8). */
import { decoded } from './decoded.ts';
import { type Entry, type Index, MAX_OBJECTS } from './entries.ts';
import { contentEnd } from './file-end.ts';
import { type Budget, damaged, isCount, isDictionary, isName, type PdfDictionary, SyntaxFailure } from './objects.ts';
import { Reader } from './reader.ts';
import { streamAt } from './stream.ts';

type Entries = Map<number, Entry>;

/** Takes what a section says of an object. */
type Add = (number: number, entry: Entry) => void;

const TAIL_BYTES = 2_048;
const MAX_SECTIONS = 4_096;

/** Follows the sections from the newest back. @throws SyntaxFailure */
export function crossReferences(bytes: Buffer, budget: Budget): Index {
  const entries: Entries = new Map();
  const seen = new Set<number>();
  let newest: PdfDictionary | undefined;
  const queue = [startOf(bytes, budget)];
  for (let offset = queue.shift(); offset !== undefined; offset = queue.shift()) {
    if (seen.has(offset)) continue;
    if (seen.size >= MAX_SECTIONS) throw new SyntaxFailure('too-complex');
    seen.add(offset);
    const trailer = readSection(bytes, offset, (number, entry) => addEntry(entries, number, entry), budget);
    newest ??= trailer;
    for (const key of ['XRefStm', 'Prev']) {
      const next = trailer.get(key);
      if (isCount(next)) queue.push(next);
    }
  }
  if (newest === undefined) throw damaged();
  return { entries, trailer: newest };
}

/** The position of the newest section. @throws SyntaxFailure */
export function startOf(bytes: Buffer, budget: Budget): number {
  const end = contentEnd(bytes);
  const tail = Math.max(0, end - TAIL_BYTES);
  const at = bytes.subarray(tail, end).lastIndexOf('startxref');
  if (at === -1) throw damaged();
  return new Reader(bytes, tail + at + 'startxref'.length, budget).count();
}

function readSection(bytes: Buffer, offset: number, add: Add, budget: Budget): PdfDictionary {
  if (offset >= bytes.length) throw damaged();
  const reader = new Reader(bytes, offset, budget);
  return reader.accepts('xref') ? readTable(reader, add, budget) : readStream(bytes, offset, add, budget);
}

/** Reads a table behind its first word, and its trailer. @throws SyntaxFailure */
export function readTable(reader: Reader, add: Add, budget: Budget): PdfDictionary {
  while (!reader.accepts('trailer')) {
    const first = reader.count();
    const count = reader.count();
    reader.skipSpace();
    for (let index = 0; index < count; index += 1) {
      budget.spend();
      const fixed = entryAt(reader.bytes, reader.position);
      if (fixed !== undefined) {
        reader.position += ENTRY_BYTES;
        add(first + index, fixed);
        continue;
      }
      const offset = reader.count();
      const generation = reader.count();
      const kind = reader.word();
      if (kind !== 'n' && kind !== 'f') throw damaged();
      add(first + index, kind === 'n' ? { offset, generation } : 'free');
    }
  }
  const trailer = reader.value();
  if (!isDictionary(trailer)) throw damaged();
  return trailer;
}

const ENTRY_BYTES = 20;
const [SPACE, CR, LF, IN_USE, FREE] = Buffer.from(' \r\nnf');

/** An entry as the standard prescribes it, `0000000017 00000 n` and an end of line, which is read without a search for words. */
function entryAt(bytes: Buffer, at: number): Entry | undefined {
  const offset = digitsAt(bytes, at, 10);
  const generation = digitsAt(bytes, at + 11, 5);
  if (offset < 0 || generation < 0 || bytes[at + 10] !== SPACE || bytes[at + 16] !== SPACE) return undefined;
  const [end, last] = [bytes[at + 18], bytes[at + 19]];
  if ((end !== SPACE && end !== CR) || (last !== LF && last !== CR)) return undefined;
  const kind = bytes[at + 17];
  if (kind === IN_USE) return { offset, generation };
  return kind === FREE ? 'free' : undefined;
}

/** A number of so many digits, or -1. */
function digitsAt(bytes: Buffer, at: number, count: number): number {
  let number = 0;
  for (let index = at; index < at + count; index += 1) {
    const digit = (bytes[index] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** Reads a cross-reference stream; its dictionary is its trailer. @throws SyntaxFailure */
export function readStream(bytes: Buffer, offset: number, add: Add, budget: Budget): PdfDictionary {
  const direct = <T>(value: T) => value;
  const stream = streamAt(bytes, offset, direct, budget);
  const { dictionary } = stream;
  if (!isName(dictionary.get('Type'), 'XRef')) throw damaged();
  const widths = dictionary.get('W');
  const size = dictionary.get('Size');
  if (!Array.isArray(widths) || widths.length < 3 || !widths.every((width) => isCount(width) && width <= 8))
    throw damaged();
  const [kindWidth, secondWidth, thirdWidth] = widths as [number, number, number];
  const step = (widths as number[]).reduce((sum, width) => sum + width, 0);
  const ranges = dictionary.get('Index') ?? [0, size ?? 0];
  if (step === 0 || !Array.isArray(ranges) || ranges.length % 2 !== 0 || !ranges.every(isCount)) throw damaged();
  const data = decoded(stream, direct, budget);
  let at = 0;
  for (let range = 0; range < ranges.length; range += 2) {
    const [first, count] = ranges.slice(range, range + 2) as [number, number];
    for (let index = 0; index < count && at + step <= data.length; index += 1, at += step) {
      budget.spend();
      const kind = kindWidth === 0 ? 1 : numberAt(data, at, kindWidth);
      const second = numberAt(data, at + kindWidth, secondWidth);
      const third = numberAt(data, at + kindWidth + secondWidth, thirdWidth);
      if (kind === 1) add(first + index, { offset: second, generation: third });
      else if (kind === 2) add(first + index, { container: second, index: third });
      // Whatever else there may be stands for nothing (ISO 32000-1, 7.5.8.3).
      else add(first + index, 'free');
    }
  }
  return dictionary;
}

function numberAt(data: Buffer, at: number, width: number): number {
  let number = 0;
  for (let index = 0; index < width; index += 1) number = number * 256 + (data[at + index] as number);
  return number;
}

/** The newest section is read first, so what is known stays. */
function addEntry(entries: Entries, number: number, entry: Entry): void {
  if (entries.has(number)) return;
  if (entries.size >= MAX_OBJECTS) throw new SyntaxFailure('too-complex');
  entries.set(number, entry);
}
