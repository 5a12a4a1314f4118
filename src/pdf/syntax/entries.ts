import type { PdfDictionary } from './objects.ts';

/** Where an object is: at an offset, inside of an object stream as the one of that index, or not in use. */
export type Entry =
  | { readonly offset: number; readonly generation: number }
  | { readonly container: number; readonly index: number }
  | 'free';

/** Where the objects of a file are, by number, and its newest trailer. */
export interface Index {
  readonly entries: ReadonlyMap<number, Entry>;
  readonly trailer: PdfDictionary;
}

export const MAX_OBJECTS = 1_000_000;
