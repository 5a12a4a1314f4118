import { expect, it } from 'vitest';
import { ACCESS_TOKEN } from '../../../src/domain/access-token.ts';

it.each([
  ['of 8 characters', 'a'.repeat(8), true],
  ['of 1,500 characters', '~'.repeat(1_500), true],
  ['of every visible character', '!"#$%&\'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~', true],
  ['too short', 'a'.repeat(7), false],
  ['too long', 'a'.repeat(1_501), false],
  ['with a space', 'aaaa aaaa', false],
  ['with a space at its end', 'aaaaaaaa ', false],
  ['with a line break', 'aaaaaaaa\n', false],
  ['with a tab', 'aaaa\taaaa', false],
  ['with what no header carries', 'aaaaaaaé', false],
  ['with the delete character', 'aaaaaaa\u007f', false],
])('a token %s', (_, token, isOne) => expect(ACCESS_TOKEN.test(token)).toBe(isOne));
