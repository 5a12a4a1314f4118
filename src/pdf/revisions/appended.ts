/**
 * What stands behind the end of a revision: further revisions, read so strictly that no other reader can find anything
 * else there, whether it follows the cross-references or searches the file.
 */
import { readStream, readTable, startOf } from '../syntax/cross-references.ts';
import type { PdfDocument } from '../syntax/document.ts';
import type { Entry } from '../syntax/entries.ts';
import { type Budget, damaged, isCount, isDictionary, isName, type PdfDictionary } from '../syntax/objects.ts';
import { Reader } from '../syntax/reader.ts';
import { objectsIn } from '../syntax/rebuild.ts';
import { contained } from './contained.ts';

export interface Appended {
  /** Every object that is defined there, by number. */
  readonly objects: ReadonlyMap<number, { readonly generation: number; readonly isStream: boolean }>;
  /** Those of them that only hold or index others. */
  readonly frames: ReadonlySet<number>;
  /** The numbers that are said not to be in use. */
  readonly free: ReadonlySet<number>;
  readonly trailers: readonly PdfDictionary[];
}

interface TopLevel {
  readonly offset: number;
  readonly generation: number;
  readonly dictionary: PdfDictionary | undefined;
  readonly isStream: boolean;
}

interface Section {
  readonly start: number;
  readonly trailer: PdfDictionary;
  readonly entries: Map<number, Entry>;
}

/**
 * @param document the file with all of it
 * @param end where the older revision ends
 * @param start where that says that its cross-references start
 * @throws SyntaxFailure damaged where it is not plainly one revision behind the other
 */
export function readAppended(document: PdfDocument, end: number, start: number, budget: Budget): Appended {
  const { bytes } = document;
  const found = {
    objects: new Map<number, { generation: number; isStream: boolean }>(),
    frames: new Set<number>(),
    free: new Set<number>(),
    trailers: [] as PdfDictionary[],
  };
  const reader = new Reader(bytes, end, budget);
  const offsets = new Set<number>();
  let tables = 0;
  let previous = start;
  for (reader.skipSpace(); reader.position < bytes.length; reader.skipSpace()) {
    const objects = new Map<number, TopLevel>();
    const section = readSection(reader, document, objects, budget);
    if (section.trailer.get('Prev') !== previous || section.trailer.get('XRefStm') !== undefined) throw damaged();
    readEndMark(reader, section.start);
    previous = section.start;
    found.trailers.push(section.trailer);
    for (const [number, object] of objects) {
      found.objects.set(number, object);
      offsets.add(object.offset);
    }
    if (!offsets.has(section.start)) tables += 1;
    for (const number of indexed(section, objects, document, budget)) found.frames.add(number);
    for (const [number, entry] of section.entries) {
      if (entry === 'free') found.free.add(number);
      else if ('container' in entry) found.objects.set(number, { generation: 0, isStream: false });
    }
  }
  if (startOf(bytes, budget) !== previous) throw damaged();
  checkSearch(bytes.subarray(end), { offsets, tables }, end);
  return found;
}

/** Who searches the file, in streams and comments too, finds the same objects and trailers. */
function checkSearch(bytes: Buffer, known: { offsets: ReadonlySet<number>; tables: number }, end: number): void {
  for (const { offset } of objectsIn(bytes)) if (!known.offsets.has(end + offset)) throw damaged();
  let trailers = 0;
  for (let at = bytes.indexOf(TRAILER); at !== -1; at = bytes.indexOf(TRAILER, at + TRAILER.length)) trailers += 1;
  if (trailers !== known.tables) throw damaged();
}

const TRAILER = 'trailer';

/** Objects one behind the other, and behind them their cross-references. */
function readSection(reader: Reader, document: PdfDocument, objects: Map<number, TopLevel>, budget: Budget): Section {
  const entries = new Map<number, Entry>();
  const add = (number: number, entry: Entry) => {
    if (entries.has(number)) throw damaged();
    entries.set(number, entry);
  };
  for (;;) {
    reader.skipSpace();
    const start = reader.position;
    if (reader.accepts('xref')) return { start, entries, trailer: readTable(reader, add, budget) };
    const number = reader.count();
    const object = readObject(reader, document, start);
    if (objects.has(number)) throw damaged();
    objects.set(number, object);
    if (object.isStream && isName(object.dictionary?.get('Type'), 'XRef'))
      return { start, entries, trailer: readStream(document.bytes, start, add, budget) };
  }
}

/** The rest of an object behind its number. */
function readObject(reader: Reader, document: PdfDocument, offset: number): TopLevel {
  const generation = reader.count();
  if (reader.word() !== 'obj') throw damaged();
  const value = reader.value();
  const dictionary = isDictionary(value) ? value : undefined;
  const word = reader.word();
  if (word === 'endobj') return { offset, generation, dictionary, isStream: false };
  if (word !== 'stream' || dictionary === undefined || dictionary.isAmbiguous) throw damaged();
  const length = document.resolve(dictionary.get('Length'));
  if (reader.bytes[reader.position] === 0x0d) reader.position += 1;
  if (reader.bytes[reader.position] !== 0x0a || !isCount(length)) throw damaged();
  reader.position += 1 + length;
  if (reader.word() !== 'endstream' || reader.word() !== 'endobj') throw damaged();
  return { offset, generation, dictionary, isStream: true };
}

/** `startxref`, the position of the section, and the end mark on a line of its own. */
function readEndMark(reader: Reader, start: number): void {
  if (reader.word() !== 'startxref' || reader.count() !== start) throw damaged();
  const rest = reader.bytes.toString('latin1', reader.position, reader.position + 16);
  const mark = /^[\0\t\n\r ]{1,8}%%EOF(?=[\0\t\n\r ]|$)/.exec(rest);
  if (mark === null) throw damaged();
  reader.position += mark[0].length;
}

/**
 * Holds a section's index to the objects that stand in front of it: all of them, at their places, and no others.
 * Gives those that only hold or index objects.
 */
function indexed(
  { entries, start }: Section,
  objects: ReadonlyMap<number, TopLevel>,
  document: PdfDocument,
  budget: Budget,
): Set<number> {
  const frames = new Set<number>();
  const inside = new Map<number, { container: number; index: number }>();
  for (const [number, { offset, dictionary, isStream }] of objects) {
    const isOwnIndex = offset === start;
    if (isOwnIndex) frames.add(number);
    if (!entries.has(number) && !isOwnIndex) throw damaged();
    if (!isStream || !isName(dictionary?.get('Type'), 'ObjStm')) continue;
    if (dictionary?.get('Extends') !== undefined) throw damaged();
    frames.add(number);
    for (const [index, one] of contained(document.objectStreamAt(offset, budget), budget).entries()) {
      if (inside.has(one) || objects.has(one)) throw damaged();
      inside.set(one, { container: number, index });
    }
  }
  for (const [number, entry] of entries) {
    if (entry === 'free') continue;
    if ('container' in entry) {
      const place = inside.get(number);
      if (place?.container !== entry.container || place.index !== entry.index) throw damaged();
      inside.delete(number);
    } else {
      const object = objects.get(number);
      if (object?.offset !== entry.offset || object.generation !== entry.generation) throw damaged();
    }
  }
  if (inside.size > 0) throw damaged();
  return frames;
}
