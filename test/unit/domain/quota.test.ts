import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/domain/calendar.ts';
import { type CountedAnnotation, QUOTA_RULE, quotaOn } from '../../../src/domain/quota.ts';

const DAY = '2026-11-24';

const requested = (daysAgo: number, status: CountedAnnotation['status'] = 'expired', time = '12:00:00+08:00') => ({
  status,
  requestedAt: `${addDays(DAY, -daysAgo)}T${time}`,
});

describe('the window of 90 days', () => {
  it.each([
    [0, 2],
    [1, 2],
    [88, 2],
    [89, 2],
    [90, 3],
    [91, 3],
    [365, 3],
  ])('an annotation %i days ago leaves %i slots', (daysAgo, remaining) => {
    expect(quotaOn(DAY, [requested(daysAgo)], QUOTA_RULE)).toMatchObject({ used: 3 - remaining, remaining });
  });

  it.each([
    ['2026-08-26T15:59:59Z', 3, 'the last second of the day before the window'],
    ['2026-08-26T16:00:00Z', 2, 'the first second of the window'],
    ['2026-08-27T00:00:00+08:00', 2, 'the same second, told from Shanghai'],
    ['2026-08-26T12:00:00-04:00', 2, 'the same second, told from New York'],
    ['2026-11-24T15:59:59Z', 2, 'the last second of today'],
  ])('%s leaves %i slots: %s', (requestedAt, remaining) => {
    expect(quotaOn(DAY, [{ status: 'ready', requestedAt }], QUOTA_RULE).remaining).toBe(remaining);
  });
});

describe('what counts', () => {
  it.each([
    ['generating', 2],
    ['ready', 2],
    ['expired', 2],
    ['failed', 3],
  ] as const)('%s leaves %i slots', (status, remaining) => {
    expect(quotaOn(DAY, [requested(1, status)], QUOTA_RULE).remaining).toBe(remaining);
  });
});

describe('the day the next slot frees', () => {
  it.each([
    [[], null],
    [[0], '2027-02-22'],
    [[89], '2026-11-25'],
    [[60, 30, 5], '2026-12-24'],
    [[5, 60, 30], '2026-12-24'],
    [[90, 60, 30], '2026-12-24'],
    [[80, 60, 30, 5], '2026-12-24'],
  ] as [number[], string | null][])('with annotations %j days ago: %s', (ages, nextSlotOn) => {
    const history = ages.map((age) => requested(age));
    expect(quotaOn(DAY, history, QUOTA_RULE).nextSlotOn).toBe(nextSlotOn);
  });

  it('is the first day with a slot more than the day before', () => {
    const history = [requested(60), requested(30), requested(5)];
    const { nextSlotOn } = quotaOn(DAY, history, QUOTA_RULE);
    const onDay = (day: string) => quotaOn(day, history, QUOTA_RULE).remaining;
    expect([onDay(addDays(nextSlotOn ?? '', -1)), onDay(nextSlotOn ?? '')]).toEqual([0, 1]);
  });
});
