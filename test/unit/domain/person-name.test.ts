import { describe, expect, it } from 'vitest';
import { personName } from '../../../src/domain/person-name.ts';

describe('a name in one form', () => {
  it.each([
    ['样张甲', '样张甲'],
    [' 样 张　甲 ', '样张甲'],
    ['样·买买提', '样·买买提'],
    ...['•', '．', '.', '・', '･', '‧', '∙', '⋅', ' · ', ' • ', '﹒'].map((dot) => [`样${dot}买买提`, '样·买买提']),
    ['阿不都热 买买提', '阿不都热·买买提'],
    ['阿 不 都 热 样', '阿不都热样'],
    ['样𬭎 䶮', '样𬭎䶮'],
    ['样\u{e0100}张', '样\u{e0100}张'],
    ['样\u200b张\ufeff', '样张'],
    ['Ｊｏｈｎ　 Smith', 'John Smith'],
    ['J. K.  Smith', 'J. K. Smith'],
    ['Jose\u0301 A', 'José A'],
    ["O'Neil-Ａ", "O'Neil-A"],
    ['', ''],
    [' \u200b ', ''],
  ])('%j is %j', (typed, name) => expect(personName(typed)).toBe(name));
});
