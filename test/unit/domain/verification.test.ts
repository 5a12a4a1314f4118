import { expect, it } from 'vitest';
import { type Layers, layer, REASONS, verdictOf, worstOf } from '../../../src/domain/verification.ts';

const GOOD: Layers = {
  structure: layer('structure', 'ONE_SIGNATURE'),
  integrity: layer('integrity', 'UNCHANGED'),
  signer: layer('signer', 'TRUSTED'),
  revisions: layer('revisions', 'NOTHING_ADDED'),
  annotation: layer('annotation', 'NONE_STATED'),
};

const CASES = Object.entries(REASONS).flatMap(([name, codes]) =>
  Object.entries(codes).map(([code, result]) => [name as keyof Layers, code, result] as const),
);

it.each(CASES)('%s %s alone makes the verdict that %s stands for', (name, code, result) => {
  const verdict = { pass: 'valid', fail: 'invalid', unknown: 'unknown' }[result];
  expect(verdictOf({ ...GOOD, [name]: layer(name, code as never) })).toBe(verdict);
});

it('is invalid when one layer fails, whatever is unknown', () => {
  const layers = { ...GOOD, signer: layer('signer', 'NOT_TRUSTED'), integrity: layer('integrity', 'DIGEST_MISMATCH') };
  expect(verdictOf(layers)).toBe('invalid');
});

it('takes the worst of several signatures, layer by layer, and of equals the first', () => {
  const doubtful = {
    ...GOOD,
    signer: layer('signer', 'NOT_TRUSTED'),
    revisions: layer('revisions', 'SIGNATURE_ADDED'),
  };
  const wrong = { ...GOOD, signer: layer('signer', 'KEY_USAGE_WRONG') };
  expect(worstOf([doubtful, GOOD])).toEqual(doubtful);
  expect(worstOf([GOOD, doubtful, wrong, doubtful])).toEqual({ ...GOOD, signer: wrong.signer });
});
