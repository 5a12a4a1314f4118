/** A further signature in a revision: its field, the field's place in the form and on a page, and nothing else. */
import { damaged, isDictionary, isName, type PdfDictionary, PdfReference, type PdfValue } from '../syntax/objects.ts';
import type { Change } from './change.ts';
import { isEqual, isEqualBut } from './equal.ts';
import { explainForm } from './form-change.ts';
import { shareOf } from './page-area.ts';
import { hasOnly, isExtended } from './shapes.ts';

/** What a field, or its widget on a page, may have; no actions. */
const OF_A_FIELD = ['Type', 'Subtype', 'FT', 'T', 'TU', 'TM', 'Ff', 'V', 'Lock', 'SV', 'Kids', 'Parent'];
const OF_A_WIDGET = [
  'Rect',
  'P',
  'F',
  'AP',
  'AS',
  'MK',
  'BS',
  'Border',
  'H',
  'C',
  'M',
  'NM',
  'DA',
  'DR',
  'Q',
  'StructParent',
];
/** What changes when a field that was there is signed. */
const WHEN_SIGNED = ['V', 'AP', 'F', 'M', 'MK', 'DA'];

/**
 * Explains the objects of a new signature.
 * @param field its field
 * @param mostOfAPage how much of a page its picture may cover
 * @throws SyntaxFailure damaged where the revision does more than to add it
 */
export function explainSignature(change: Change, field: PdfValue, mostOfAPage: number): void {
  if (!(field instanceof PdfReference)) throw damaged();
  const isNew = !change.older.has(field.number);
  const widgets = isNew
    ? newField(change, field)
    : signedField(change, field, mostOfAPage > 0 ? WHEN_SIGNED : ['V', 'M']);
  explainForm(change, isNew ? field : undefined);
  for (const number of change.changedBefore()) explainPage(change, number, widgets, mostOfAPage);
  change.explainNew(field);
  change.explainNew(change.plain(field.number));
}

/** The widgets of a field that was not there. */
function newField(change: Change, field: PdfReference): PdfReference[] {
  const dictionary = change.plain(field.number);
  hasOnly(dictionary, [...OF_A_FIELD, ...OF_A_WIDGET]);
  if (!isName(change.newer.resolve(dictionary.get('FT')), 'Sig') || dictionary.get('Parent') !== undefined)
    throw damaged();
  const kids = kidsOf(change, dictionary);
  for (const kid of kids) {
    const widget = change.plain(kid.number);
    hasOnly(widget, [...OF_A_FIELD.slice(0, 2), 'Parent', ...OF_A_WIDGET]);
    if (change.older.has(kid.number) || !isEqual(widget.get('Parent'), field)) throw damaged();
  }
  return kids.length === 0 ? [field] : kids;
}

/** A field that waited for its signature; its place is as it was. */
function signedField(change: Change, field: PdfReference, changing: readonly string[]): PdfReference[] {
  const { older, newer } = change;
  const [before, after] = [older.object(field.number).value, change.plain(field.number)];
  if (!isDictionary(before) || older.resolve(before.get('V') ?? null) !== null) throw damaged();
  if (!isEqualBut(changing, before, after) || !isName(newer.resolve(after.get('FT')), 'Sig')) throw damaged();
  change.explain(field.number);
  for (const kid of kidsOf(change, after)) {
    const widget = older.object(kid.number).value;
    if (!isDictionary(widget) || !isEqualBut(changing.slice(1), widget, change.plain(kid.number))) throw damaged();
    change.explain(kid.number);
    change.explainNew(change.plain(kid.number));
  }
  return [];
}

function kidsOf({ newer }: Change, field: PdfDictionary): PdfReference[] {
  const kids = newer.resolve(field.get('Kids')) ?? [];
  if (!Array.isArray(kids) || !kids.every((kid) => kid instanceof PdfReference)) throw damaged();
  return kids as PdfReference[];
}

/** A page is as it was, but for the new widgets in its list of annotations. */
function explainPage(change: Change, number: number, widgets: readonly PdfReference[], mostOfAPage: number): void {
  const { older, newer, reach } = change;
  const page = reach.annotationLists.get(number);
  const pageNumber = page ?? number;
  const before = older.object(pageNumber).value;
  if (!isDictionary(before) || !isName(before.get('Type'), 'Page')) return;
  const [was, is] =
    page === undefined
      ? [before.get('Annots'), pageOf(change, number, before).get('Annots')]
      : [before.get('Annots'), before.get('Annots')];
  const [listBefore, list] = [older.resolve(was) ?? [], newer.resolve(is)];
  if (!isExtended(listBefore, list, widgets)) throw damaged();
  const share = widgets
    .filter(
      ({ number }) => Array.isArray(list) && list.some((one) => one instanceof PdfReference && one.number === number),
    )
    .reduce((sum, widget) => sum + shareOf(older, before, change.plain(widget.number)), 0);
  // What cannot be told is too much.
  if (!(share <= mostOfAPage)) throw damaged();
  change.explainSame(was, is);
  change.explain(number);
}

function pageOf(change: Change, number: number, before: PdfDictionary): PdfDictionary {
  const after = change.plain(number);
  if (!isEqualBut(['Annots'], before, after)) throw damaged();
  return after;
}
