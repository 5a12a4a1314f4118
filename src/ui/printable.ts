/**
 * Text as a terminal may get it, whoever wrote it: a portal, a settings file, an argument. Control characters, escape
 * sequences other than our own styles, and what turns the direction of writing are taken out.
 */

/** C0 but tab and line feed, DEL, C1, and the bidirectional controls; line and paragraph separators. */
const STEERING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
  /\u001b\[(?:1|2|22|31|32|33|39)m|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

export const printable = (text: string): string => text.replace(STEERING, (found) => (found.length > 1 ? found : ''));

/** The same as one line. */
export const printableLine = (text: string): string => printable(text.replace(/\s*[\r\n]+\s*/g, ' '));

/** What JSON leaves as it is and a terminal would obey. */
const UNESCAPED = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** A JSON text that means the same, with such characters escaped. */
export const printableJson = (json: string): string =>
  json.replace(UNESCAPED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
