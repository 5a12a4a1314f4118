import { type Glyphs, glyphsOf } from './glyphs.ts';

export interface TextStyle {
  readonly x: number;
  /** The height of the text's middle: texts of different sizes on one line share it. */
  readonly middle: number;
  readonly width: number;
  readonly size: number;
  /** The height that the text may take; one line of it unless told. */
  readonly room?: number;
  readonly color?: string;
  readonly weight?: 'regular' | 'bold';
  readonly align?: 'left' | 'center' | 'right';
}

const INK = '#1d2733';

const LEAST_SIZE = 7;
/** From one line's middle to the next, in sizes. */
const LEADING = 1.3;
/** More than any place on the page can hold, and few enough to measure. */
const MAX_CHARACTERS = 600;
/** What stays on one line: a Chinese character, or a word unless it is very long. */
const PIECE = /[\x21-\x7e]{1,20}|./gsu;

/** Writes a text as large as its room allows: made smaller, wrapped, and cut only where even that is not enough. */
export function write(document: PDFKit.PDFDocument, text: string, style: TextStyle): void {
  const { x, middle, width, size, room = size * LEADING, color = INK, weight = 'regular', align = 'left' } = style;
  const glyphs = glyphsOf(document, { color, weight });
  const pieces = piecesOf(glyphs, text);
  let points = size;
  let lines = wrapped(pieces, width / points);
  while (points > LEAST_SIZE && lines.length * points * LEADING > room) {
    points -= 0.5;
    lines = wrapped(pieces, width / points);
  }
  const shown = cut(lines, Math.max(1, Math.floor(room / points / LEADING)));
  shown.forEach((line, index) => {
    const left = { left: 0, center: 0.5, right: 1 }[align] * (width - points * glyphs.width(line));
    glyphs.draw(line, { x: x + left, middle: middle + (index - (shown.length - 1) / 2) * LEADING * points, points });
  });
}

interface Piece {
  readonly text: string;
  /** At size 1. */
  readonly width: number;
}

function piecesOf(glyphs: Glyphs, text: string): Piece[] {
  const start = [...text.slice(0, 2 * MAX_CHARACTERS)].slice(0, MAX_CHARACTERS).join('');
  return (start.match(PIECE) ?? []).map((piece) => ({ text: piece, width: glyphs.width(piece) }));
}

function wrapped(pieces: readonly Piece[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of pieces) {
    if (line !== '' && used + piece.width > width) {
      lines.push(line.trimEnd());
      line = '';
      used = 0;
    }
    if (line === '' && piece.text === ' ') continue;
    line += piece.text;
    used += piece.width;
  }
  return [...lines, line];
}

function cut(lines: readonly string[], most: number): readonly string[] {
  if (lines.length <= most) return lines;
  const last = [...(lines[most - 1] ?? '')].slice(0, -2).join('');
  return [...lines.slice(0, most - 1), `${last}…`];
}
