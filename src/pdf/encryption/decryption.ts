/**
 * Files that are encrypted and open without a password (ISO 32000-2, 7.6): most are, so that readers forbid what the
 * issuer does not allow. What is signed is bytes, so encryption concerns only what has to be read.
 *
 * - `security-handler.ts` reads the /Encrypt dictionary and knows which versions there are; `file-key.ts` gets the key
 *   by the empty password; `ciphers.ts` decrypts the data of one object, `rc4.ts` by RC4.
 * - Decrypted are the strings of an object in the file, and the data of object streams: with StrF and StmF, unless a
 *   stream has a /Crypt filter of its own. EncryptMetadata is in the key; metadata are not read.
 * - Never decrypted are the trailer with its /ID, the /Encrypt dictionary itself, cross-reference streams, what is in an
 *   object stream (it was decrypted with the stream) and the /Contents of a signature.
 * - Each revision is decrypted by its own trailer alone: a later /Encrypt or /ID changes nothing in what was signed.
 */
import type { PdfStream, Resolve } from '../syntax/decoded.ts';
import {
  type Decipher,
  damaged,
  isDictionary,
  isName,
  type ObjectId,
  PdfDictionary,
  PdfName,
  type PdfValue,
  SyntaxFailure,
} from '../syntax/objects.ts';
import { decryptedStream, decryptedString } from './ciphers.ts';
import { fileKey } from './file-key.ts';
import { readSecurityHandler, type SecurityHandler } from './security-handler.ts';

export class Decryption {
  readonly #handler: SecurityHandler;
  readonly #key: Buffer;

  private constructor(handler: SecurityHandler, key: Buffer) {
    this.#handler = handler;
    this.#key = key;
  }

  /**
   * @param resolve reads the objects as they are written
   * @throws SyntaxFailure encrypted, where a password is needed or the encryption is not known here
   */
  static open(trailer: PdfDictionary, resolve: Resolve): Decryption {
    const handler = readable(() => readSecurityHandler(trailer, resolve));
    if (handler === undefined) throw new SyntaxFailure('encrypted');
    // Then only attachments are encrypted: their password is not needed to read the document.
    const isPlain = handler.ofStrings === 'Identity' && handler.ofStreams === 'Identity';
    const key = isPlain ? Buffer.alloc(0) : fileKey(handler.source);
    if (key === undefined) throw new SyntaxFailure('encrypted');
    return new Decryption(handler, key);
  }

  /** For the strings of an object. */
  decipher(id: ObjectId): Decipher {
    return (written) => decryptedString(this.#handler.ofStrings, this.#key, id, written);
  }

  /** The stream, decrypted, without its /Crypt filter. @throws SyntaxFailure damaged */
  stream(stream: PdfStream, resolve: Resolve): PdfStream {
    const { dictionary, id } = stream;
    const [filter, ...filters] = list(resolve(dictionary.get('Filter')));
    const [parameters, ...others] = list(resolve(dictionary.get('DecodeParms')));
    if (this.#handler.filters === undefined || !isName(resolve(filter), 'Crypt'))
      return { ...stream, data: decryptedStream(this.#handler.ofStreams, this.#key, id, stream.data) };
    const given = resolve(parameters);
    const name = isDictionary(given) ? resolve(given.get('Name')) : undefined;
    const method = this.#handler.filters.get(name instanceof PdfName ? name.value : 'Identity');
    if (method === undefined || (method !== 'Identity' && this.#key.length === 0)) throw damaged();
    const rest = new Map([...dictionary.entries, ['Filter', filters], ['DecodeParms', others]] as const);
    return {
      id,
      dictionary: new PdfDictionary(rest, dictionary.isAmbiguous),
      data: decryptedStream(method, this.#key, id, stream.data),
    };
  }
}

const list = (value: PdfValue | undefined): readonly PdfValue[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

/** A damaged /Encrypt dictionary is one that is not known. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxFailure && error.reason === 'damaged') return undefined;
    throw error;
  }
}
