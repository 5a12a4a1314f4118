/** Text that was copied from a chat, a web page or a dialog: it brings characters along that nobody sees. */

/** Blanks of every width, control and format characters (byte-order mark, direction marks), and letters without ink. */
const UNSEEN = /[\s\p{Cc}\p{Cf}\u115f\u1160\u2800\u3164\uffa0]/u;

/** In time that grows with the text: `/\s+$/` does not. */
function trimmed(text: string): string {
  const characters = [...text];
  const isSeen = (character: string) => !UNSEEN.test(character);
  const first = characters.findIndex(isSeen);
  return first === -1 ? '' : characters.slice(first, characters.findLastIndex(isSeen) + 1).join('');
}

/** The text without what cannot be seen at either end; one of nothing else stays as it is, so that it is not absent. */
export const withoutUnseenEnds = (text: string): string => trimmed(text) || text;

const QUOTES: readonly (readonly [open: string, close: string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['‘', '’'],
  ['「', '」'],
];

/** The text without the quotation marks around it, and without what cannot be seen inside and outside of them. */
export function withoutQuotes(text: string): string {
  const inner = trimmed(text);
  const isQuoted = QUOTES.some(([open, close]) => inner.length > 1 && inner.startsWith(open) && inner.endsWith(close));
  return isQuoted ? trimmed(inner.slice(1, -1)) : inner;
}

/** Control characters, line and paragraph separators, direction marks; not the joiners that names are written with. */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\u2060\ufeff]/gu;

const nameOf = (character: string): string =>
  `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

/** The first character that is not to be seen, such as `U+202E`; undefined where there is none. */
export function firstUnseen(text: string): string | undefined {
  const [found] = text.match(INVISIBLE) ?? [];
  return found && nameOf(found);
}

/** The text with what is not to be seen written out, such as `<U+FEFF>`; tabs and line breaks stay. */
export const withUnseenNamed = (text: string): string =>
  text.replace(INVISIBLE, (found) => (/[\t\r\n]/.test(found) ? found : `<${nameOf(found)}>`));
