import { addDays, type PlainDay } from './calendar.ts';

/** The last day on which an annotation holds: application day + validity (ours; the portal's `validUntil` wins). */
export const lastValidDay = (requestedOn: PlainDay, validDays: number): PlainDay => addDays(requestedOn, validDays);

/** Whether an annotation still holds on a day: its last valid day counts until 24:00, Asia/Shanghai. */
export const inForce = (validUntil: PlainDay, today: PlainDay): boolean => today <= validUntil;
