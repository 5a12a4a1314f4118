/** What a further signature changes in the document's form. */
import type { PdfDocument } from '../syntax/document.ts';
import {
  damaged,
  isDictionary,
  type PdfDictionary,
  PdfReference,
  PdfString,
  type PdfValue,
} from '../syntax/objects.ts';
import type { Change } from './change.ts';
import { isEqual, isEqualBut } from './equal.ts';
import { hasOnly, isExtended } from './shapes.ts';

const SIGNATURES_EXIST = 1;
const APPEND_ONLY = 2;

const WHAT_CHANGES = ['Fields', 'SigFlags', 'DR', 'DA'];

/**
 * The form is as it was, but for the new field in its list, the flags that say that there are signatures, and what a
 * producer adds for texts that nobody types: resources under names that were free, a style where there was none.
 */
export function explainForm(change: Change, field: PdfReference | undefined): void {
  const { older, newer } = change;
  const [was, is] = [change.catalogs.older.get('AcroForm'), change.catalogs.newer.get('AcroForm')];
  change.explainSame(was, is);
  const [before, after] = [older.resolve(was) ?? undefined, newer.resolve(is)];
  if (!isDictionary(after) || after.isAmbiguous || (before !== undefined && !isDictionary(before))) throw damaged();
  if (before === undefined) hasOnly(after, WHAT_CHANGES);
  else if (!isEqualBut(WHAT_CHANGES, before, after)) throw damaged();
  // Then readers draw what the fields say anew, with these.
  const isDrawnAnew = older.resolve(before?.get('NeedAppearances')) === true;
  if (isDrawnAnew) checkSame(before, after, ['DR', 'DA']);
  if (before?.get('DA') !== undefined) checkSame(before, after, ['DA']);
  if (!isDrawnAnew) explainResources(change, before?.get('DR'), after.get('DR'), 2);
  const flags = newer.resolve(after.get('SigFlags')) ?? 0;
  const flagsBefore = older.resolve(before?.get('SigFlags')) ?? 0;
  if (typeof flags !== 'number' || typeof flagsBefore !== 'number') throw damaged();
  if ((flags & ~(SIGNATURES_EXIST | APPEND_ONLY)) !== 0 || (flagsBefore & ~flags) !== 0) throw damaged();
  change.explainSame(before?.get('Fields'), after.get('Fields'));
  const [fieldsBefore, fields] = [before?.get('Fields') ?? [], after.get('Fields')].map((list, index) =>
    (index === 0 ? older : newer).resolve(list),
  );
  if (!Array.isArray(fieldsBefore) || !Array.isArray(fields)) throw damaged();
  if (!isExtended(fieldsBefore, fields, field === undefined ? [] : [field])) throw damaged();
  if (field !== undefined && fields.length === fieldsBefore.length) throw damaged();
  if (field !== undefined) checkName(change, field, fieldsBefore);
}

function checkSame(before: PdfDictionary | undefined, after: PdfDictionary, keys: readonly string[]): void {
  for (const key of keys) if (!isEqual(before?.get(key), after.get(key))) throw damaged();
}

/** Fields of one name are one field to many readers. */
function checkName({ older, newer }: Change, field: PdfReference, others: readonly PdfValue[]): void {
  const nameOf = (document: PdfDocument, value: PdfValue) => {
    const dictionary = document.resolve(value);
    return isDictionary(dictionary) ? document.resolve(dictionary.get('T')) : undefined;
  };
  const name = nameOf(newer, field);
  if (!(name instanceof PdfString) || others.some((one) => isEqual(nameOf(older, one), name))) throw damaged();
}

/** Whatever had a name still has it, down to so many levels. */
function explainResources(change: Change, was: PdfValue | undefined, is: PdfValue | undefined, levels: number): void {
  if (isEqual(was, is) && !(is instanceof PdfReference)) return;
  const [before, after] = [change.older.resolve(was), change.newer.resolve(is)];
  if (!isDictionary(after) || after.isAmbiguous || levels === 0) throw damaged();
  change.explainSame(was, is);
  if (before === undefined || before === null) {
    change.explainNew(after);
    return;
  }
  if (!isDictionary(before)) throw damaged();
  for (const [key, value] of before.entries)
    if (levels === 1 && !isEqual(value, after.get(key))) throw damaged();
    else if (levels > 1) explainResources(change, value, after.get(key), levels - 1);
  for (const [key, value] of after.entries) if (!before.entries.has(key)) change.explainNew(value);
}
