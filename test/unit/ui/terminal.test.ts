import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseLanguage, parseLanguage } from '../../../src/config/locale.ts';
import { wantsColor } from '../../../src/ui/style.ts';
import { details, table } from '../../../src/ui/table.ts';
import { displayWidth, pad, truncate } from '../../../src/ui/width.ts';
import { entries } from '../../../src/ui/wrap.ts';

describe('display width', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['护士', 4],
    ['（', 2],
    ['ｱ', 1],
    ['é', 1],
    ['e\u0301', 1],
    ['\u001b[31m红\u001b[39m', 2],
    ['𠮷', 2],
    ['a\u200bb', 2],
  ])('of %j is %i', (text, width) => expect(displayWidth(text)).toBe(width));

  it.each([
    ['护士执业资格', 7, '护士执…'],
    ['护士执业资格', 6, '护士…'],
    ['护士', 4, '护士'],
    ['abcdef', 4, 'abc…'],
    ['护士', 1, '…'],
  ])('%s cut to %i is %s', (text, width, cut) => expect(truncate(text, width)).toBe(cut));

  it('pads by columns', () => {
    expect(pad('护', 4)).toBe('护  ');
    expect(pad('护', 4, 'right')).toBe('  护');
  });
});

describe('a table', () => {
  const columns = [
    { title: '编号' },
    { title: '资格名称', flexible: true },
    { title: 'Days', align: 'right' as const },
  ];

  it('aligns Chinese and English', () => {
    expect(
      table(
        columns,
        [
          ['c-1', '护士执业资格', '9'],
          ['c-22', '经济师', '10'],
        ],
        80,
      ),
    ).toBe(['编号  资格名称      Days', 'c-1   护士执业资格     9', 'c-22  经济师          10'].join('\n'));
  });

  it('cuts flexible columns where the terminal is narrow', () => {
    const lines = table(columns, [['c-1', '一级注册建筑工程师（建筑工程）', '9']], 24).split('\n');
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(24);
    expect(lines[1]).toContain('…');
  });

  it('shows blocks where nothing fits', () => {
    const text = table(columns, [['a-very-long-identifier', '护士', '9']], 20);
    expect(text).toContain('资格名称  护士');
  });

  it('never writes a line that is too wide, as long as the fixed columns fit', () => {
    const cell = fc.string({ maxLength: 30, unit: fc.constantFrom('a', '护', '（', ' ', '9') });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), fc.integer({ min: 30, max: 120 }), (cells, width) => {
        const lines = table(
          columns,
          cells.map((text) => ['c-1', text, '9']),
          width,
        ).split('\n');
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('aligns labels', () => {
    expect(
      details([
        ['管理号', 'GL1'],
        ['Id', 'c-1'],
      ]),
    ).toBe('管理号  GL1\nId      c-1');
  });
});

describe('the language', () => {
  it.each([
    [{}, 'en'],
    [{ LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
    [{ LANG: 'zh_TW' }, 'zh-CN'],
    [{ LANG: 'de_DE.UTF-8' }, 'en'],
    [{ LANG: 'zh_CN', LC_ALL: 'en_US' }, 'en'],
    [{ LANG: 'en_US', LC_MESSAGES: 'zh_CN' }, 'zh-CN'],
    [{ LANG: 'en_US', CERT_LANG: 'zh' }, 'zh-CN'],
    [{ LANG: 'C.UTF-8' }, 'en'],
    [{ LANG: 'zhuang' }, 'en'],
  ])('with %j is %s', (env, language) => {
    expect(chooseLanguage({ env: env as Record<string, string>, systemLocale: '' })).toBe(language);
  });

  it('follows the flag, the environment, the settings, the system, in this order', () => {
    const env = { CERT_LANG: 'zh-CN', LANG: 'zh_CN' };
    expect(chooseLanguage({ flag: 'en', env, configured: 'zh-CN', systemLocale: 'zh-CN' })).toBe('en');
    expect(chooseLanguage({ env: { LANG: 'zh_CN' }, configured: 'en', systemLocale: 'zh-CN' })).toBe('en');
    expect(chooseLanguage({ env: {}, systemLocale: 'zh-Hans-CN' })).toBe('zh-CN');
  });

  it.each(['fr', '', 'english', 'z', 'zhh'])('%j is none of ours', (tag) => expect(parseLanguage(tag)).toBeUndefined());
});

describe('colours', () => {
  it.each([
    [true, true, {}, true],
    [false, true, {}, false],
    [true, false, {}, false],
    [true, true, { NO_COLOR: '1' }, false],
    [true, true, { NO_COLOR: '' }, true],
    [true, true, { TERM: 'dumb' }, false],
    [false, true, { FORCE_COLOR: '1' }, true],
    [true, true, { FORCE_COLOR: '0' }, false],
    [false, false, { FORCE_COLOR: '1' }, false],
    [false, true, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('on a terminal %s, allowed %s, with %j: %s', (isTTY, color, environment, expected) => {
    expect(wantsColor({ isTTY }, { options: { color }, environment: environment as Record<string, string> })).toBe(
      expected,
    );
  });
});

describe('labels and texts', () => {
  it('puts texts under each other and breaks them between words', () => {
    const text = entries(
      [
        ['A', 'one two three four five six'],
        ['Bcd', 'x\ny'],
      ],
      '  ',
      24,
    );
    expect(text.split('\n')).toEqual(['  A    one two three', '       four five six', '  Bcd  x', '       y']);
  });

  it('breaks Chinese anywhere but in front of a mark', () => {
    const text = entries([['签名人', '由您信任的机构担保，可以相信。']], '', 26);
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(26);
    expect(text.replace(/\s/g, '')).toBe('签名人由您信任的机构担保，可以相信。');
    expect(text).not.toMatch(/\n\s*[，。]/);
    expect(entries([['', '一二三四五六七（八）']], '', 18)).not.toMatch(/（\n/);
  });
});
