/** Rows of cells as a file that spreadsheets open (RFC 4180). */

/** So that Excel takes the file for UTF-8, and does not garble Chinese. */
const BYTE_ORDER_MARK = '\ufeff';
/** How a cell begins that a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

export const csvText = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  BYTE_ORDER_MARK + [titles, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** What begins as a formula gets an apostrophe in front: it is shown, and never calculated. */
function cell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** How a file of {@link csvText} with these titles begins. */
export const csvBeginning = (titles: readonly string[]): string => csvText(titles, []);
