/** What a document is made of: every object to which anything in it leads, and the streams that objects are in. */
import type { PdfDocument } from '../syntax/document.ts';
import { damaged, isDictionary, isName, PdfReference, type PdfValue } from '../syntax/objects.ts';

export interface Reachable {
  /** The numbers that are referred to, those of objects that are not in the file too. */
  readonly numbers: ReadonlySet<number>;
  /** The lists of annotations that are objects of their own, and the page of each. */
  readonly annotationLists: ReadonlyMap<number, number>;
}

/**
 * Follows every reference from the trailer on.
 * @param without keys of the catalog that are not followed
 * @throws SyntaxFailure damaged where readers may disagree on where something leads
 */
export function reachable(document: PdfDocument, without: readonly string[]): Reachable {
  const numbers = new Set<number>();
  const annotationLists = new Map<number, number>();
  const root = document.trailer.get('Root');
  const catalog = document.resolve(root);
  if (!(root instanceof PdfReference) || !isDictionary(catalog) || catalog.isAmbiguous) throw damaged();
  numbers.add(root.number);
  const stack: PdfValue[] = [...document.trailer.entries.values()];
  for (const container of document.containers()) stack.push(new PdfReference(container));
  for (const [key, value] of catalog.entries) if (!without.includes(key)) stack.push(value);
  for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
    if (value instanceof PdfReference) {
      if (numbers.has(value.number)) continue;
      numbers.add(value.number);
      const read = document.read(value.number).value;
      if (isDictionary(read) && isName(read.get('Type'), 'Page')) {
        const annotations = read.get('Annots');
        if (annotations instanceof PdfReference) annotationLists.set(annotations.number, value.number);
      }
      stack.push(read);
    } else if (isDictionary(value)) {
      if (value.isAmbiguous) throw damaged();
      for (const one of value.entries.values()) stack.push(one);
    } else if (Array.isArray(value)) for (const one of value) stack.push(one);
  }
  return { numbers, annotationLists };
}
