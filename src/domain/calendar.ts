/**
 * Calendar days of the portal. Its rules count days in Asia/Shanghai, whatever the time zone of the machine.
 * China has kept UTC+8 without summer time since 1991, long before the first electronic certificate.
 */

/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`. Days compare as strings. */
export type PlainDay = string;

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

const dayNumber = (day: PlainDay): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

/** The day in Asia/Shanghai at an instant. */
export const dayOf = (instant: Date | string): PlainDay =>
  new Date(new Date(instant).getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: PlainDay, to: PlainDay): number => dayNumber(to) - dayNumber(from);

export const addDays = (day: PlainDay, days: number): PlainDay =>
  new Date((dayNumber(day) + days) * DAY_MS).toISOString().slice(0, 10);

/** An instant as RFC 3339 in Asia/Shanghai, whole seconds: `2026-11-24T08:00:00+08:00`. */
export const shanghaiTime = (instant: Date | string): string =>
  `${new Date(new Date(instant).getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19)}+08:00`;

/** The same with milliseconds: `2026-11-24T08:00:00.000+08:00`. */
export const shanghaiMoment = (instant: Date): string =>
  `${new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 23)}+08:00`;

/** An instant for people, in Asia/Shanghai: `2026-11-24 08:00`. */
export const shanghaiMinute = (instant: Date | string): string => shanghaiTime(instant).slice(0, 16).replace('T', ' ');

export const addMinutes = (instant: Date | string, minutes: number): Date =>
  new Date(new Date(instant).getTime() + minutes * 60_000);
