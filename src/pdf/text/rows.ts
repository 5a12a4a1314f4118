/** What is written at one place of a page. Lengths are points, y grows upwards. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Of the height: nearer than this two pieces are one word, and further apart two lines. */
const SAME_WORD = 0.25;
const SAME_ROW = 0.5;

/**
 * The rows of a page from top to bottom, each from left to right, whatever the order in which they were written: some
 * programs write all labels first, and then all values.
 */
export function rowsOf(pieces: readonly PlacedText[]): string[] {
  const rows: PlacedText[][] = [];
  const seen = pieces.filter(({ text }) => text.trim() !== '').sort((a, b) => b.y - a.y);
  for (const piece of seen) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row === undefined || first === undefined || first.y - piece.y > SAME_ROW * height(first, piece))
      rows.push([piece]);
    else row.push(piece);
  }
  return rows.map((row) => lineOf(row.sort((a, b) => a.x - b.x)));
}

const height = (one: PlacedText, other: PlacedText): number => Math.max(1, Math.min(one.height, other.height));

function lineOf(row: readonly PlacedText[]): string {
  let line = '';
  let end = Number.NEGATIVE_INFINITY;
  for (const piece of row) {
    const isNewWord = line !== '' && piece.x - end > SAME_WORD * Math.max(1, piece.height);
    line += (isNewWord ? ' ' : '') + piece.text;
    end = piece.x + piece.width;
  }
  return line;
}
