/** Where the signatures of a file are, and whether each covers everything up to its end but its own place. */
import { MAX_PDF_BYTES } from '../domain/pdf-size.ts';
import type { ReasonCode } from '../domain/verification.ts';
import { isOfd } from './ofd.ts';
import { isRewritten } from './rewritten.ts';
import { type SignatureDictionary, signaturesInUse } from './signature-field.ts';
import { formOf, type SignatureForm } from './signature-form.ts';
import { PdfDocument } from './syntax/document.ts';
import { contentEnd } from './syntax/file-end.ts';
import {
  isCount,
  isDictionary,
  isName,
  type PdfDictionary,
  PdfName,
  PdfString,
  type PdfValue,
  SyntaxFailure,
  type SyntaxFailureReason,
} from './syntax/objects.ts';

export interface LocatedSignature {
  /** The field whose value it is. */
  readonly field: PdfValue;
  /** `SubFilter`, as the producer named it; empty where it is not named. */
  readonly format: string;
  /** Undefined where it is of no kind that can be checked. */
  readonly form: SignatureForm | undefined;
  /** Whether it is a timestamp of the document, and nobody's signature. */
  readonly isTimestamp: boolean;
  /** Whether it allows further signatures. */
  readonly allowsSignatures: boolean;
  /** The two parts of the file that are signed. */
  readonly covered: readonly [before: Buffer, after: Buffer];
  /** The position after the last covered byte. */
  readonly coveredEnd: number;
  /** What stands in the hole: the signature container and its padding. */
  readonly contents: Buffer;
  /** The certificates beside a bare signature, the signer's first: `Cert`. */
  readonly certificates: readonly Buffer[];
  /** The date in the signature dictionary. */
  readonly signedAt: Date | undefined;
}

export interface SignedDocument {
  /** The file as it is now. */
  readonly document: PdfDocument;
  /** In the order in which they were made; at least one. */
  readonly signatures: readonly LocatedSignature[];
}

type Code = ReasonCode<'structure'>;
type Found<T> = { readonly code: Code; readonly found?: undefined } | { readonly code?: undefined; readonly found: T };

const MAX_CONTENTS_BYTES = 4 * 1_024 * 1_024;
const HEADER = '%PDF-';
const HEADER_SEARCH_BYTES = 1_024;
const END_SEARCH_BYTES = 1_024;
const WHITE_SPACE = Buffer.from('\0\t\n\f\r ', 'latin1');
const TIMESTAMP = 'ETSI.RFC3161';

/** Finds the signatures of a file, all of which have to be in order; never throws. */
export async function locateSignatures(bytes: Buffer): Promise<Found<SignedDocument>> {
  if (bytes.length > MAX_PDF_BYTES) return { code: 'FILE_TOO_LARGE' };
  if (isOfd(bytes)) return { code: 'OFD_FILE' };
  const header = bytes.subarray(0, HEADER_SEARCH_BYTES).indexOf(HEADER);
  if (header === -1) return { code: 'NOT_A_PDF' };
  const located = await tryToLocate(bytes);
  // What was put in front moves the signature away from where it says that it is; what was there before is signed.
  return header > 0 && located.found === undefined ? { code: 'BYTES_BEFORE_HEADER' } : located;
}

const FAILURES = {
  damaged: 'STRUCTURE_DAMAGED',
  'too-complex': 'FILE_TOO_COMPLEX',
  encrypted: 'ENCRYPTED',
} as const satisfies Record<SyntaxFailureReason, Code>;

async function tryToLocate(bytes: Buffer): Promise<Found<SignedDocument>> {
  try {
    return await locate(bytes);
  } catch (error) {
    if (!(error instanceof SyntaxFailure)) throw error;
    return { code: FAILURES[error.reason] };
  }
}

async function locate(bytes: Buffer): Promise<Found<SignedDocument>> {
  const document = await PdfDocument.open(bytes);
  const located = locateIn(document);
  if (located.code !== 'SIGNATURE_NOT_IN_USE' || document.isRebuilt) return located;
  // A later index that leaves out what was there hides a signature from those who follow it only.
  const searched = locateIn(await PdfDocument.searched(bytes));
  const isHidden = searched.found?.signatures.some(({ coveredEnd }) => coveredEnd < contentEnd(bytes));
  return isHidden ? searched : located;
}

function locateIn(document: PdfDocument): Found<SignedDocument> {
  const signatures: LocatedSignature[] = [];
  for (const signature of signaturesInUse(document)) {
    const { code, found } = readSignature(document, signature);
    if (code !== undefined) return { code };
    signatures.push(found);
  }
  if (signatures.length === 0) return { code: unsignedCode(document) };
  signatures.sort((one, other) => one.coveredEnd - other.coveredEnd);
  return { found: { document, signatures } };
}

function unsignedCode({ bytes, isRebuilt }: PdfDocument): Code {
  if (bytes.includes('/ByteRange')) return 'SIGNATURE_NOT_IN_USE';
  const isWhole = !isRebuilt || bytes.subarray(-END_SEARCH_BYTES).includes('%%EOF');
  return isWhole ? 'NO_SIGNATURE' : 'STRUCTURE_DAMAGED';
}

