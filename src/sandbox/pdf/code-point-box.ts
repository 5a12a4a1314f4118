/** A character that the font lacks: a box with its code point in two rows, such as 2E9 over F5. */
import { drawShapes, embeddedFont } from './embedded-font.ts';

/** A square that begins at `x` and has its middle at a height; its size is that of the text around it. */
export interface Box {
  readonly x: number;
  readonly middle: number;
  readonly size: number;
}

/** All in sizes of the box. */
const MARGIN = 0.05;
const STROKE = 0.04;
const DIGIT = 0.44;
const ROW = 0.39;
/** From a digit's baseline up to its middle. */
const HALF_DIGIT = 0.365 * DIGIT;
/** From the middle of a Chinese character down to its baseline. */
const BASELINE = 0.36;

export function drawCodePointBox(document: PDFKit.PDFDocument, character: string, box: Box): void {
  const { x, middle, size } = box;
  const side = size * (1 - 2 * MARGIN);
  document
    .lineWidth(size * STROKE)
    .rect(x + size * MARGIN, middle - side / 2, side, side)
    .stroke();
  const digits = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const half = Math.ceil(digits.length / 2);
  for (const [row, part] of [digits.slice(0, half), digits.slice(half)].entries()) {
    const baseline = middle + size * ((row - 0.5) * ROW + HALF_DIGIT);
    drawShapes(document, part, { x: x + size / 2, baseline, size: size * DIGIT });
  }
  writeInvisibly(document, character, box);
}

/** Controls and halves of characters: whoever copies the text gets a sign in their place. */
const WITHOUT_TEXT = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * Whoever copies or searches the text gets the character (ISO 32000-1, 14.9.4): it replaces one that is not seen.
 * pdfkit cannot mark a part of a text object, and readers lose the place of a mark around one.
 */
function writeInvisibly(document: PDFKit.PDFDocument, character: string, { x, middle, size }: Box): void {
  const font = embeddedFont(document);
  const [[glyph = '']] = font.encode('一');
  const actual = Buffer.from(`\ufeff${WITHOUT_TEXT.test(character) ? '\ufffd' : character}`, 'utf16le').swap16();
  const { height } = document.page;
  document.save().transform(1, 0, 0, -1, 0, height);
  document.addContent(
    [
      'BT 3 Tr',
      `1 0 0 1 ${x.toFixed(2)} ${(height - middle - size * BASELINE).toFixed(2)} Tm`,
      `/${font.id} ${size} Tf`,
      `/Span << /ActualText <${actual.toString('hex')}> >> BDC <${glyph}> Tj EMC`,
      'ET',
    ].join(' '),
  );
  document.restore();
}
