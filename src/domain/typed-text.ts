/** What people type and paste, in one form: the same characters come with many widths, dots, dashes and blanks. */

/** Hyphens, dashes and the minus sign. */
const DASHES = /[\u2010-\u2015\u2043\u2212\ufe58\ufe63]+/gu;
/** Printable ASCII at full width lies at a constant distance. */
const WIDE = /[\uff01-\uff5e]/g;
const WIDE_DISTANCE = 0xfee0;

/**
 * A line in NFC, at half width, with single blanks, without characters that cannot be seen. NFKC would do more: it
 * changes characters that are other ones in a name.
 */
export const typedLine = (typed: string): string =>
  typed
    .normalize('NFC')
    .replace(WIDE, (wide) => String.fromCharCode(wide.charCodeAt(0) - WIDE_DISTANCE))
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();

/** A number as it was typed, without blanks, each dash a `-`. */
export const typedNumber = (typed: string): string => typedLine(typed).replace(DASHES, '-').replaceAll(' ', '');
