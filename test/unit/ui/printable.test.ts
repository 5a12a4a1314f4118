/** What a terminal would obey never reaches it: not in text, and in JSON only escaped. */
import { describe, expect, it } from 'vitest';
import { printable, printableJson, printableLine } from '../../../src/ui/printable.ts';
import { installation } from '../../support/cert.ts';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const text = (codePoint: number) => String.fromCodePoint(codePoint);

const C0 = range(0, 0x1f);
const DELETE_AND_C1 = range(0x7f, 0x9f);
const DIRECTION = [0x061c, 0x200e, 0x200f, ...range(0x202a, 0x202e), ...range(0x2066, 0x2069)];
const SEPARATORS = [0x2028, 0x2029];
const BYTE_ORDER_MARK = 0xfeff;
/** JSON itself escapes C0 and nothing more. */
const LEFT_BY_JSON = [...DELETE_AND_C1, ...DIRECTION, ...SEPARATORS, BYTE_ORDER_MARK];
const STEERING = [...C0.filter((code) => text(code) !== '\t' && text(code) !== '\n'), ...LEFT_BY_JSON];

const HARMLESS = [
  'abc',
  '样张·甲',
  '样𬭎䶮',
  'é',
  'ｱ',
  '~',
  '\u00a0',
  '\u00a1',
  '\u061b',
  '\u200d',
  '\u2027',
  '\u2030',
  '👨‍👩‍👧',
  '\ufefe',
];
const STYLES = ['1', '2', '22', '31', '32', '33', '39'].map((code) => `\u001b[${code}m`);

const hex = (code: number) => `U+${code.toString(16).padStart(4, '0')}`;

describe('in JSON', () => {
  it.each(LEFT_BY_JSON.map((code) => [hex(code), code] as const))('%s is escaped', (_, code) => {
    const value = { [`a${text(code)}`]: `b${text(code)}c` };
    const json = printableJson(JSON.stringify(value));
    expect(json).not.toContain(text(code));
    expect(JSON.parse(json)).toEqual(value);
  });

  it.each(HARMLESS)('%j stays', (word) => expect(printableJson(JSON.stringify(word))).toBe(`"${word}"`));

  it('of every command nothing steers a terminal, and it means the same', async () => {
    const cert = installation();
    const value = `a${STEERING.filter((code) => code !== 0)
      .map(text)
      .join('')}.pdf`;
    const set = await cert.run(['config', 'set', 'output', value, '--json']);
    const { code, out, json } = await cert.run('config get output --json');
    expect({ code, value: json.data.setting.value }).toEqual({ code: 0, value });
    for (const each of STEERING)
      expect({ code: hex(each), there: (set.out + out).includes(text(each)) }).toMatchObject({ there: false });
    const failed = await cert.run(['profile', 'use', value, '--json']);
    expect(failed.json.error.code).toBe('PROFILE_NOT_FOUND');
    for (const each of STEERING)
      expect({ code: hex(each), there: failed.out.includes(text(each)) }).toMatchObject({ there: false });
  });
});

describe('in text', () => {
  it.each(STEERING.map((code) => [hex(code), code] as const))('%s is taken out', (_, code) => {
    expect([printable, printableLine].map((shown) => shown(`a${text(code)}b`).replace(' ', ''))).toEqual(['ab', 'ab']);
  });

  it.each([...HARMLESS, ...STYLES, 'a\tb', 'a\nb'])('%j stays', (word) => expect(printable(word)).toBe(word));

  it.each(['\u001b[2J', '\u001b]0;title\u0007', '\u001b[31;1m', '\u001b[8m', '\u009b31m'])(
    '%j is no style of ours',
    (word) => {
      for (const code of [0x1b, 0x9b]) expect(printable(word)).not.toContain(text(code));
    },
  );

  it('is one line where it has to be', () => expect(printableLine('a \r\n  b\nc')).toBe('a b c'));
});
