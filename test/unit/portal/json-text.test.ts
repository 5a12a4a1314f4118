import { describe, expect, it } from 'vitest';
import type { ProtocolFault } from '../../../src/errors.ts';
import { parseJson } from '../../../src/portal/json-text.ts';

const utf16 = (text: string, ...mark: number[]) => Buffer.concat([Buffer.from(mark), Buffer.from(text, 'utf16le')]);
/** 姓名 in GBK. */
const GBK = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xd0, 0xd5, 0xc3, 0xfb]), Buffer.from('"}')]);

describe('a JSON text', () => {
  it.each<[string, string | Buffer, unknown]>([
    ['with a byte order mark', '\ufeff{"a":1}', { a: 1 }],
    ['in Chinese, beyond the Basic Multilingual Plane too', '{"a":"样𬭎"}', { a: '样𬭎' }],
    ['with brackets, commas and quotes in a string', `"${'[{,\\"\\\\'.repeat(100_000)}"`, '[{,"\\'.repeat(100_000)],
    ['as deep as it may be', '['.repeat(64) + ']'.repeat(64), JSON.parse('['.repeat(64) + ']'.repeat(64))],
    ['with as many values as it may have', `[${'0,'.repeat(249_997)}0]`, new Array(249_998).fill(0)],
    ['with members that every object has by nature', '{"__proto__":{"a":1},"constructor":2}', expect.anything()],
  ])('%s is read', (_, text, value) => expect(parseJson(Buffer.from(text))).toEqual({ value }));

  it.each<[string, string | Buffer, ProtocolFault]>([
    ['empty', '', { kind: 'empty' }],
    ['half of one', '{"a":', { kind: 'not-json' }],
    ['two of them', '{}{}', { kind: 'not-json' }],
    ['white space alone', ' ', { kind: 'not-json' }],
    ['a string without end', '"\\', { kind: 'not-json' }],
    ['a closing bracket', ']', { kind: 'not-json' }],
    ['a web page', '\n<!doctype html><html>', { kind: 'web-page' }],
    ['too deep', '['.repeat(65), { kind: 'too-deep', most: 64 }],
    ['too deep in objects', '{"a":'.repeat(65), { kind: 'too-deep', most: 64 }],
    ['too deep, and more than a stack could hold', '['.repeat(8_000_000), { kind: 'too-deep', most: 64 }],
    ['too many numbers', `[${'0,'.repeat(249_999)}0]`, { kind: 'too-many', most: 250_000 }],
    ['too many objects', `[${'{},'.repeat(125_000)}{}]`, { kind: 'too-many', most: 250_000 }],
    ['too many members', `{${'"a":0,'.repeat(250_000)}"a":0}`, { kind: 'too-many', most: 250_000 }],
    ['compressed', Buffer.from([0x1f, 0x8b, 8, 0]), { kind: 'coding', name: 'gzip' }],
    ['UTF-16 with its mark', utf16('{"a":1}', 0xff, 0xfe), { kind: 'charset', name: 'UTF-16' }],
    ['UTF-16, the other way round', utf16('{"a":1}').swap16(), { kind: 'charset', name: 'UTF-16' }],
    ['UTF-16 without a mark', utf16('{"a":1}'), { kind: 'charset', name: 'UTF-16' }],
    ['GBK', GBK, { kind: 'charset', name: 'GBK' }],
    ['in no encoding at all', Buffer.from([0x22, 0xff, 0xff, 0x22]), { kind: 'charset' }],
    ['cut amid a character', Buffer.from('{"a":"样"}').subarray(0, 8), { kind: 'charset' }],
    ['control characters', '\u0000\u0001\u0002', { kind: 'not-json' }],
  ])('is none when it is %s', (_, text, fault) => expect(parseJson(Buffer.from(text))).toEqual({ fault }));
});
