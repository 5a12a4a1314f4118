/**
 * The identity documents that the sandbox knows. Like a portal it looks at the shape of a number; only numbers of the
 * resident ID, and those made like them, have a check digit.
 */
import type { Meta } from '../contract/schemas.ts';
import { checkDigit, isOldResidentIdNumber, isResidentIdNumber } from '../domain/id-number.ts';

interface IdDocument {
  readonly code: string;
  readonly label: { readonly zh: string; readonly en: string };
  /** Whether a number can be one, in the form that {@link normalIdNumber} gives it. */
  readonly accepts: (number: string) => boolean;
}

const shape = (pattern: RegExp) => (number: string) => pattern.test(number);

const ID_DOCUMENTS: readonly IdDocument[] = [
  {
    code: 'resident-id',
    label: { zh: '居民身份证', en: 'resident identity card' },
    accepts: (number) => isResidentIdNumber(number) || isOldResidentIdNumber(number),
  },
  {
    code: 'officer-card',
    label: { zh: '军官证', en: "military officer's card" },
    // 军字第2001988号, or the digits alone.
    accepts: shape(/^(\p{Script=Han}{1,6})?\d{4,12}号?$/u),
  },
  {
    code: 'passport',
    label: { zh: '护照', en: 'passport' },
    accepts: shape(/^[A-Z0-9]{5,20}$/),
  },
  {
    code: 'hk-macau-permit',
    label: { zh: '港澳居民来往内地通行证', en: 'mainland travel permit for Hong Kong and Macau residents' },
    // Old ones end in two digits that count the renewals.
    accepts: shape(/^[HM]\d{8}(\d{2})?$/),
  },
  {
    code: 'taiwan-permit',
    label: { zh: '台湾居民来往大陆通行证', en: 'mainland travel permit for Taiwan residents' },
    // New ones have eight digits, old ones ten and a letter in parentheses.
    accepts: shape(/^\d{8}(\d{2}(\([A-Z]\))?)?$/),
  },
  {
    code: 'permanent-residence',
    label: { zh: '外国人永久居留身份证', en: "foreigner's permanent residence card" },
    accepts: shape(/^([A-Z]{3}\d{12}|9\d{16}[\dX])$/),
  },
  {
    code: 'hmt-residence',
    label: {
      zh: '港澳台居民居住证',
      en: 'residence permit for Hong Kong, Macau and Taiwan residents',
    },
    // 81 for Hong Kong, 82 for Macau, 83 for Taiwan.
    accepts: (number) => /^8[123]/.test(number) && isResidentIdNumber(number),
  },
];

export const ID_TYPES: Meta['idTypes'] = ID_DOCUMENTS.map(({ code, label }) => ({ code, label: { ...label } }));

/** Without blanks, in upper case, and half as wide: people type it as they like. */
export const normalIdNumber = (typed: string): string => typed.normalize('NFKC').replace(/\s/g, '').toUpperCase();

/** Whether a number can be one of a document. False for a document that is unknown. */
export const isIdNumber = (idType: string, number: string): boolean =>
  ID_DOCUMENTS.some(({ code, accepts }) => code === idType && accepts(number));

/** Whether two numbers are of one document: old records have a resident's number with 15 digits. */
export const isSameIdNumber = (one: string, other: string): boolean => longForm(one) === longForm(other);

function longForm(typed: string): string {
  const number = normalIdNumber(typed);
  if (!isOldResidentIdNumber(number)) return number;
  const first17 = `${number.slice(0, 6)}19${number.slice(6)}`;
  return first17 + checkDigit(first17);
}
