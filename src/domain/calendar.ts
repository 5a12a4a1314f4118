/**
 * Calendar days of the portal. Its rules count days in Asia/Shanghai, whatever the time zone of the machine.
 * China has kept UTC+8 without summer time since 1991, long before the first electronic certificate.
 * All of it is for the years 0000 to 9999, which have four digits: what would lie before or after them is their first
 * or last moment, so that days and instants still compare as strings.
 */

/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`. Days compare as strings. A day is not an instant: no `Date` is one. */
export type PlainDay = string;

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
const FIRST_MS = Date.parse('0000-01-01T00:00:00Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export const isDay = (text: string): text is PlainDay =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;

const dayNumber = (day: PlainDay): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

/** `YYYY-MM-DDTHH:mm:ss.sssZ`. @throws RangeError where `ms` is no number */
const isoText = (ms: number): string => new Date(Math.min(Math.max(ms, FIRST_MS), LAST_MS)).toISOString();

const isoInShanghai = (instant: Date | string): string => isoText(new Date(instant).getTime() + SHANGHAI_OFFSET_MS);

/** The day in Asia/Shanghai at an instant, which is a valid `Date` or RFC 3339. */
export const dayOf = (instant: Date | string): PlainDay => isoInShanghai(instant).slice(0, 10);

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: PlainDay, to: PlainDay): number => dayNumber(to) - dayNumber(from);

/** The day so many whole days later, or earlier where `days` is negative; never before 0000-01-01 or after 9999-12-31. */
export const addDays = (day: PlainDay, days: number): PlainDay =>
  isoText((dayNumber(day) + days) * DAY_MS).slice(0, 10);

/** An instant as RFC 3339 in Asia/Shanghai, whole seconds: `2026-11-24T08:00:00+08:00`. */
export const shanghaiTime = (instant: Date | string): string => `${isoInShanghai(instant).slice(0, 19)}+08:00`;

/** The same with milliseconds: `2026-11-24T08:00:00.000+08:00`. */
export const shanghaiMoment = (instant: Date): string => `${isoInShanghai(instant).slice(0, 23)}+08:00`;

/** An instant for people, in Asia/Shanghai: `2026-11-24 08:00`. */
export const shanghaiMinute = (instant: Date | string): string => shanghaiTime(instant).slice(0, 16).replace('T', ' ');
