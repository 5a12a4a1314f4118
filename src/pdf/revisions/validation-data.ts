/** What lets a signature be checked later on (ISO 32000-2, 12.8.4.3): certificates, revocation lists, answers of OCSP. */
import { Asn1Failure, readLength, TAG } from '../asn1/element.ts';
import type { PdfDocument } from '../syntax/document.ts';
import {
  damaged,
  isDictionary,
  isName,
  type PdfDictionary,
  PdfReference,
  PdfString,
  type PdfValue,
} from '../syntax/objects.ts';

const LISTS = ['Certs', 'CRLs', 'OCSPs'];
const OF_ONE_SIGNATURE = ['Cert', 'CRL', 'OCSP'];
const OF_A_STREAM = ['Length', 'Filter', 'DecodeParms'];
const OF_AN_EXTENSION = ['Type', 'BaseVersion', 'ExtensionLevel', 'ExtensionRevision', 'URL'];

/**
 * The numbers of the objects of which the catalog's `DSS` consists.
 * @throws SyntaxFailure damaged where there is anything in it but validation data
 */
export function objectsOfStore(document: PdfDocument, store: PdfValue | undefined): Set<number> {
  const numbers = new Set<number>();
  const opened = (value: PdfValue | undefined): PdfValue | undefined => {
    if (value instanceof PdfReference) numbers.add(value.number);
    const resolved = document.resolve(value);
    if (value instanceof PdfReference && document.read(value.number).value instanceof PdfReference) throw damaged();
    return resolved;
  };
  const dictionary = (value: PdfValue | undefined): PdfDictionary => {
    const resolved = opened(value);
    if (!isDictionary(resolved) || resolved.isAmbiguous) throw damaged();
    return resolved;
  };
  const stream = (value: PdfValue): void => {
    if (!(value instanceof PdfReference)) throw damaged();
    if (numbers.has(value.number)) return;
    numbers.add(value.number);
    const found = document.stream(value.number);
    if ([...found.dictionary.entries.keys()].some((key) => !OF_A_STREAM.includes(key))) throw damaged();
    const length = found.dictionary.get('Length');
    if (length instanceof PdfReference) numbers.add(length.number);
    if (!isDer(document.decoded(found))) throw damaged();
  };
  const streams = (value: PdfValue): void => {
    const list = opened(value);
    if (!Array.isArray(list)) throw damaged();
    for (const item of list) stream(item);
  };
  const perSignature = (value: PdfValue): void => {
    for (const [key, entry] of dictionary(value).entries)
      if (OF_ONE_SIGNATURE.includes(key) || LISTS.includes(key)) streams(entry);
      else if (key === 'TS') stream(entry);
      else if (!isName(entry, 'VRI') && !(key === 'TU' && entry instanceof PdfString)) throw damaged();
  };

  for (const [key, value] of dictionary(store).entries) {
    if (LISTS.includes(key)) streams(value);
    else if (key === 'VRI') {
      for (const [name, entry] of dictionary(value).entries)
        if (!(name === 'Type' && isName(entry, 'VRI'))) perSignature(entry);
    } else if (!(key === 'Type' && isName(value, 'DSS'))) throw damaged();
  }
  return numbers;
}

/** One sequence and nothing behind it. What is in it is not read: revocation lists are long. */
function isDer(data: Buffer): boolean {
  try {
    const { contentStart, length } = readLength(data, 1, data.length);
    return data[0] === TAG.sequence && contentStart + length === data.length;
  } catch (error) {
    if (error instanceof Asn1Failure) return false;
    throw error;
  }
}

/** The numbers of the objects of which the catalog's `Extensions` consist. @throws SyntaxFailure damaged as above */
export function objectsOfExtensions(document: PdfDocument, extensions: PdfValue | undefined): Set<number> {
  const numbers = new Set<number>();
  const dictionary = (value: PdfValue | undefined): PdfDictionary => {
    if (value instanceof PdfReference) numbers.add(value.number);
    const resolved = document.resolve(value);
    if (!isDictionary(resolved) || resolved.isAmbiguous) throw damaged();
    return resolved;
  };
  for (const [prefix, value] of dictionary(extensions).entries) {
    if (prefix === 'Type') continue;
    const list = Array.isArray(value) ? value : [value];
    for (const item of list)
      for (const [key, entry] of dictionary(item).entries)
        if (
          !OF_AN_EXTENSION.includes(key) ||
          entry instanceof PdfReference ||
          isDictionary(entry) ||
          Array.isArray(entry)
        )
          throw damaged();
  }
  return numbers;
}
