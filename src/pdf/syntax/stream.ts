import { decoded, type PdfStream, type Resolve } from './decoded.ts';
import { type Budget, damaged, isCount, isDictionary } from './objects.ts';
import { Reader } from './reader.ts';

/** The stream object at an offset. @throws SyntaxFailure */
export function streamAt(bytes: Buffer, offset: number, resolve: Resolve, budget: Budget): PdfStream {
  const reader = new Reader(bytes, offset, budget);
  const id = { number: reader.count(), generation: reader.count() };
  if (reader.word() !== 'obj') throw damaged();
  const dictionary = reader.value();
  if (!isDictionary(dictionary) || reader.word() !== 'stream') throw damaged();
  if (bytes[reader.position] === 0x0d) reader.position += 1;
  if (bytes[reader.position] === 0x0a) reader.position += 1;
  const start = reader.position;
  const length = resolve(dictionary.get('Length'));
  if (isCount(length) && start + length <= bytes.length) {
    const after = new Reader(bytes, start + length, budget);
    if (after.accepts('endstream')) return { id, dictionary, data: bytes.subarray(start, start + length) };
  }
  const end = bytes.indexOf('endstream', start);
  budget.spendOnBytes((end === -1 ? bytes.length : end) - start);
  if (end === -1) throw damaged();
  return { id, dictionary, data: bytes.subarray(start, end) };
}

/** An object stream (ISO 32000-1, 7.5.7): its data, and where in it the objects of which number are. */
export interface ObjectStream {
  readonly data: Buffer;
  /** Where it stands for a number twice, the last counts. */
  readonly places: ReadonlyMap<number, number>;
  /** The numbers in the order in which they stand there. */
  readonly numbers: readonly number[];
}

/** What decrypts an object stream. @throws SyntaxFailure damaged */
export interface StreamDecryption {
  stream(stream: PdfStream, resolve: Resolve): PdfStream;
}

/** @throws SyntaxFailure */
export function unpack(
  written: PdfStream,
  resolve: Resolve,
  budget: Budget,
  decryption?: StreamDecryption,
): ObjectStream {
  if (decryption !== undefined) budget.spendOnBytes(written.data.length);
  const stream = decryption?.stream(written, resolve) ?? written;
  const count = resolve(stream.dictionary.get('N'));
  const first = resolve(stream.dictionary.get('First'));
  if (!isCount(count) || !isCount(first)) throw damaged();
  const data = decoded(stream, resolve, budget);
  if (count > data.length) throw damaged();
  budget.spend(count);
  const header = new Reader(data, 0, budget);
  const places = Array.from({ length: count }, () => [header.count(), first + header.count()] as const);
  return { data, places: new Map(places), numbers: places.map(([number]) => number) };
}
