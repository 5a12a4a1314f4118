import { typedNumber } from './typed-text.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** The check digit that follows 17 digits of a resident identity number (GB 11643-1999, ISO 7064 MOD 11-2). */
export const checkDigit = (first17: string): string =>
  CHECK_DIGITS[WEIGHTS.reduce((sum, weight, index) => sum + weight * Number(first17[index]), 0) % 11] ?? '';

/** Whether a resident identity number is 17 digits and their check digit. Whether it was ever issued nobody can tell. */
export const isResidentIdNumber = (number: string): boolean =>
  /^\d{17}[\dX]$/.test(number) && checkDigit(number.slice(0, 17)) === number[17];

/** Issued until 1999, and still in old records: the year of birth with two digits, no check digit. */
export const isOldResidentIdNumber = (number: string): boolean => /^\d{15}$/.test(number);

/** Region, date of birth, and about as many digits as follow them. */
const RESIDENT_LIKE = /^[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{2,4}[\dX]?$/;
/** The new permanent residence card of foreigners: a 9, and then a province, which none has that begins with 9. */
const FOREIGNERS_CARD = /^9[1-8]\d{15}[\dX]$/;

/**
 * Whether a document number, of whatever document, can only be a resident number with a mistake: no other document has
 * such numbers. Those of foreigners' cards are as long; how their last digit is made is not published, so none is doubted.
 */
export const isMistypedResidentIdNumber = (number: string): boolean =>
  (/^\d{17}[\dX]$/.test(number) || RESIDENT_LIKE.test(number)) &&
  !FOREIGNERS_CARD.test(number) &&
  !isResidentIdNumber(number);

/** Letters of any script, digits and the marks between them: 军字第2001988号, 1234567801(B). */
const DOCUMENT_NUMBER = /^(?=.*\p{N})[\p{L}\p{N}\p{M}()〔〕[\]/.#·_-]{1,40}$/u;

/**
 * The number of an identity document in the one form in which it is sent: half width, without blanks, in upper case.
 * Undefined for what can be no document's. What the number of each document looks like, only the portal knows.
 */
export function documentNumber(typed: string): string | undefined {
  const number = typedNumber(typed).toUpperCase();
  return DOCUMENT_NUMBER.test(number) ? number : undefined;
}

/**
 * A document number as it may be shown without being asked for: two characters at each end, one of a number shorter
 * than eight. What the portal masked already stays as it is.
 */
export function maskIdNumber(number: string): string {
  if (number.includes('*')) return number;
  const shown = number.length < 8 ? 1 : 2;
  return (
    number.slice(0, shown) + '*'.repeat(Math.max(0, number.length - 2 * shown)) + number.slice(shown).slice(-shown)
  );
}
