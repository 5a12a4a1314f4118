import { typedLine } from './typed-text.ts';

/** What is typed for the middle dot of a name; a full stop is one between Chinese characters only (`J. Smith`). */
const DOT = / ?[·•․‧∙⋅●⸱・･ꞏ᛫﹒] ?| ?(?<=\p{Script=Han}\p{M}* ?)\. ?(?=\p{Script=Han})/gu;
const BLANK_BETWEEN_HAN = /(?<=\p{Script=Han}\p{M}*) (?=\p{Script=Han})/gu;
const HAN_AND_BLANKS = /^[\p{Script=Han}\p{M} ]+$/u;
/** Longer names without a dot are those of minorities. */
const MOST_CHARACTERS_OF_A_CHINESE_NAME = 4;

/**
 * A person's name in the one form in which it is sent: NFC, half width, each middle dot U+00B7, no blank inside a Chinese
 * name (`王 伟`), single blanks in a Latin one. In a long Chinese name a blank stands for the dot. Rare characters stay.
 */
export function personName(typed: string): string {
  const name = typedLine(typed).replace(DOT, '·');
  return name.replace(BLANK_BETWEEN_HAN, blankStandsForDot(name) ? '·' : '');
}

function blankStandsForDot(name: string): boolean {
  if (!HAN_AND_BLANKS.test(name)) return false;
  const lengths = name.split(' ').map((part) => part.match(/\p{Script=Han}/gu)?.length ?? 0);
  const isSpacedOut = lengths.some((length) => length < 2);
  return !isSpacedOut && lengths.reduce((sum, length) => sum + length, 0) > MOST_CHARACTERS_OF_A_CHINESE_NAME;
}
