/** Telling a file that a program wrote anew after signing from one that was tampered with: both are refused, in other words. */
import type { PdfDocument } from './syntax/document.ts';
import { type PdfDictionary, PdfString } from './syntax/objects.ts';

const [LESS, GREATER] = Buffer.from('<>');

/**
 * Whether the file is whole and has the signature that once stood in the hole, but somewhere else: then its bytes are
 * no longer where they were when it was signed.
 * @throws SyntaxFailure
 */
export function isRewritten(
  document: PdfDocument,
  signature: PdfDictionary,
  [, holeStart, holeEnd]: readonly [number, number, number, number],
): boolean {
  const { bytes, isRebuilt } = document;
  const contents = document.resolve(signature.get('Contents'));
  if (isRebuilt || !(contents instanceof PdfString) || contents.bytes.length === 0) return false;
  const fitsTheHole = 2 * contents.bytes.length + 2 <= holeEnd - holeStart;
  const isHoleInPlace = bytes[holeStart] === LESS && bytes[holeEnd - 1] === GREATER;
  const isInTheHole = holeStart <= contents.start && contents.end <= holeEnd;
  return fitsTheHole && !isHoleInPlace && !isInTheHole;
}
