/** What a PDF makes a viewer do besides showing pages. */
import { MAX_PDF_BYTES } from '../domain/pdf-size.ts';
import { PdfDocument } from './syntax/document.ts';
import { isDictionary, PdfDictionary, PdfName, type PdfValue, SyntaxFailure } from './syntax/objects.ts';

/** Kinds of actions (ISO 32000-1, 12.6.4) that reach beyond the document. Links to pages and to the web are none. */
const ACTIONS = new Set([
  'GoToE',
  'GoToR',
  'ImportData',
  'JavaScript',
  'Launch',
  'Movie',
  'Rendition',
  'RichMediaExecute',
  'Sound',
  'SubmitForm',
]);

/** Entries of dictionaries that hold scripts, forms of another kind, files, or actions that nobody clicks. */
const ENTRIES = new Set(['AA', 'EF', 'EmbeddedFiles', 'JS', 'JavaScript', 'RichMediaContent', 'XFA']);

const MAX_VALUES = 2_000_000;

/**
 * The kinds of active content in a PDF, each once, in the words of the standard: `OpenAction`, `AA`, `Launch`,
 * `JavaScript`, `SubmitForm`, `GoToR`, `EmbeddedFiles`, `XFA` and their like; empty where it only shows pages. All
 * objects are looked at, in compressed streams too, whether anything refers to them or not. Undefined when that cannot
 * be told: the file is damaged, wants a password, or is more than this reader takes on. Never throws; bounded in time and memory.
 */
export async function activeContent(bytes: Uint8Array): Promise<readonly string[] | undefined> {
  if (bytes.length > MAX_PDF_BYTES) return undefined;
  try {
    const document = await PdfDocument.open(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return [...found(document)].sort();
  } catch (error) {
    if (error instanceof SyntaxFailure) return undefined;
    throw error;
  }
}

function found(document: PdfDocument): Set<string> {
  const kinds = new Set<string>();
  let left = MAX_VALUES;
  for (const number of document.numbers()) {
    const stack: PdfValue[] = [document.object(number).value];
    for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
      left -= 1;
      if (left < 0) throw new SyntaxFailure('too-complex');
      if (value instanceof PdfDictionary) {
        look(document, value, kinds);
        for (const entry of value.entries.values()) stack.push(entry);
      } else if (Array.isArray(value)) for (const entry of value) stack.push(entry);
    }
  }
  return kinds;
}

function look(document: PdfDocument, dictionary: PdfDictionary, kinds: Set<string>): void {
  // Of a key that stands twice readers may take the other value.
  if (dictionary.isAmbiguous) throw new SyntaxFailure('damaged');
  const action = document.resolve(dictionary.get('S'));
  if (action instanceof PdfName && ACTIONS.has(action.value)) kinds.add(action.value);
  for (const [key, value] of dictionary.entries)
    if (ENTRIES.has(key) && !isNothing(document.resolve(value))) kinds.add(key);
  if (opensMoreThanAPage(document, document.resolve(dictionary.get('OpenAction')))) kinds.add('OpenAction');
}

/** Fonts and pictures may have any name in a page's resources, such as `AA`. */
const isNothing = (value: PdfValue | undefined): boolean =>
  value === undefined || value === null || (isDictionary(value) && RESOURCES.has(nameIn(value, 'Type')));

const RESOURCES = new Set(['Font', 'XObject', 'ExtGState', 'Pattern']);

const nameIn = (dictionary: PdfDictionary, key: string): string => {
  const value = dictionary.get(key);
  return value instanceof PdfName ? value.value : '';
};

/** An array is a place in the document, and so is what a lone GoTo leads to. */
function opensMoreThanAPage(document: PdfDocument, action: PdfValue | undefined): boolean {
  if (!isDictionary(action)) return false;
  const kind = document.resolve(action.get('S'));
  return !(kind instanceof PdfName && kind.value === 'GoTo' && action.get('Next') === undefined);
}
