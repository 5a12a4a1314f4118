import { parseDurationMs } from '../../domain/duration.ts';
import { MOST_DAYS } from '../../domain/published-rules.ts';
import { CertError } from '../../errors.ts';
import { usageError } from '../command.ts';

/** The value of a flag that is one of a few words. */
export function oneOf<const T extends string>(flag: string, value: string, known: readonly T[]): T {
  const found = known.find((word) => word === value);
  if (found === undefined) throw usageError('badValue', { flag, value, expected: { oneOf: known } });
  return found;
}

export function durationMs(flag: string, value: string): number {
  const ms = parseDurationMs(value);
  if (ms === undefined) throw usageError('badValue', { flag, value, expected: 'duration' });
  return ms;
}

/** A whole number, both bounds included. */
export function wholeNumber(flag: string, value: string, from: number, to: number): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= from && number <= to)) throw usageError('badValue', { flag, value, expected: { from, to } });
  return number;
}

/** `--days`: a whole number of days from 1 to `max`; before the portal has told its own, to what no portal exceeds. */
export function validDays(value: string, max: number = MOST_DAYS): number {
  if (!/^[1-9]\d{0,3}$/.test(value) || Number(value) > max)
    throw new CertError('VALID_DAYS_OUT_OF_RANGE', { days: value, max });
  return Number(value);
}
