const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** The check digit that follows 17 digits of a resident identity number (GB 11643-1999, ISO 7064 MOD 11-2). */
export const checkDigit = (first17: string): string =>
  CHECK_DIGITS[WEIGHTS.reduce((sum, weight, index) => sum + weight * Number(first17[index]), 0) % 11] ?? '';

/** Whether a resident identity number is 17 digits and their check digit. Whether it was ever issued nobody can tell. */
export const isResidentIdNumber = (number: string): boolean =>
  /^\d{17}[\dX]$/.test(number) && checkDigit(number.slice(0, 17)) === number[17];

/** Only resident numbers are that long: passports and permits have fewer digits. */
const RESIDENT_LIKE = /^\d{15,}X?$/;
const MAX_CHARACTERS = 40;

/**
 * The number of an identity document as a person typed it: without blanks, in upper case. Undefined for what cannot be
 * one, such as a resident number whose check digit is wrong.
 */
export function documentNumber(typed: string): string | undefined {
  const number = typed.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  if (!/^[A-Z0-9()-]+$/.test(number) || number.length > MAX_CHARACTERS) return undefined;
  return RESIDENT_LIKE.test(number) && !isResidentIdNumber(number) ? undefined : number;
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
