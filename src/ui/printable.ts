/**
 * Text as a terminal may get it, whoever wrote it: a portal, a settings file, an argument. Escape sequences other than
 * our own styles, and every other character that is not seen, are taken out.
 */
import { INVISIBLE_BUT_JOINERS } from '../domain/invisible.ts';

/** Our own styles, and all that is not seen but tab and line feed. */
const STEERING = new RegExp(`\\u001b\\[(?:1|2|22|31|32|33|39)m|(?![\\t\\n])${INVISIBLE_BUT_JOINERS}`, 'gu');

export const printable = (text: string): string =>
  text.replace(STEERING, (found) => (found.startsWith('\u001b[') ? found : ''));

/** The same as one line. */
export const printableLine = (text: string): string => printable(text.replace(/\s*[\r\n]+\s*/g, ' '));

/** What JSON leaves as it is and a terminal would obey; the line feeds are the document's own. */
const UNESCAPED = new RegExp(`(?!\\n)${INVISIBLE_BUT_JOINERS}`, 'gu');
const UNIT = /./gs;

/** A JSON text that means the same, with such characters escaped. */
export const printableJson = (json: string): string =>
  json.replace(UNESCAPED, (character) =>
    character.replace(UNIT, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
