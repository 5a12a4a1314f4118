import type { PdfDocument } from '../syntax/document.ts';
import { isDictionary, type PdfDictionary, type PdfValue } from '../syntax/objects.ts';

const MOST_ANCESTORS = 64;

/** How much of a page a widget covers, 0 for nothing; NaN where that cannot be told. */
export function shareOf(document: PdfDocument, page: PdfDictionary, widget: PdfDictionary): number {
  const covered = areaOf(document, widget.get('Rect'));
  const whole = areaOf(document, mediaBoxOf(document, page));
  return covered === undefined || whole === undefined ? Number.NaN : covered / whole;
}

/** It is inherited (ISO 32000-1, 7.7.3.4). */
function mediaBoxOf(document: PdfDocument, page: PdfDictionary): PdfValue | undefined {
  let node: PdfValue | undefined = page;
  for (let step = 0; step < MOST_ANCESTORS && isDictionary(node); step += 1) {
    const box = node.get('MediaBox');
    if (box !== undefined) return box;
    node = document.resolve(node.get('Parent'));
  }
  return undefined;
}

function areaOf(document: PdfDocument, rectangle: PdfValue | undefined): number | undefined {
  const values = document.resolve(rectangle);
  if (!Array.isArray(values) || values.length !== 4) return undefined;
  const [left, bottom, right, top] = values.map((value) => document.resolve(value));
  if (typeof left !== 'number' || typeof bottom !== 'number') return undefined;
  if (typeof right !== 'number' || typeof top !== 'number') return undefined;
  return Math.abs((right - left) * (top - bottom));
}
