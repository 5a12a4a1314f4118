import { typedLine, typedNumber } from './typed-text.ts';

/** What a selector is matched against: all that a person is shown of a certificate. */
export interface Selectable {
  readonly id: string;
  readonly certificateNumber?: string | undefined;
  readonly managementNumber?: string | undefined;
  readonly enquiryNumber?: string | undefined;
  readonly qualification: string;
  readonly specialty?: string | undefined;
  readonly level?: string | undefined;
}

export type NumberKind = 'managementNumber' | 'enquiryNumber' | 'certificateNumber';

/** What stands in front of a number, on a certificate and in what `cert` shows. */
const NUMBER_LABELS: { readonly [K in NumberKind]: RegExp } = {
  managementNumber: /^(?:(?:电子)?证书)?管理(?:号码?|编号)|^management number/iu,
  enquiryNumber: /^(?:(?:电子)?证书)?查[询验](?:号码?|编号)|^enquiry number/iu,
  certificateNumber: /^(?:电子)?证书(?:号码?|编号)|^certificate number/iu,
};
const OTHER_LABELS = /^(?:编号(?:\(id\))?|(?:id|资格名称|专业|级别|qualification|specialty|level)(?=[\s:]))/iu;
/** A label may be explained: `Management number (管理号): …`. */
const AFTER_LABEL = /^\s*(?:\([^)]*\))?\s*[:=]?\s*/u;
const QUOTES = /["'`“”‘’「」『』《》〈〉【】[\]]/gu;
/** Nobody types more, and what is longer costs time. */
const MOST_CHARACTERS = 1_000;

/** What was typed without quotes, and without its label where it has one: that tells which number is meant. */
export function withoutLabel(typed: string): { text: string; kind?: NumberKind } {
  const line = typedLine(typed.replace(QUOTES, ' '));
  for (const kind of Object.keys(NUMBER_LABELS) as NumberKind[]) {
    const label = NUMBER_LABELS[kind].exec(line)?.[0];
    if (label !== undefined) return { text: afterLabel(line, label), kind };
  }
  return { text: afterLabel(line, OTHER_LABELS.exec(line)?.[0] ?? '') };
}

const afterLabel = (line: string, label: string): string =>
  label === '' ? line : line.slice(label.length).replace(AFTER_LABEL, '');

const folded = (text: string): string => typedNumber(text.normalize('NFKC')).toLowerCase();
/** Letters and digits alone. */
const bare = (text: string): string => folded(text).replace(/[^\p{L}\p{N}\p{M}]/gu, '');

const numbersOf = ({ id, certificateNumber, managementNumber, enquiryNumber }: Selectable): string[] =>
  [id, certificateNumber, managementNumber, enquiryNumber].filter((number) => number !== undefined);

const namesOf = ({ qualification, specialty, level }: Selectable): string[] =>
  [qualification, specialty, level].filter((name) => name !== undefined);

const same = (form: (text: string) => string, one: string, other: string): boolean =>
  form(one) !== '' && form(one) === form(other);

const contains = (names: string, text: string): boolean => bare(text) !== '' && names.includes(bare(text));

/** From the strictest to the most lenient: what fits by one of them is not looked for by the next. */
const WAYS: readonly ((certificate: Selectable, text: string) => boolean)[] = [
  ...[(text: string) => text, folded, bare].map(
    (form) => (certificate: Selectable, text: string) =>
      numbersOf(certificate).some((number) => same(form, number, text)),
  ),
  ({ qualification, specialty = '', level = '' }, text) =>
    [qualification + specialty, qualification + specialty + level].some((shown) => same(bare, shown, text)),
  (certificate, text) => namesOf(certificate).some((name) => same(bare, name, text)),
  (certificate, text) => contains(bare(namesOf(certificate).join('')), text),
  everyWordFits,
];

/** `安全工程师 中级`, or a whole line of the list. */
function everyWordFits(certificate: Selectable, text: string): boolean {
  const words = folded(text.replace(/\s+/gu, '·'))
    .split(/[^\p{L}\p{N}\p{M}_-]+/u)
    .filter((word) => bare(word) !== '');
  const names = bare(namesOf(certificate).join(''));
  const numbers = new Set(numbersOf(certificate).map(folded));
  return words.length > 1 && words.every((word) => numbers.has(word) || contains(names, word));
}

/**
 * The certificates that a person may mean by `selector`: those with that id or number, else those that are called so,
 * else those in whose qualification, specialty and level it is found. Width, case, blanks, dots, dashes, quotes and a
 * label in front make no difference.
 */
export function matching<C extends Selectable>(certificates: readonly C[], selector: string): C[] {
  if (selector.length > MOST_CHARACTERS) return [];
  for (const text of new Set([selector, withoutLabel(selector).text]))
    for (const fits of WAYS) {
      const found = certificates.filter((certificate) => fits(certificate, text));
      if (found.length > 0) return found;
    }
  return [];
}
