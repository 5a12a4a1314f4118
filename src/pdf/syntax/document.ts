import type { Decryption } from '../encryption/decryption.ts';
import { crossReferences } from './cross-references.ts';
import { decoded, type PdfStream } from './decoded.ts';
import type { Entry, Index } from './entries.ts';
import {
  Budget,
  type Decipher,
  damaged,
  isDictionary,
  isName,
  type ObjectId,
  type PdfDictionary,
  PdfReference,
  type PdfValue,
  SyntaxFailure,
} from './objects.ts';
import { Reader } from './reader.ts';
import { rebuilt } from './rebuild.ts';
import { type ObjectStream, streamAt, unpack } from './stream.ts';

/** A value together with the bytes that it was read from: the file itself, or the data of an object stream. */
interface Located {
  readonly value: PdfValue;
  readonly isInFile: boolean;
}

const MAX_REFERENCES_IN_A_ROW = 16;
/** To decrypt a string, of however few bytes, takes as long as to read so many values. */
const COST_OF_A_STRING = 60;
const NOTHING: ObjectStream = { data: Buffer.alloc(0), places: new Map(), numbers: [] };

/** The objects of a PDF file, read when they are asked for. */
export class PdfDocument {
  readonly bytes: Buffer;
  readonly trailer: PdfDictionary;
  /** Whether the file's own index of objects could not be followed, so that the file was searched instead. */
  readonly isRebuilt: boolean;
  readonly #entries: ReadonlyMap<number, Entry>;
  readonly #budget: Budget;
  readonly #decryption: Decryption | undefined;
  readonly #objects = new Map<number, Located>();
  readonly #containers = new Map<number, ObjectStream>();

  private constructor(
    bytes: Buffer,
    { entries, trailer }: Index,
    budget: Budget,
    isRebuilt: boolean,
    decryption?: Decryption,
  ) {
    this.bytes = bytes;
    this.trailer = trailer;
    this.isRebuilt = isRebuilt;
    this.#entries = entries;
    this.#budget = budget;
    this.#decryption = decryption;
  }

  /**
   * By its own index of objects, or where that cannot be followed by a search. An encrypted document is opened with the
   * empty password. @throws SyntaxFailure
   */
  static async open(bytes: Buffer): Promise<PdfDocument> {
    const budget = new Budget();
    try {
      return await PdfDocument.openIndexed(bytes, budget);
    } catch (error) {
      if (!(error instanceof SyntaxFailure) || error.reason !== 'damaged') throw error;
    }
    return PdfDocument.searched(bytes, budget);
  }

  /** By a search for its objects. @throws SyntaxFailure */
  static async searched(bytes: Buffer, budget = new Budget()): Promise<PdfDocument> {
    const written = new PdfDocument(bytes, rebuilt(bytes, budget), budget, true);
    const decryption = await decryptionOf(written);
    if (decryption === undefined) return written;
    return new PdfDocument(bytes, rebuilt(bytes, budget, decryption), budget, true, decryption);
  }

  /** By its own index of objects alone. @throws SyntaxFailure */
  static async openIndexed(bytes: Buffer, budget: Budget): Promise<PdfDocument> {
    const index = crossReferences(bytes, budget);
    const written = new PdfDocument(bytes, index, budget, false);
    const decryption = await decryptionOf(written);
    const document = decryption ? new PdfDocument(bytes, index, budget, false, decryption) : written;
    if (!isDictionary(document.resolve(document.trailer.get('Root')))) throw damaged();
    return document;
  }

  /** The value that a value stands for: itself, or what it refers to; null where that is not in the file. */
  resolve(value: PdfValue | undefined): PdfValue | undefined {
    let current = value;
    for (let step = 0; current instanceof PdfReference; step += 1) {
      if (step === MAX_REFERENCES_IN_A_ROW) throw damaged();
      current = this.object(current.number).value;
    }
    return current;
  }

  /** The entry of a dictionary, resolved, where it is a dictionary too. */
  dictionary(parent: PdfDictionary, key: string): PdfDictionary | undefined {
    const value = this.resolve(parent.get(key));
    return isDictionary(value) ? value : undefined;
  }

