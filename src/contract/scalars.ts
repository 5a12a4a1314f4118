/** The scalar values of the portal contract. Every bound is part of the contract: a portal is not trusted. */
import * as v from 'valibot';

/**
 * Control, bidirectional-override and line-separator characters: a portal's text must not steer a terminal.
 * (C0, DEL, C1, U+061C, U+200E-200F, U+2028-202E, U+2066-2069, U+FEFF)
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;
const UNPRINTABLE_IN_LINES = new RegExp(
  UNPRINTABLE.source.replace('\\u0000-\\u001f', '\\u0000-\\u0009\\u000b-\\u001f'),
  'gu',
);

/** One line of text for people, at most 500 characters; characters that could steer a terminal are dropped. */
export const text = v.pipe(
  v.string(),
  v.maxLength(500),
  v.transform((value) => value.replace(UNPRINTABLE, '')),
);

/** Text of several lines for people, at most 20,000 characters. */
export const prose = v.pipe(
  v.string(),
  v.maxLength(20_000),
  v.transform((value) => value.replace(UNPRINTABLE_IN_LINES, '')),
);

/** An opaque identifier: it can stand in a path segment, a file name and a log line as it is. */
export const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/));

/** A calendar day in the portal's time zone. */
export const date = v.pipe(v.string(), v.isoDate());

/** An instant with its offset, RFC 3339. */
export const instant = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/),
  v.check((value) => !Number.isNaN(Date.parse(value)), 'not an instant'),
);

export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

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

export const list = <S extends v.GenericSchema>(item: S, most: number) => v.pipe(v.array(item), v.maxLength(most));
