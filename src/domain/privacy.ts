/** Personal data as it may be shown without being asked for. */
import { isResidentIdNumber, maskIdNumber } from './id-number.ts';

/** A name with all but its first character hidden: 样**. */
export const maskName = (name: string): string => {
  const [first = '', ...rest] = [...name];
  return first + '*'.repeat(rest.length);
};

/** A text without long runs of digits, such as document numbers are. */
export const maskLongNumbers = (text: string): string => text.replace(/\d{14,}[\dXx]?/g, maskIdNumber);

/**
 * A message without resident identity numbers and without what is known to be secret: whoever wrote it, a portal that
 * repeats what it was sent, or a person who typed a number in the wrong place.
 * Secrets shorter than `leastCharacters` stay: hiding them could hide what the message says.
 */
export function withoutSecrets(
  text: string,
  secrets: readonly (string | undefined)[],
  leastCharacters: number,
): string {
  const masked = text.replace(/\d{17}[\dXx]/g, (number) =>
    isResidentIdNumber(number.toUpperCase()) ? maskIdNumber(number) : number,
  );
  const known = secrets.filter((secret) => secret !== undefined && secret.length >= leastCharacters);
  return known.reduce<string>((shown, secret = '') => shown.replaceAll(secret, '***'), masked);
}
