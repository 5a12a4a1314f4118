import type { PdfDocument } from './syntax/document.ts';
import {
  isDictionary,
  isName,
  type PdfDictionary,
  PdfReference,
  type PdfValue,
  SyntaxFailure,
} from './syntax/objects.ts';

/** A signature dictionary, and whether it stands in the file itself, not inside of a compressed stream. */
export interface SignatureDictionary {
  readonly dictionary: PdfDictionary;
  readonly isInFile: boolean;
  /** The field whose value it is, as the form or a page has it. */
  readonly field: PdfValue;
}

const MAX_FIELDS = 50_000;
const MAX_SIGNATURES = 32;
const MARK = '/ByteRange';

/** The signatures that the document's form has in use, each once. @throws SyntaxFailure */
export function signaturesInUse(document: PdfDocument): SignatureDictionary[] {
  const root = document.resolve(document.trailer.get('Root'));
  if (!isDictionary(root)) throw new SyntaxFailure('damaged');
  const form = document.dictionary(root, 'AcroForm');
  const found = new Map<unknown, SignatureDictionary>();
  const visit = fieldVisitor(document, found);
  if (form !== undefined) visit(document.resolve(form.get('Fields')));
  if (hasMoreThan(found.size, document.bytes))
    for (const annotations of annotationsOfPages(document, root)) visit(annotations);
  return [...found.values()];
}

/** Whether the file says what it signs more often than so many times. */
function hasMoreThan(count: number, bytes: Buffer): boolean {
  let left = count;
  for (let at = bytes.indexOf(MARK); at !== -1; at = bytes.indexOf(MARK, at + MARK.length)) {
    left -= 1;
    if (left < 0) return true;
  }
  return false;
}

interface Inherited {
  readonly type?: PdfValue | undefined;
  readonly value?: PdfValue | undefined;
}

/** Walks fields and their kids; `FT` and `V` are inherited (ISO 32000-1, 12.7.3.1). */
function fieldVisitor(document: PdfDocument, found: Map<unknown, SignatureDictionary>) {
  const seen = new Set<unknown>();
  return (fields: PdfValue | undefined): void => {
    const stack: { value: PdfValue; isInFile: boolean; inherited: Inherited }[] = [];
    const push = (values: PdfValue | undefined, inherited: Inherited) => {
      if (!Array.isArray(values)) return;
      for (const value of values) stack.push({ value, isInFile: true, inherited });
    };
    push(fields, {});
    for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
      const { value, inherited } = item;
      if (seen.has(keyOf(value))) continue;
      seen.add(keyOf(value));
      if (seen.size > MAX_FIELDS) throw new SyntaxFailure('too-complex');
      const { value: field, isInFile } = located(document, value, item.isInFile);
      if (!isDictionary(field)) continue;
      const type = document.resolve(field.get('FT')) ?? inherited.type;
      const signature = field.get('V') ?? inherited.value;
      push(document.resolve(field.get('Kids')), { type, value: signature });
      if (!isName(type, 'Sig') || signature === undefined) continue;
      const { value: dictionary, ...place } = located(document, signature, isInFile);
      const key = keyOf(signature);
      if (isDictionary(dictionary) && !found.has(key)) found.set(key, { dictionary, ...place, field: value });
      if (found.size > MAX_SIGNATURES) throw new SyntaxFailure('too-complex');
    }
  };
}

const keyOf = (value: PdfValue): unknown => (value instanceof PdfReference ? value.number : value);

const located = (document: PdfDocument, value: PdfValue, isInFile: boolean) =>
  value instanceof PdfReference ? document.object(value.number) : { value, isInFile };

const MAX_PAGES = 50_000;

/** Some producers hang the signature's field on a page only. */
function* annotationsOfPages(document: PdfDocument, root: PdfDictionary): Generator<PdfValue | undefined> {
  const seen = new Set<unknown>();
  const stack: PdfValue[] = [root.get('Pages') ?? null];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(keyOf(node))) continue;
    seen.add(keyOf(node));
    if (seen.size > MAX_PAGES) throw new SyntaxFailure('too-complex');
    const page = document.resolve(node);
    if (!isDictionary(page)) continue;
    const kids = document.resolve(page.get('Kids'));
    // One by one: a spread of what a file holds could be more arguments than a call takes.
    if (Array.isArray(kids)) for (const kid of kids) stack.push(kid);
    yield document.resolve(page.get('Annots'));
  }
}
