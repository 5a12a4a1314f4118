/** A portal is not trusted: what it may say is bounded, and the bounds are here once more, by hand. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../../src/contract/examples.ts';
import { problem } from '../../../src/contract/problem.ts';
import { clientReference, count, date, days, id, instant, list, prose, text } from '../../../src/contract/scalars.ts';
import * as schemas from '../../../src/contract/schemas.ts';

/** What becomes of a value; `refused` where it breaks a bound. */
const read = (schema: v.GenericSchema, value: unknown): unknown => {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? parsed.output : 'refused';
};
const many = (length: number, character = 'a') => character.repeat(length);
const STEERING = '\u0000\u0007\u001b\u007f\u009b\u061c\u200e\u200f\u2028\u2029\u202e\u2066\u2069\ufeff';

describe('a text', () => {
  it.each([
    ['a line', text, 500],
    ['several lines', prose, 20_000],
  ])('of %s is bounded', (_, schema, most) => {
    expect(read(schema, many(most, '字'))).toBe(many(most, '字'));
    expect(read(schema, many(most + 1))).toBe('refused');
  });

  it('loses what steers a terminal', () => {
    expect(read(text, `样${STEERING}张\n\t·`)).toBe('样张·');
    expect(read(prose, `样${STEERING}\n张\t`)).toBe('样\n张');
  });

  it.each([null, 1, ['a'], {}, undefined])('is no %j', (value) => expect(read(text, value)).toBe('refused'));
});

describe.each<[string, v.GenericSchema, unknown[], unknown[]]>([
  [
    'an identifier',
    id,
    ['a', 'A-1._~', '0', many(128)],
    ['', '-a', '.', '..', '.a', '~a', 'a/b', 'a\\b', 'a b', 'a\nb', 'a%2f', 'a?b', '样', many(129)],
  ],
  [
    'a day',
    date,
    ['2026-11-24', '2028-02-29'],
    ['', '2026-11-24T00:00:00Z', '24.11.2026', '2026-13-01', '2026-1-1', '2026-02-30', '1899-12-31', '10000-01-01', 1],
  ],
  [
    'an instant',
    instant,
    ['2026-11-24T10:00:00Z', '2026-11-24T10:00:00+08:00', '2026-11-24T10:00:00.123456789-00:30'],
    [
      '2026-11-24',
      '2026-11-24T10:00:00',
      '2026-11-24 10:00:00Z',
      '2026-11-24T25:00:00Z',
      '2026-13-24T10:00:00Z',
      '2026-11-24T10:00:00+99:00',
      '2026-11-24T10:00:00.1234567890Z',
      'soon',
      0,
    ],
  ],
  ['a count', count, [0, 1, 100_000], [-1, 0.5, 100_001, 2 ** 53, Number.NaN, '1', null]],
  ['a number of days', days, [1, 90, 36_525], [0, -1, 0.5, 36_526, '1', null]],
  ['a reference', clientReference, [many(8), many(64), 'A-0aaaaa'], [many(7), many(65), 'aaaa_aaaa', 'aaaa aaaa']],
  ['a list', list(count, 3), [[], [1, 2, 3]], [[1, 2, 3, 4], { 0: 1 }, 'abc', null]],
])('%s', (_, schema, good, bad) => {
  it.each(good.map((value) => [value]))('is %j', (value) => expect(read(schema, value)).toEqual(value));
  it.each(bad.map((value) => [value]))('is not %j', (value) => expect(read(schema, value)).toBe('refused'));
});

it('a list that is too long is refused before any of its items is looked at', () => {
  let looked = 0;
  const item = v.pipe(
    v.unknown(),
    v.check(() => {
      looked += 1;
      return true;
    }),
  );
  expect(read(list(item, 3), [1, 2, 3])).toEqual([1, 2, 3]);
  expect(looked).toBe(3);
  expect(read(list(item, 3), [1, 2, 3, 4])).toBe('refused');
  expect(looked).toBe(3);
});

describe('a shape', () => {
  it('has no more items than a page may', () => {
    const page = (length: number) => ({ items: Array(length).fill(EXAMPLES.certificate), nextCursor: null });
    expect(v.is(schemas.certificatePage, page(1_000))).toBe(true);
    expect(v.is(schemas.certificatePage, page(1_001))).toBe(false);
  });

  it('has no more annotations than anybody can', () => {
    const history = (length: number) => ({ items: Array(length).fill(EXAMPLES.annotation), quota: EXAMPLES.quota });
    expect(v.is(schemas.annotationList, history(1_000))).toBe(true);
    expect(v.is(schemas.annotationList, history(1_001))).toBe(false);
  });

  it.each([
    ['token', (length: number) => ({ ...EXAMPLES.session, accessToken: many(length) }), schemas.session, 8, 1_500],
    ['picture', (length: number) => ({ ...EXAMPLES.challenge, image: many(length) }), schemas.challenge, 0, 400_000],
    ['payload', (length: number) => ({ ...EXAMPLES.challenge, payload: many(length) }), schemas.challenge, 1, 2_000],
    ['code', (length: number) => ({ code: many(length, 'A') }), problem, 1, 64],
  ])('has a %s that is bounded', (_, make, schema, least, most) => {
    expect([least, most, most + 1].map((length) => v.is(schema, make(length)))).toEqual([true, true, false]);
    if (least > 0) expect(v.is(schema, make(least - 1))).toBe(false);
  });

  it.each(['a token', 'tokén-too', 'token\n0123'])('has no token that no header can carry: %j', (accessToken) =>
    expect(v.is(schemas.session, { ...EXAMPLES.session, accessToken })).toBe(false),
  );
});
