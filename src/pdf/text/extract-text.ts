/** Reads the text of a PDF with pdf.js, which may take any time and any memory: only for a process of its own. */
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { type PlacedText, rowsOf } from './rows.ts';

const MOST_PAGES = 3;
const MOST_CHARACTERS = 20_000;

type Pdfjs = typeof import('pdfjs-dist');

/** pdf.js without a canvas: a matrix is only made, never used, where nothing is drawn. */
export async function loadPdfjs(): Promise<Pdfjs> {
  Object.assign(globalThis, { DOMMatrix: class {} });
  // Else it looks for this file beside itself.
  Object.assign(globalThis, { pdfjsWorker: await import('pdfjs-dist/legacy/build/pdf.worker.min.mjs') });
  return import('pdfjs-dist/legacy/build/pdf.min.mjs');
}

/** @param cMapFolder where the character maps are by which Chinese text is written without a font in the file */
export async function extractText({ getDocument }: Pdfjs, bytes: Uint8Array, cMapFolder: string): Promise<string> {
  const loading = getDocument({
    data: bytes,
    verbosity: 0,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    maxImageSize: 0,
    // A slash at its end is asked for. What a file names is looked up in a list first.
    cMapUrl: `${cMapFolder}/`,
  });
  try {
    const rows: string[] = [];
    for await (const page of pagesOf(await loading.promise)) rows.push(...rowsOf(await textOf(page)));
    return rows.join('\n').slice(0, MOST_CHARACTERS);
  } finally {
    void loading.destroy().catch(() => undefined);
  }
}

async function* pagesOf(document: PDFDocumentProxy): AsyncGenerator<PDFPageProxy> {
  for (let number = 1; number <= Math.min(document.numPages, MOST_PAGES); number += 1) yield document.getPage(number);
}

async function textOf(page: PDFPageProxy): Promise<PlacedText[]> {
  const reader = page.streamTextContent().getReader();
  const found: PlacedText[] = [];
  for (let characters = 0; characters < MOST_CHARACTERS; ) {
    const { done, value } = await reader.read();
    if (done) return found;
    for (const item of value.items) {
      if (!('str' in item)) continue;
      const [, , , height = 0, x = 0, y = 0] = item.transform;
      found.push({ text: item.str, x, y, width: item.width, height: Math.abs(height) });
      characters += item.str.length;
    }
  }
  // Not waited for: it may take as long as the rest of the page.
  void reader.cancel().catch(() => undefined);
  return found;
}