function readSignature(
  document: PdfDocument,
  { dictionary, isInFile, field }: SignatureDictionary,
): Found<LocatedSignature> {
  const { bytes } = document;
  if (dictionary.isAmbiguous) return { code: 'SIGNATURE_AMBIGUOUS' };
  const range = document.resolve(dictionary.get('ByteRange'));
  if (!isByteRange(range)) return { code: 'BYTE_RANGE_INVALID' };
  const [, beforeLength, afterStart, afterLength] = range;
  const coveredEnd = afterStart + afterLength;
  const contents = dictionary.get('Contents');
  const isInPlace =
    contents instanceof PdfString && isInFile && contents.start === beforeLength && contents.end === afterStart;
  if (!isInPlace && isRewritten(document, dictionary, range)) return { code: 'REWRITTEN' };
  if (coveredEnd > bytes.length) return { code: 'BYTE_RANGE_BEYOND_END' };
  if (!isInPlace) return { code: 'BYTE_RANGE_HOLE' };
  const subFilter = document.resolve(dictionary.get('SubFilter'));
  const format = subFilter instanceof PdfName ? subFilter.value : '';
  const form = formOf(format, contents.bytes);
  const isTimestamp = format === TIMESTAMP;
  const isKnown = form !== undefined || isTimestamp;
  if (isKnown && !isPlainHex(bytes.subarray(contents.start + 1, contents.end - 1))) return { code: 'CONTENTS_INVALID' };
  return {
    found: {
      field,
      format,
      form,
      isTimestamp,
      allowsSignatures: allowsSignatures(document, dictionary),
      covered: [bytes.subarray(0, beforeLength), bytes.subarray(afterStart, coveredEnd)],
      coveredEnd,
      contents: contents.bytes,
      certificates: certificatesBeside(document, dictionary),
      signedAt: signedAt(document, dictionary),
    },
  };
}

function certificatesBeside(document: PdfDocument, dictionary: PdfDictionary): Buffer[] {
  const value = document.resolve(dictionary.get('Cert'));
  const values = Array.isArray(value) ? value.map((one) => document.resolve(one)) : [value];
  return values.flatMap((one) => (one instanceof PdfString ? [one.bytes] : []));
}

const NO_CHANGES = 1;

/** Whether the signature does not forbid every change (DocMDP, ISO 32000-1, 12.8.2.2). @throws SyntaxFailure */
function allowsSignatures(document: PdfDocument, signature: PdfDictionary): boolean {
  const references = document.resolve(signature.get('Reference'));
  if (!Array.isArray(references)) return true;
  return references.every((reference) => {
    const method = document.resolve(reference);
    if (!isDictionary(method) || !isName(document.resolve(method.get('TransformMethod')), 'DocMDP')) return true;
    return document.resolve(document.dictionary(method, 'TransformParams')?.get('P')) !== NO_CHANGES;
  });
}

/** Two parts, from the file's first byte on, in order, neither empty, with a hole between them. */
function isByteRange(value: unknown): value is [number, number, number, number] {
  if (!Array.isArray(value) || value.length !== 4 || !value.every(isCount)) return false;
  const [start, beforeLength, afterStart, afterLength] = value as number[];
  return (
    start === 0 && Number(beforeLength) > 0 && Number(afterStart) > Number(beforeLength) && Number(afterLength) > 0
  );
}

/**
 * Pairs of digits, the letters all large or all small: no digit can be exchanged for another that means the same. A
 * producer of electronic seals fills what is left of the room with white space.
 */
function isPlainHex(room: Buffer): boolean {
  const digits = room.subarray(0, room.findLastIndex((byte) => !WHITE_SPACE.includes(byte)) + 1);
  if (digits.length === 0 || digits.length % 2 !== 0 || digits.length > 2 * MAX_CONTENTS_BYTES) return false;
  const text = digits.toString('latin1');
  return /^[0-9a-f]+$/.test(text) || /^[0-9A-F]+$/.test(text);
}

/** Empty where the string cannot be decrypted: not every program encrypts the strings of a signature. */
function textOf(string: PdfString): string {
  try {
    return string.bytes.toString('latin1');
  } catch (error) {
    if (error instanceof SyntaxFailure) return '';
    throw error;
  }
}

/** `D:YYYYMMDDHHmmSSOHH'mm'` (ISO 32000-1, 7.9.4), everything after the year optional. */
const DATE = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?)?/;

function signedAt(document: PdfDocument, dictionary: PdfDictionary): Date | undefined {
  const value = document.resolve(dictionary.get('M'));
  const parts = value instanceof PdfString ? DATE.exec(textOf(value)) : null;
  if (parts === null) return undefined;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', sign = '+'] = parts;
  const offset = `${sign}${parts[8] ?? '00'}:${parts[9] ?? '00'}`;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
