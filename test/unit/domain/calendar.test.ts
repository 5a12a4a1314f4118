import { afterEach, describe, expect, it, vi } from 'vitest';
import { inForce, lastValidDay } from '../../../src/domain/annotation.ts';
import {
  addDays,
  dayOf,
  daysBetween,
  shanghaiMinute,
  shanghaiMoment,
  shanghaiTime,
} from '../../../src/domain/calendar.ts';
import { ZONES } from '../../support/calendar.ts';

afterEach(() => vi.unstubAllEnvs());

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
    expect(shanghaiMoment(new Date('2026-11-24T16:30:15.999Z'))).toBe('2026-11-25T00:30:15.999+08:00');
  });

  it('is told to people to the minute', () => {
    expect(shanghaiMinute('2026-11-24T16:30:15.999Z')).toBe('2026-11-25 00:30');
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

describe('the first and the last day of four digits', () => {
  it.each([
    ['9999-12-31', 1, '9999-12-31'],
    ['9999-12-30', 1, '9999-12-31'],
    ['2026-11-24', Number.MAX_SAFE_INTEGER, '9999-12-31'],
    ['0000-01-01', -1, '0000-01-01'],
    ['2026-11-24', -Number.MAX_SAFE_INTEGER, '0000-01-01'],
  ])('%s and %i days is %s', (day, days, expected) => expect(addDays(day, days)).toBe(expected));

  it.each([
    ['9999-12-31T23:59:59-12:00', '9999-12-31T23:59:59+08:00'],
    ['0000-01-01T00:00:00+23:59', '0000-01-01T00:00:00+08:00'],
  ])('%s is told as %s', (instant, told) => {
    expect(shanghaiTime(instant)).toBe(told);
    expect(dayOf(instant)).toBe(told.slice(0, 10));
    expect(shanghaiMinute(instant)).toBe(told.slice(0, 16).replace('T', ' '));
  });
});

describe.each(ZONES)('on a machine in %s', (zone) => {
  // The nights in which the clocks of New York and of Cairo are changed, and a leap day.
  it.each([
    ['2027-03-13', 1, '2027-03-14'],
    ['2027-03-14', 1, '2027-03-15'],
    ['2027-11-07', 1, '2027-11-08'],
    ['2027-04-29', 1, '2027-04-30'],
    ['2027-10-28', 1, '2027-10-29'],
    ['2028-02-29', 365, '2029-02-28'],
  ])('%s and %i days is %s', (day, days, expected) => {
    vi.stubEnv('TZ', zone);
    expect(addDays(day, days)).toBe(expected);
    expect(daysBetween(day, expected)).toBe(days);
    expect(dayOf(`${day}T23:59:59+08:00`)).toBe(day);
    expect(dayOf(`${day}T24:00:00+08:00`)).toBe(addDays(day, 1));
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
