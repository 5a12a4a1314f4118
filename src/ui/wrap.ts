import { displayWidth, pad } from './width.ts';

const GAP = '  ';
const LEAST_WIDTH = 16;

/** What stays on one line: a word with the space behind it, or a Chinese character with the marks around it. */
const PIECE = /[\x21-\x7e]+ *|[（「『“‘《]*. *[，。；：、！？）」』”’》]*/gsu;

/** The lines of a text, each at most `width` columns. A word longer than a line is not broken. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(PIECE) ?? []) {
    if (line !== '' && displayWidth((line + piece).trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += line === '' ? piece.trimStart() : piece;
  }
  return [...lines, line.trimEnd()];
}

/** Labels and texts, the texts under each other, in as many lines as they need. */
export function entries(pairs: readonly (readonly [label: string, text: string])[], indent: string, width: number) {
  const labelWidth = Math.max(0, ...pairs.map(([label]) => displayWidth(label)));
  const hanging = indent + ' '.repeat(labelWidth) + GAP;
  const room = Math.max(LEAST_WIDTH, width - displayWidth(hanging));
  return pairs
    .map(
      ([label, text]) =>
        `${indent}${pad(label, labelWidth)}${GAP}${text
          .split('\n')
          .flatMap((line) => wrap(line, room))
          .join(`\n${hanging}`)}`,
    )
    .join('\n');
}
