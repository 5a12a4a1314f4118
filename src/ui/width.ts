import stringWidth from 'string-width';

/** Columns that a text takes on a terminal: two for a Chinese character, none for an ANSI style. */
export const displayWidth = (text: string): number => (isPlainAscii(text) ? text.length : stringWidth(text));

const isPlainAscii = (text: string) => /^[\x20-\x7e]*$/.test(text);

export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + space : space + text;
}

/** The text cut to `width` columns, the last of them … where something is missing. Styles are not kept. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let cut = '';
  for (const character of text) {
    if (displayWidth(cut + character) > width - 1) break;
    cut += character;
  }
  return `${cut}…`;
}
