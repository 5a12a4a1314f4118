import { expect, it } from 'vitest';
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
