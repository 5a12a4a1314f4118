/** Text that was copied from a chat, a web page or a dialog: it brings characters along that nobody sees. */

/** Blanks of every width, control and format characters (byte-order mark, direction marks), and letters without ink. */
const UNSEEN = String.raw`[\s\p{Cc}\p{Cf}\u115f\u1160\u2800\u3164\uffa0]`;
const AT_THE_ENDS = new RegExp(`^${UNSEEN}+|${UNSEEN}+$`, 'gu');

/** The text without what cannot be seen at either end. */
export const withoutUnseenEnds = (text: string): string => text.replace(AT_THE_ENDS, '');

const QUOTES: readonly (readonly [open: string, close: string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['‘', '’'],
  ['「', '」'],
];

/** The text without the quotation marks around it, and without what cannot be seen inside and outside of them. */
export function withoutQuotes(text: string): string {
  const inner = withoutUnseenEnds(text);
  const isQuoted = QUOTES.some(([open, close]) => inner.length > 1 && inner.startsWith(open) && inner.endsWith(close));
  return isQuoted ? withoutUnseenEnds(inner.slice(1, -1)) : inner;
}

/** Control characters, line and paragraph separators, direction marks; not the joiners that names are written with. */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\u2060\ufeff]/u;

/** The first character that is not to be seen, such as `U+202E`; undefined where there is none. */
export function firstUnseen(text: string): string | undefined {
  const [found] = INVISIBLE.exec(text) ?? [];
  return found && `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
