/** Personal data as it may be shown without being asked for. */
import { isResidentIdNumber, maskIdNumber } from './id-number.ts';
import type { KnownSecrets } from './known-secrets.ts';

/** A name with all but its first character hidden: 样**. */
export const maskName = (name: string): string => {
  const [first = '', ...rest] = [...name];
  return first + '*'.repeat(rest.length);
};

/** A text without long runs of digits, such as document numbers are. */
export const maskLongNumbers = (text: string): string => text.replace(/\d{14,}[\dXx]?/g, maskIdNumber);

/** 17 digits and the check digit, as one word or in the groups in which people write them. */
const RESIDENT =
  /(?=([\d０-９]{6}[ -]?[\d０-９]{4}[ -]?[\d０-９]{2}[ -]?[\d０-９]{2}[ -]?[\d０-９]{3}[ -]?[\dXx０-９Ｘｘ]))/g;
const BIRTHDAY = /^\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/;

/** A text without resident identity numbers: those whose check digit is right, with a possible day of birth. */
export function maskIdNumbers(text: string): string {
  let shown = '';
  let end = 0;
  for (const { index, 1: found = '' } of text.matchAll(RESIDENT)) {
    const number = found.normalize('NFKC').replace(/[ -]/g, '').toUpperCase();
    if (index < end || !BIRTHDAY.test(number) || !isResidentIdNumber(number)) continue;
    shown += text.slice(end, index) + maskIdNumber(number.slice(0, 17) + found.slice(-1).normalize('NFKC'));
    end = index + found.length;
  }
  return shown + text.slice(end);
}

/**
 * A message without resident identity numbers, what stands before the host in an address, and what is known to be
 * secret: whoever wrote it, a portal that repeats what it was sent, or a person who typed it in the wrong place.
 */
export const withoutSecrets = (text: string, known: Pick<KnownSecrets, 'hide'>): string =>
  maskIdNumbers(known.hide(withoutUserInfo(text)));

/** `https://user:secret@host` as `https://host`, wherever in a text it stands. */
export const withoutUserInfo = (text: string): string =>
  text.replace(/([a-z][a-z\d+.-]{0,20}:\/\/)[^\s/@"'<>]{1,1000}@/gi, '$1');
