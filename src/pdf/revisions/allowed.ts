/** Whether a later revision adds nothing but what may be added to a signed document. */
import type { LocatedSignature } from '../structure.ts';
import { startOf } from '../syntax/cross-references.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { isBlankFrom } from '../syntax/file-end.ts';
import {
  type Budget,
  damaged,
  isCount,
  isDictionary,
  type PdfDictionary,
  PdfReference,
  PdfString,
  type PdfValue,
  SyntaxFailure,
} from '../syntax/objects.ts';
import { explainSignature } from './added-signature.ts';
import { type Appended, readAppended } from './appended.ts';
import { Change } from './change.ts';
import { isEqual, isEqualBut } from './equal.ts';
import { reachable } from './reachable.ts';
import { objectsOfExtensions, objectsOfStore } from './validation-data.ts';

export type AddedSignature = Pick<LocatedSignature, 'field' | 'isTimestamp'>;

/**
 * Whether the newer revision adds validation data at most, and a signature where one is given: held
 * object by object, and the catalog key by key, to the older one.
 * @throws SyntaxFailure too-complex
 */
export function isAllowedChange(
  older: PdfDocument,
  newer: PdfDocument,
  added: AddedSignature | undefined,
  budget: Budget,
): boolean {
  if (older.isRebuilt || newer.isRebuilt || !isBlankFrom(older.bytes, older.bytes.length)) return false;
  try {
    const appended = readAppended(newer, older.bytes.length, startOf(older.bytes, budget), budget);
    return isExplained(older, newer, added, appended);
  } catch (error) {
    if (error instanceof SyntaxFailure && error.reason === 'damaged') return false;
    throw error;
  }
}

/** Keys of the catalog that may change. */
const VALIDATION = ['DSS', 'Extensions'];

/** Of a page, what the picture of a signature may cover at most: it is painted over the page. */
const MOST_OF_A_PAGE = 1 / 4;

function isExplained(
  older: PdfDocument,
  newer: PdfDocument,
  added: AddedSignature | undefined,
  appended: Appended,
): boolean {
  for (const trailer of appended.trailers) checkTrailer(older.trailer, trailer);
  for (const number of [...appended.free, ...appended.frames]) if (older.has(number)) throw damaged();
  // To some readers a reference with another generation leads to nothing.
  for (const [number, { generation }] of appended.objects)
    if (older.has(number) && older.generation(number) !== generation) throw damaged();
  const reach = reachable(older, VALIDATION);
  const change = new Change(older, newer, reach, appended);
  for (const number of appended.frames) if (!reach.numbers.has(number)) change.explain(number);
  const { older: before, newer: after } = change.catalogs;
  if (!isEqualBut([...VALIDATION, ...(added === undefined ? [] : ['AcroForm'])], before, after)) return false;
  const validationData = explainValidationData(change);
  const isSame = isEqualBut([], before, after) && validationData.every((number) => !appended.objects.has(number));
  // Anybody can have a timestamp made of anything: it shows nothing.
  if (added !== undefined) explainSignature(change, added.field, added.isTimestamp ? 0 : MOST_OF_A_PAGE);
  else if (isSame) return false;
  explainInformation(change);
  const root = older.trailer.get('Root');
  if (root instanceof PdfReference && change.plain(root.number)) change.explain(root.number);
  return change.isExplained;
}

/** Gives the objects that the validation data consists of; what was there may be added to, but does not go away. */
function explainValidationData(change: Change): number[] {
  const { catalogs, newer, reach } = change;
  const objects = VALIDATION.flatMap((key) => {
    const value = catalogs.newer.get(key);
    if (value === undefined && catalogs.older.get(key) !== undefined) throw damaged();
    if (value === undefined) return [];
    return [...(key === 'DSS' ? objectsOfStore(newer, value) : objectsOfExtensions(newer, value))];
  });
  for (const number of objects) if (!reach.numbers.has(number)) change.explain(number);
  return objects;
}

/** Producers note there that, and when, they wrote: nothing else in it changes. */
function explainInformation(change: Change): void {
  const { older } = change;
  const reference = older.trailer.get('Info');
  if (!(reference instanceof PdfReference) || !change.changedBefore().includes(reference.number)) return;
  const [before, after] = [older.object(reference.number).value, change.plain(reference.number)];
  if (!isDictionary(before) || !isEqualBut(['ModDate', 'Producer'], before, after)) throw damaged();
  const [producer, date] = [after.get('Producer'), after.get('ModDate')];
  const producerBefore = older.resolve(before.get('Producer')) ?? new PdfString(Buffer.alloc(0), false, 0, 0);
  if (!(date instanceof PdfString && producer instanceof PdfString && producerBefore instanceof PdfString))
    throw damaged();
  if (!producer.bytes.subarray(0, producerBefore.bytes.length).equals(producerBefore.bytes)) throw damaged();
  change.explain(reference.number);
}

/** A later trailer names the same document. Its second identifier is that of the revision. */
function checkTrailer(before: PdfDictionary, after: PdfDictionary): void {
  if (after.isAmbiguous || !isEqual(before.get('Root'), after.get('Root'))) throw damaged();
  if (!isEqual(before.get('Encrypt'), after.get('Encrypt'))) throw damaged();
  const [size, sizeBefore] = [after.get('Size'), before.get('Size')];
  if (!isCount(size) || !isCount(sizeBefore) || size < sizeBefore) throw damaged();
  for (const [key, value] of after.entries) {
    if (OF_A_SECTION.includes(key)) continue;
    if (!(key === 'ID' ? isSameFile(before.get(key), value) : isEqual(before.get(key), value))) throw damaged();
  }
}

const OF_A_SECTION = ['Size', 'Prev', 'Type', 'W', 'Index', 'Length', 'Filter', 'DecodeParms'];

function isSameFile(before: PdfValue | undefined, after: PdfValue): boolean {
  if (!Array.isArray(after) || after.length !== 2 || !after.every((one) => one instanceof PdfString)) return false;
  return before === undefined || (Array.isArray(before) && isEqual(before[0], after[0]));
}
