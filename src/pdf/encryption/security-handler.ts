/** What the /Encrypt dictionary says (ISO 32000-2, tables 20, 21 and 25); whatever is odd in it is not guessed at. */
import type { Resolve } from '../syntax/decoded.ts';
import {
  isCount,
  isDictionary,
  isName,
  type PdfDictionary,
  PdfName,
  PdfString,
  type PdfValue,
} from '../syntax/objects.ts';
import type { Method } from './ciphers.ts';
import type { KeySource } from './file-key.ts';

export interface SecurityHandler {
  readonly source: KeySource;
  readonly ofStrings: Method;
  readonly ofStreams: Method;
  /** What the /Crypt filter of a stream may name; undefined before version 4. */
  readonly filters: ReadonlyMap<string, Method> | undefined;
}

/** Undefined for a security handler or an algorithm that is not known here. @throws SyntaxFailure damaged */
export function readSecurityHandler(trailer: PdfDictionary, resolve: Resolve): SecurityHandler | undefined {
  const dictionary = resolve(trailer.get('Encrypt'));
  if (!isDictionary(dictionary) || dictionary.isAmbiguous) return undefined;
  if (!isName(resolve(dictionary.get('Filter')), 'Standard')) return undefined;
  const version = resolve(dictionary.get('V'));
  const source = readKeySource(dictionary, version, trailer, resolve);
  if (source === undefined) return undefined;
  if (version === 1 || version === 2) return { source, ofStrings: 'V2', ofStreams: 'V2', filters: undefined };
  const filters = readCryptFilters(dictionary, version === 5 ? ['AESV3'] : ['V2', 'AESV2'], resolve);
  const methodOf = (key: string) => filters.get(nameOf(resolve(dictionary.get(key) ?? null)) ?? IDENTITY);
  const [ofStrings, ofStreams] = [methodOf('StrF'), methodOf('StmF')];
  return ofStrings && ofStreams && { source, ofStrings, ofStreams, filters };
}

const IDENTITY = 'Identity';
const nameOf = (value: PdfValue | undefined): string | undefined =>
  value instanceof PdfName ? value.value : undefined;

/** The crypt filters whose methods belong to the version. */
function readCryptFilters(dictionary: PdfDictionary, known: readonly Method[], resolve: Resolve): Map<string, Method> {
  const filters = new Map<string, Method>();
  const written = resolve(dictionary.get('CF'));
  for (const [name, value] of isDictionary(written) ? written.entries : []) {
    const filter = resolve(value);
    const method = isDictionary(filter) ? nameOf(resolve(filter.get('CFM'))) : undefined;
    const found = known.find((each) => each === method);
    if (found !== undefined) filters.set(name, found);
  }
  return filters.set(IDENTITY, IDENTITY);
}

/** Which revisions go with a version. */
const REVISIONS: Readonly<Record<number, readonly number[]>> = { 1: [2, 3], 2: [2, 3], 4: [4], 5: [5, 6] };

function readKeySource(
  dictionary: PdfDictionary,
  version: PdfValue | undefined,
  trailer: PdfDictionary,
  resolve: Resolve,
): KeySource | undefined {
  const value = (key: string) => resolve(dictionary.get(key));
  const revision = value('R');
  const permissions = value('P');
  const keyBytes = keyBytesOf(version, value('Length') ?? LEAST_KEY_BITS);
  if (!isCount(version) || !isCount(revision) || REVISIONS[version]?.includes(revision) !== true) return undefined;
  if (!Number.isSafeInteger(permissions) || keyBytes === undefined) return undefined;
  const isNew = revision >= 5;
  // Some producers fill these up with zeros.
  const bytes = (key: string, length: number) => {
    const string = value(key);
    return string instanceof PdfString && string.bytes.length >= length ? string.bytes.subarray(0, length) : undefined;
  };
  const [owner, user] = [bytes('O', isNew ? 48 : 32), bytes('U', isNew ? 48 : 32)];
  const [ownerKey, userKey] = isNew ? [bytes('OE', 32), bytes('UE', 32)] : [Buffer.alloc(0), Buffer.alloc(0)];
  if (!owner || !user || !ownerKey || !userKey) return undefined;
  return {
    ...{ revision, keyBytes, owner, user, ownerKey, userKey },
    permissions: (permissions as number) | 0,
    id: identifierIn(trailer, resolve),
    encryptsMetadata: value('EncryptMetadata') !== false,
  };
}

const LEAST_KEY_BITS = 40;
const MOST_KEY_BITS = 128;

/** From /Length; undefined where that is no length of a key. */
function keyBytesOf(version: PdfValue | undefined, length: PdfValue): number | undefined {
  if (version === 1) return LEAST_KEY_BITS / 8;
  if (version !== 2) return MOST_KEY_BITS / 8;
  if (!isCount(length)) return undefined;
  // It is in bits; some producers give bytes.
  const bits = length < LEAST_KEY_BITS ? 8 * length : length;
  return bits % 8 === 0 && bits >= LEAST_KEY_BITS && bits <= MOST_KEY_BITS ? bits / 8 : undefined;
}

function identifierIn(trailer: PdfDictionary, resolve: Resolve): Buffer {
  const identifier = resolve(trailer.get('ID'));
  const first = Array.isArray(identifier) ? resolve(identifier[0]) : undefined;
  return first instanceof PdfString ? first.bytes : Buffer.alloc(0);
}
