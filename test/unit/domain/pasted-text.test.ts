import { describe, expect, it } from 'vitest';
import { firstUnseen, withoutQuotes, withoutUnseenEnds, withUnseenNamed } from '../../../src/domain/pasted-text.ts';

describe('pasted text', () => {
  it.each([
    ['\ufeffdemo', 'demo'],
    ['demo\u200b', 'demo'],
    ['\u202ademo\u202c', 'demo'],
    ['\u00a0demo\u3000', 'demo'],
    ['\u2068 \u200e demo\r\n', 'demo'],
    ['\u3164demo\u2800', 'demo'],
    ['de\u200dmo', 'de\u200dmo'],
    ['样张 甲', '样张 甲'],
    ['𬭎\ufeff', '𬭎'],
    ['', ''],
    ['\u200b', '\u200b'],
  ])('%j is %j', (given, expected) => expect(withoutUnseenEnds(given)).toBe(expected));

  it.each([
    ['“a b”', 'a b'],
    ['\u202a"a"', 'a'],
    ['" a "', 'a'],
    ['「a」', 'a'],
    ['"a', '"a'],
    ['“a"', '“a"'],
    ['"', '"'],
    ['""', ''],
    ['\u200b', ''],
  ])('in quotation marks: %j is %j', (given, expected) => expect(withoutQuotes(given)).toBe(expected));

  it('of many blanks takes no time', () => {
    const blanks = ' '.repeat(200_000);
    expect(withoutUnseenEnds(`a${blanks}b${blanks}`)).toBe(`a${blanks}b`);
  });
});

describe('what cannot be seen', () => {
  it.each([
    ['a\u202eb', 'U+202E', 'a<U+202E>b'],
    ['\u200ba', 'U+200B', '<U+200B>a'],
    ['a\u0007', 'U+0007', 'a<U+0007>'],
    ['a\nb', 'U+000A', 'a\nb'],
    ['样\u200d张 👩‍🎓', undefined, '样\u200d张 👩‍🎓'],
  ])('in %j is %s', (text, first, shown) => {
    expect(firstUnseen(text)).toBe(first);
    expect(withUnseenNamed(text)).toBe(shown);
  });
});
