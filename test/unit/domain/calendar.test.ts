import { describe, expect, it } from 'vitest';
import { inForce, lastValidDay } from '../../../src/domain/annotation.ts';
import { addDays, dayOf, daysBetween, shanghaiTime } from '../../../src/domain/calendar.ts';

describe('the day in Asia/Shanghai', () => {
  it.each([
    ['2026-11-24T15:59:59.999Z', '2026-11-24'],
    ['2026-11-24T16:00:00Z', '2026-11-25'],
    ['2026-11-24T23:59:59+08:00', '2026-11-24'],
    ['2026-11-25T00:00:00+08:00', '2026-11-25'],
    ['2026-12-31T11:00:00-05:00', '2027-01-01'],
    ['2028-02-28T16:00:00Z', '2028-02-29'],
  ])('at %s is %s', (instant, day) => expect(dayOf(instant)).toBe(day));

  it('is told with its offset', () => {
    expect(shanghaiTime('2026-11-24T16:30:15.999Z')).toBe('2026-11-25T00:30:15+08:00');
  });
});

describe('counting days', () => {
  it.each([
    ['2026-11-24', 0, '2026-11-24'],
    ['2026-11-24', 90, '2027-02-22'],
    ['2027-12-31', 1, '2028-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-03-08', -1, '2026-03-07'],
  ])('%s and %i days is %s', (day, days, expected) => {
    expect(addDays(day, days)).toBe(expected);
    expect(daysBetween(day, expected)).toBe(days);
  });
});

describe('the validity of an annotation', () => {
  it.each([
    [1, '2026-11-25'],
    [90, '2027-02-22'],
  ])('of %i days ends on %s', (days, last) => expect(lastValidDay('2026-11-24', days)).toBe(last));

  it.each([
    ['2027-02-21', true],
    ['2027-02-22', true],
    ['2027-02-23', false],
  ])('on %s it is in force: %s', (day, expected) => expect(inForce('2027-02-22', day)).toBe(expected));
});
