/** The index of a file whose own cannot be followed: the file is searched for objects, the last of a number counts. */
import { type Entry, type Index, MAX_OBJECTS } from './entries.ts';
import { type Budget, damaged, isDictionary, isName, PdfDictionary, PdfReference, SyntaxFailure } from './objects.ts';
import { Reader } from './reader.ts';
import { type StreamDecryption, streamAt, unpack } from './stream.ts';

/** @throws SyntaxFailure */
export function rebuilt(bytes: Buffer, budget: Budget, decryption?: StreamDecryption): Index {
  const entries = new Map<number, Entry>();
  let trailer: PdfDictionary | undefined;
  let catalog: number | undefined;
  const marks = new Marks(bytes);
  for (const { number, offset, end } of withEnds(objectsIn(bytes), bytes.length)) {
    budget.spend();
    entries.set(number, { offset, generation: 0 });
    if (entries.size > MAX_OBJECTS) throw new SyntaxFailure('too-complex');
    if (!marks.isIn(offset, end)) continue;
    const found = tolerant(budget, () => lookInto(bytes, { number, offset }, entries, budget, decryption));
    if (found instanceof PdfDictionary) trailer = found;
    else if (found === 'catalog') catalog = number;
  }
  for (let at = bytes.indexOf('trailer'); at !== -1; at = bytes.indexOf('trailer', at + 1)) {
    const value = tolerant(budget, () => new Reader(bytes, at + 'trailer'.length, budget).value());
    if (isDictionary(value) && value.get('Root') !== undefined) trailer = value;
  }
  if (trailer === undefined && catalog === undefined) throw damaged();
  return {
    entries,
    trailer: trailer ?? new PdfDictionary(new Map([['Root', new PdfReference(catalog as number)]]), false),
  };
}

/** Each place with the next one, or the end. */
function* withEnds<T extends { readonly offset: number }>(
  places: Iterable<T>,
  end: number,
): Generator<T & { end: number }> {
  let last: T | undefined;
  for (const place of places) {
    if (last !== undefined) yield { ...last, end: place.offset };
    last = place;
  }
  if (last !== undefined) yield { ...last, end };
}

/** What an object contains that has to be looked into; `#` begins a number in a name, which could be any of them. */
const MARKS = ['/XRef', '/Catalog', '/ObjStm', '#'];

/** Where the marks are, asked from the front of a file to its back. */
class Marks {
  readonly #bytes: Buffer;
  readonly #next = MARKS.map(() => -1);

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  isIn(start: number, end: number): boolean {
    for (const [index, mark] of MARKS.entries()) {
      if ((this.#next[index] as number) >= start) continue;
      const at = this.#bytes.indexOf(mark, start);
      this.#next[index] = at === -1 ? this.#bytes.length : at;
    }
    return this.#next.some((at) => at < end);
  }
}

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;
const isBlank = (byte: number | undefined) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const MOST_DIGITS = 10;

interface Place {
  readonly number: number;
  readonly offset: number;
}

/** The places where `NUMBER GENERATION obj` stands. */
export function* objectsIn(bytes: Buffer): Generator<Place> {
  const back = (from: number, is: (byte: number | undefined) => boolean) => {
    let at = from;
    while (from - at < MOST_DIGITS && is(bytes[at - 1])) at -= 1;
    return at;
  };
  for (let at = bytes.indexOf('obj'); at !== -1; at = bytes.indexOf('obj', at + 3)) {
    if (!isDigit(bytes[at - 1]) && !isBlank(bytes[at - 1])) continue;
    const generationEnd = back(at, isBlank);
    const generation = back(generationEnd, isDigit);
    const numberEnd = back(generation, isBlank);
    const offset = back(numberEnd, isDigit);
    if (generation === generationEnd || numberEnd === generation || offset === numberEnd) continue;
    yield { number: Number(bytes.toString('latin1', offset, numberEnd)), offset };
  }
}

/** Takes the objects out of an object stream; gives a cross-reference stream's dictionary, which is a trailer, and tells a catalog. */
function lookInto(
  bytes: Buffer,
  { number, offset }: Place,
  entries: Map<number, Entry>,
  budget: Budget,
  decryption?: StreamDecryption,
) {
  const reader = new Reader(bytes, offset, budget);
  reader.count();
  reader.count();
  reader.word();
  reader.skipSpace();
  if (bytes[reader.position] !== 0x3c) return undefined;
  const value = reader.value();
  if (!isDictionary(value)) return undefined;
  if (isName(value.get('Type'), 'XRef')) return value.get('Root') === undefined ? undefined : value;
  if (isName(value.get('Type'), 'Catalog')) return 'catalog';
  if (!isName(value.get('Type'), 'ObjStm')) return undefined;
  const direct = <T>(given: T) => given;
  const { numbers } = unpack(streamAt(bytes, offset, direct, budget), direct, budget, decryption);
  for (const [index, inside] of numbers.entries()) entries.set(inside, { container: number, index });
  return undefined;
}

/** More than what was read of it: so that a file full of what is broken is given up sooner. */
const COST_OF_A_FAILURE = 20;

function tolerant<T>(budget: Budget, action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof SyntaxFailure) || error.reason !== 'damaged') throw error;
    budget.spend(COST_OF_A_FAILURE);
    return undefined;
  }
}
