import { describe, expect, it } from 'vitest';
import { passwordStrength } from '../../../src/domain/password-strength.ts';

it.each<[string, readonly string[], string]>([
  ['', [], 'weak'],
  ['Aa1', [], 'weak'],
  ['Abc12345', [], 'weak'],
  ['Password1', [], 'weak'],
  ['Qwerty123', [], 'weak'],
  ['Aaaaaaaa1', [], 'weak'],
  ['Woaini520', [], 'weak'],
  ['demo_Nurse1', ['demo_nurse'], 'weak'],
  ['Kx19900202', ['19900202'], 'weak'],
  ['Gu7tReis', [], 'fair'],
  ['Haus4Katze', [], 'fair'],
  ['Gu7t!Reisen-Kq', [], 'strong'],
  ['mR9vT2xK8qLw', [], 'strong'],
  ['Gu7tReis', ['abc', ''], 'fair'],
])('the strength of %j (known: %j) is %s', (password, known, strength) => {
  expect(passwordStrength(password, known)).toBe(strength);
});

describe('the strength of a password, at its edges', () => {
  it.each([
    ['seven letters', 'bdfhkmq', 'weak'],
    ['eight', 'bdfhkmqs', 'fair'],
    ['twelve', 'bdfhkmqszwrv', 'fair'],
    ['thirteen', 'bdfhkmqszwrvx', 'strong'],
    ['seven of two kinds', 'Bdfhkmq', 'fair'],
    ['eight, of five different ones', 'bdfhkbdf', 'weak'],
    ['eight, of six', 'bdfhkmbd', 'fair'],
    ['a common word among eight more', 'mimabdfhkqsz', 'fair'],
    ['a common word among seven more', 'mimabdfhkqs', 'weak'],
    ['three neighbours on a row', 'qwezdmtpx', 'weak'],
    ['three neighbours, backwards', 'ewqzdmtpx', 'weak'],
    ['the same three times', 'bbbzdmtpx', 'weak'],
    ['two neighbours', 'qwzdmtpxk', 'fair'],
  ])('%s: %s is %s', (_, password, strength) => expect(passwordStrength(password)).toBe(strength));

  it.each([
    ['Zhang', 'weak'],
    ['kPzh', 'weak'],
    ['kPz', 'strong'],
    ['other', 'strong'],
    ['', 'strong'],
  ])('with %s known of its owner: %s', (word, strength) =>
    expect(passwordStrength('7kPzhang-Vm4x', [word])).toBe(strength),
  );
});
