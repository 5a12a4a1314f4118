/** Text as the embedded font shows it; a character that the font lacks is a box with its code point. */
import { drawCodePointBox } from './code-point-box.ts';
import { embeddedFont } from './embedded-font.ts';

export interface Glyphs {
  /** At size 1. */
  width(text: string): number;
  /** Draws one line from `x` on, its middle at a height. */
  draw(line: string, place: Place): void;
}

interface Place {
  readonly x: number;
  readonly middle: number;
  readonly points: number;
}

interface Look {
  readonly color: string;
  /** Bold is the one font with thicker strokes. */
  readonly weight: 'regular' | 'bold';
}

/** In sizes. */
export const BOLD_STROKE = 0.035;
/** From the top of the font's line to its middle, in sizes. */
const HALF_LINE = 0.724;
/** A box is as wide as a Chinese character. */
const WIDE = '一';

export function glyphsOf(document: PDFKit.PDFDocument, { color, weight }: Look): Glyphs {
  document.font('regular');
  const { font } = embeddedFont(document);
  const isShown = (run: string) => font.hasGlyphForCodePoint(run.codePointAt(0) ?? 0);
  const width = (text: string) =>
    document.fontSize(1).widthOfString([...text].map((character) => (isShown(character) ? character : WIDE)).join(''));
  const options = { lineBreak: false, fill: true, stroke: weight === 'bold' };
  return {
    width,
    draw: (line, { x, middle, points }) => {
      document.fillColor(color).strokeColor(color);
      let left = x;
      for (const run of runsOf(line, isShown)) {
        document.fontSize(points).lineWidth(points * BOLD_STROKE);
        if (isShown(run)) document.text(run, left, middle - HALF_LINE * points, options);
        else drawCodePointBox(document, run, { x: left, middle, size: points });
        left += points * width(run);
      }
    },
  };
}

/** Characters that follow one another and are shown; of the others each by itself. */
function runsOf(line: string, isShown: (character: string) => boolean): string[] {
  const runs: string[] = [];
  let wasShown = false;
  for (const character of line) {
    const shown = isShown(character);
    if (shown && wasShown) runs.push((runs.pop() ?? '') + character);
    else runs.push(character);
    wasShown = shown;
  }
  return runs;
}
