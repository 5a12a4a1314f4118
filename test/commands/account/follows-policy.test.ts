import { describe, expect, it } from 'vitest';
import { followsPolicy } from '../../../src/commands/account/follows-policy.ts';
import { meets } from '../../../src/domain/credential-policy.ts';

const policy = (pattern: string) => ({
  minLength: 1,
  maxLength: 20,
  pattern,
  description: { zh: '样张', en: 'sample' },
});

describe("a portal's policy", () => {
  it.each([
    ['[a-z]+', 'abc', true],
    ['[a-z]+', 'abc1', false],
    ['[a-z]+', '1abc', false],
    ['a|b', 'ab', false],
    ['^[a-z]+$', 'abc', true],
    ['[a-z]+', 'abc\n', false],
    ['\\p{L}+', '样张', true],
    ['[\\w\\-]+', 'a-b', true],
    ['a)|(b', 'anything', true],
    ['(', 'anything', true],
  ])('%s of %j is followed: %s', (pattern, value, follows) =>
    expect(followsPolicy(policy(pattern), value)).toBe(follows),
  );

  it('is met as a whole', () => {
    expect(meets(policy('[a-z]+'), 'abc')).toBe(true);
    expect(meets(policy('[a-z]+'), 'abc1')).toBe(false);
  });
});
