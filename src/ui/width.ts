import { stripVTControlCharacters } from 'node:util';
import { eastAsianWidth } from 'get-east-asian-width';

const ZERO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns that a text takes on a terminal: two for a Chinese character, none for an ANSI style or a combining mark. */
export function displayWidth(text: string): number {
  const visible = stripVTControlCharacters(text);
  if (/^[\x20-\x7e]*$/.test(visible)) return visible.length;
  let width = 0;
  for (const character of visible)
    if (!ZERO_WIDTH.test(character)) width += eastAsianWidth(character.codePointAt(0) ?? 0);
  return width;
}

export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + space : space + text;
}

/** The text cut to `width` columns, the last of them … where something is missing. Styles are not kept. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let cut = '';
  for (const character of stripVTControlCharacters(text)) {
    if (displayWidth(cut + character) > width - 1) break;
    cut += character;
  }
  return `${cut}…`;
}
