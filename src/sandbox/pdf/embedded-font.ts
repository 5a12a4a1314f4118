/** The font of the page as pdfkit has and does not declare it. */
export interface EmbeddedFont {
  readonly id: string;
  encode(text: string): [glyphs: string[], positions: unknown];
  readonly font: {
    readonly unitsPerEm: number;
    hasGlyphForCodePoint(codePoint: number): boolean;
    glyphForCodePoint(codePoint: number): { readonly advanceWidth: number; readonly path: { toSVG(): string } };
  };
}

/** A font must be chosen. */
export const embeddedFont = (document: PDFKit.PDFDocument): EmbeddedFont =>
  (document as unknown as { readonly _font: EmbeddedFont })._font;

interface Line {
  /** The middle of its width. */
  readonly x: number;
  readonly baseline: number;
  readonly size: number;
  /** Stroke width around the shapes, in sizes; none when left out. */
  readonly stroke?: number;
}

/** Draws text as shapes: it is seen, and no text among the other text. */
export function drawShapes(document: PDFKit.PDFDocument, text: string, { x, baseline, size, stroke }: Line): void {
  const { font } = embeddedFont(document);
  const scale = size / font.unitsPerEm;
  const glyphs = [...text].map((character) => font.glyphForCodePoint(character.codePointAt(0) ?? 0));
  let left = x - (scale * glyphs.reduce((sum, { advanceWidth }) => sum + advanceWidth, 0)) / 2;
  for (const { advanceWidth, path } of glyphs) {
    document.save().translate(left, baseline).scale(scale, -scale).path(path.toSVG());
    if (stroke === undefined) document.fill();
    else document.lineWidth(stroke * font.unitsPerEm).fillAndStroke();
    document.restore();
    left += scale * advanceWidth;
  }
}
