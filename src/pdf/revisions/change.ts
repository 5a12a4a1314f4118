/** One revision against an older one: which objects it defines, and which of them have been explained. */

import type { PdfStream } from '../syntax/decoded.ts';
import type { PdfDocument } from '../syntax/document.ts';
import {
  damaged,
  isDictionary,
  type PdfDictionary,
  PdfReference,
  type PdfValue,
  SyntaxFailure,
} from '../syntax/objects.ts';
import type { Appended } from './appended.ts';
import { isEqual } from './equal.ts';
import type { Reachable } from './reachable.ts';

export class Change {
  readonly older: PdfDocument;
  readonly newer: PdfDocument;
  /** The objects of the older revision: what is explained must not change what they lead to. */
  readonly reach: Reachable;
  readonly catalogs: { readonly older: PdfDictionary; readonly newer: PdfDictionary };
  readonly #appended: Appended;
  readonly #unexplained: Set<number>;

  /** @throws SyntaxFailure */
  constructor(older: PdfDocument, newer: PdfDocument, reach: Reachable, appended: Appended) {
    this.older = older;
    this.newer = newer;
    this.reach = reach;
    this.#appended = appended;
    this.#unexplained = new Set([...appended.objects.keys()].filter((number) => !this.#isAsBefore(number)));
    const [before, after] = [older, newer].map((document) => document.resolve(document.trailer.get('Root')));
    if (!isDictionary(before) || !isDictionary(after)) throw damaged();
    this.catalogs = { older: before, newer: after };
  }

  get isExplained(): boolean {
    return this.#unexplained.size === 0;
  }

  /** The objects that are not explained and that something in the older revision leads to. */
  changedBefore(): number[] {
    return [...this.#unexplained].filter((number) => this.reach.numbers.has(number));
  }

  explain(number: number): void {
    this.#unexplained.delete(number);
  }

  /** Takes an object that nothing in the older revision leads to, and all such objects to which it leads, as explained. */
  explainNew(value: PdfValue | undefined): void {
    const stack = [value];
    while (stack.length > 0) {
      const next = stack.pop();
      if (next instanceof PdfReference) {
        if (this.reach.numbers.has(next.number) || !this.#unexplained.delete(next.number)) continue;
        stack.push(this.newer.object(next.number).value);
      } else if (isDictionary(next)) for (const item of next.entries.values()) stack.push(item);
      else if (Array.isArray(next)) for (const item of next) stack.push(item);
    }
  }

  /** Takes the object of a value as explained where the value is new, or stands for the same object as before. */
  explainSame(before: PdfValue | undefined, after: PdfValue | undefined): void {
    if (!(after instanceof PdfReference)) return;
    if (isEqual(before, after) || !this.reach.numbers.has(after.number)) this.explain(after.number);
  }

  /** A dictionary of the newer revision that is not a stream's. @throws SyntaxFailure damaged where it is none */
  plain(number: number): PdfDictionary {
    const { value } = this.newer.object(number);
    if (!isDictionary(value) || value.isAmbiguous || this.#appended.objects.get(number)?.isStream) throw damaged();
    return value;
  }

  /** Whether an object was there, and says the same. */
  #isAsBefore(number: number): boolean {
    if (!this.older.has(number)) return false;
    if (!isEqual(this.older.object(number).value, this.newer.object(number).value)) return false;
    const [before, after] = [this.older, this.newer].map((document) => streamOf(document, number));
    return before === undefined || after === undefined ? before === after : before.data.equals(after.data);
  }
}

function streamOf(document: PdfDocument, number: number): PdfStream | undefined {
  try {
    return document.stream(number);
  } catch (error) {
    if (error instanceof SyntaxFailure && error.reason === 'damaged') return undefined;
    throw error;
  }
}
