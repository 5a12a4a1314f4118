import { damaged, isName, type PdfDictionary, PdfReference } from '../syntax/objects.ts';
import { isEqual } from './equal.ts';

/** Holds a field, a widget or a form to the keys that it may have. @throws SyntaxFailure damaged */
export function hasOnly({ entries, isAmbiguous }: PdfDictionary, keys: readonly string[]): void {
  const type = entries.get('Type');
  if (type !== undefined && !isName(type, 'Annot')) throw damaged();
  if (isAmbiguous || [...entries.keys()].some((key) => !keys.includes(key))) throw damaged();
}

/** Whether a list is the other one in its order, and beside it only some of the new ones, each once. */
export function isExtended(before: unknown, after: unknown, added: readonly PdfReference[]): boolean {
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  const left = new Set(added.map(({ number }) => number));
  const rest = after.filter((item) => !(item instanceof PdfReference && left.delete(item.number)));
  return rest.length === before.length && rest.every((item, index) => isEqual(item, before[index]));
}
