/** The scalar values of the portal contract. Every bound is part of the contract: a portal is not trusted. */
import * as v from 'valibot';
import { INVISIBLE_BUT_JOINERS } from '../domain/invisible.ts';

const UNSEEN = new RegExp(INVISIBLE_BUT_JOINERS, 'gu');
const UNSEEN_IN_LINES = new RegExp(`(?!\\n)${INVISIBLE_BUT_JOINERS}`, 'gu');

const line = (mostCharacters: number) =>
  v.pipe(
    v.string(),
    v.maxLength(mostCharacters),
    v.transform((value) => value.replace(UNSEEN, '')),
  );

/** One line of text for people, at most 500 characters; what is not seen, and could steer a terminal, is dropped. */
export const text = line(500);

/** The same, at most 100 characters. */
export const shortText = line(100);

/** Text of several lines for people, at most 20,000 characters. */
export const prose = v.pipe(
  v.string(),
  v.maxLength(20_000),
  v.transform((value) => value.replace(UNSEEN_IN_LINES, '')),
);

/** An opaque identifier: it can stand in a path segment, a file name and a log line as it is. */
export const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/));

/** The portal's code for one choice of several. */
export const code = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9_.-]{0,39}$/));

/** One of these words, or another that a later portal has: that one is passed on as it is, at most 100 characters. */
export const oneOfOrOther = <const Words extends readonly string[]>(words: Words) =>
  v.union([v.picklist(words), shortText]);

const FIRST_YEAR = '1900';
/** What follows has five digits for the year in Shanghai, which no format here can say. */
const END_OF_TIME = Date.parse('9999-12-31T24:00:00+08:00');

/** JavaScript takes the 31st of February for the 3rd of March. */
const isRealDay = (day: string): boolean => {
  const at = new Date(`${day}T00:00:00Z`);
  return day >= FIRST_YEAR && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
};

/** A calendar day in the portal's time zone, from 1900-01-01 to 9999-12-31. */
export const date = v.pipe(v.string(), v.isoDate(), v.check(isRealDay, 'no such day'));

/** An instant with its offset, RFC 3339, in the same years. */
export const instant = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/),
  v.check((value) => isRealDay(value.slice(0, 10)) && Date.parse(value) < END_OF_TIME, 'no such instant'),
);

/** Slots, attempts, characters. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(100_000));

/** A number of days, at most a century. */
export const days = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(36_525));

/** The client's own name for one submission; also its idempotency key. */
export const clientReference = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{8,64}$/));

/** A field that a portal may leave out or give as null: undefined in both cases. */
export const maybe = <S extends v.GenericSchema<unknown>>(value: S) =>
  v.optional(
    v.pipe(
      v.nullable(value),
      v.transform((given) => given ?? undefined),
    ),
  );

/** A list whose length is judged before any of its items. */
export function list<S extends v.GenericSchema>(item: S, most: number) {
  const listed = v.pipe(v.array(item), v.maxLength(most));
  const tooLong = v.pipe(v.array(v.unknown()), v.maxLength(most));
  const run: (typeof listed)['~run'] = (dataset, config) => {
    const { value } = dataset;
    const { issues } = Array.isArray(value) && value.length > most ? tooLong['~run']({ value }, config) : {};
    return issues === undefined ? listed['~run'](dataset, config) : { typed: false, value, issues };
  };
  return { ...listed, '~run': run };
}
