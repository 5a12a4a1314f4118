import type { TableColumn } from '../ports/terminal.ts';
import { printableLine } from './printable.ts';
import { displayWidth, pad, truncate } from './width.ts';

const GAP = '  ';
/** A flexible column is not cut shorter than this. */
const LEAST_WIDTH = 8;

/** Rows under titles. Flexible columns give way until all fits; where nothing fits, each row becomes a block. */
export function table(columns: readonly TableColumn[], cells: readonly (readonly string[])[], width: number): string {
  const rows = cells.map((row) => row.map(printableLine));
  const natural = columns.map(({ title }, index) =>
    Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[index] ?? ''))),
  );
  const fitted = fittedWidths(columns, natural, width);
  if (fitted === undefined) return blocks(columns, rows);
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, index) => pad(truncate(cells[index] ?? '', fitted[index] ?? 0), fitted[index] ?? 0, align))
      .join(GAP)
      .trimEnd();
  return [line(columns.map(({ title }) => title)), ...rows.map(line)].join('\n');
}

function fittedWidths(
  columns: readonly TableColumn[],
  natural: readonly number[],
  width: number,
): number[] | undefined {
  const widths = [...natural];
  let excess = widths.reduce((sum, each) => sum + each, GAP.length * (columns.length - 1)) - width;
  while (excess > 0) {
    const widest = widths
      .map((each, index) => ({ each, index }))
      .filter(({ each, index }) => columns[index]?.flexible && each > LEAST_WIDTH)
      .sort((a, b) => b.each - a.each)[0];
    if (widest === undefined) return undefined;
    widths[widest.index] = widest.each - 1;
    excess -= 1;
  }
  return widths;
}

const blocks = (columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string =>
  rows
    .map((row) => details(columns.flatMap(({ title }, index) => (row[index] ? [[title, row[index]] as const] : []))))
    .join('\n\n');

/** Labels and values, one a line, the values under each other. */
export function details(pairs: readonly (readonly [label: string, value: string])[]): string {
  const width = Math.max(0, ...pairs.map(([label]) => displayWidth(label)));
  return pairs.map(([label, value]) => `${pad(label, width)}  ${printableLine(value)}`.trimEnd()).join('\n');
}
