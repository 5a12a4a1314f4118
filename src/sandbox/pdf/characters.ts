/** The characters of the table 通用规范汉字表 that lie in CJK Extension A; its others lie in the ranges below. */
const OF_EXTENSION_A =
  '㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮';

/** First and last code point of each. */
const RANGES = [
  [0x0020, 0x007e], // ASCII
  [0x00a0, 0x024f], // Latin letters with accents
  [0x4e00, 0x9fff], // CJK Unified Ideographs: all of GBK and Big5
  [0x20000, 0x323af], // Extensions B to H
] as const;

const DOTS_OF_NAMES = '•‧・';

/**
 * What names, qualifications and authorities are written in: the signs of GB 2312, every character of GBK (the
 * traditional ones too) and the 8,105 of 通用规范汉字表. Of a range the embedded font gets what its source has.
 */
export function wantedCharacters(): string {
  const ranges = RANGES.map(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join(''),
  );
  return [...ranges, signsOfGb2312(), DOTS_OF_NAMES, OF_EXTENSION_A].join('');
}

/** Punctuation, units, Greek, kana and Cyrillic: rows 1 to 9 of the table. */
function signsOfGb2312(): string {
  const bytes: number[] = [];
  for (let row = 0xa1; row <= 0xa9; row += 1) for (let cell = 0xa1; cell <= 0xfe; cell += 1) bytes.push(row, cell);
  // Empty cells decode to private-use characters, for which no font has a glyph.
  return new TextDecoder('gbk').decode(Uint8Array.from(bytes)).replace(/[\p{Co}\ufffd]/gu, '');
}