  /** The numbers of all objects that are in use. */
  *numbers(): Generator<number> {
    for (const [number, entry] of this.#entries) if (entry !== 'free') yield number;
  }

  object(number: number): Located {
    const known = this.#objects.get(number);
    if (known !== undefined) return known;
    const read = this.read(number);
    this.#objects.set(number, read);
    return read;
  }

  /** The numbers of the object streams that objects are in. */
  containers(): ReadonlySet<number> {
    const entries = [...this.#entries.values()];
    return new Set(entries.flatMap((entry) => (entry !== 'free' && 'container' in entry ? [entry.container] : [])));
  }

  /** The generation of an object, by which references name it too; undefined where there is none. */
  generation(number: number): number | undefined {
    const entry = this.#entries.get(number);
    if (entry === undefined || entry === 'free') return undefined;
    return 'offset' in entry ? entry.generation : 0;
  }

  /** Whether the file has an object of that number. */
  has(number: number): boolean {
    return (this.#entries.get(number) ?? 'free') !== 'free';
  }

  /** The stream that is the object of that number. @throws SyntaxFailure damaged where it is none */
  stream(number: number): PdfStream {
    const entry = this.#entries.get(number);
    if (entry === undefined || entry === 'free' || !('offset' in entry)) throw damaged();
    return streamAt(this.bytes, entry.offset, (value) => this.resolve(value), this.#budget);
  }

  /** The data of a stream, decrypted and decoded. @throws SyntaxFailure */
  decoded(stream: PdfStream): Buffer {
    const resolve = (value: PdfValue | undefined) => this.resolve(value);
    if (this.#decryption !== undefined) this.#budget.spendOnBytes(stream.data.length);
    return decoded(this.#decryption?.stream(stream, resolve) ?? stream, resolve, this.#budget);
  }

  /** The object stream at an offset. @throws SyntaxFailure */
  objectStreamAt(offset: number, budget: Budget): ObjectStream {
    const resolve = (value: PdfValue | undefined) => this.resolve(value);
    return unpack(streamAt(this.bytes, offset, resolve, budget), resolve, budget, this.#decryption);
  }

  /** As `object`, without keeping it: for those that are looked at once. */
  read(number: number): Located {
    const entry = this.#entries.get(number);
    if (entry === undefined || entry === 'free') return { value: null, isInFile: true };
    if ('offset' in entry) return { value: this.#topLevel(number, entry.offset), isInFile: true };
    return { value: this.#contained(number, entry.container), isInFile: false };
  }

  #topLevel(number: number, offset: number): PdfValue {
    const reader = new Reader(this.bytes, offset, this.#budget);
    if (reader.count() !== number) throw damaged();
    const generation = reader.count();
    if (reader.word() !== 'obj') throw damaged();
    reader.decipher = this.#decipher({ number, generation });
    return reader.value();
  }

  #decipher(id: ObjectId): Decipher | undefined {
    const decipher = this.#decryption?.decipher(id);
    return (
      decipher &&
      ((written) => {
        this.#budget.spend(COST_OF_A_STRING + (written.length >> 3));
        return decipher(written);
      })
    );
  }

  #contained(number: number, container: number): PdfValue {
    const { data, places } = this.#container(container);
    const place = places.get(number);
    return place === undefined ? null : new Reader(data, place, this.#budget).value();
  }

  #container(number: number): ObjectStream {
    const known = this.#containers.get(number);
    if (known !== undefined) return known;
    // A container that needs itself to be read finds nothing in it.
    this.#containers.set(number, NOTHING);
    const unpacked = this.#unpacked(number);
    this.#containers.set(number, unpacked);
    return unpacked;
  }

  #unpacked(container: number): ObjectStream {
    const stream = this.stream(container);
    if (!isName(stream.dictionary.get('Type'), 'ObjStm')) throw damaged();
    return unpack(stream, (value) => this.resolve(value), this.#budget, this.#decryption);
  }
}

/** What decrypts a document; undefined for one that is not encrypted. @throws SyntaxFailure */
async function decryptionOf(written: PdfDocument): Promise<Decryption | undefined> {
  if ((written.trailer.get('Encrypt') ?? null) === null) return undefined;
  const { Decryption } = await import('../encryption/decryption.ts');
  return Decryption.open(written.trailer, (value) => written.resolve(value));
}
