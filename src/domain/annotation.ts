import { addDays, type PlainDay } from './calendar.ts';
import { ANNOTATION_REQUIRED_AFTER } from './rules.ts';

/** Whether a certificate must be annotated before it can be viewed or downloaded. */
export const needsAnnotation = (issuedOn: PlainDay, requiredAfter: PlainDay = ANNOTATION_REQUIRED_AFTER): boolean =>
  issuedOn > requiredAfter;

/** The last day on which an annotation holds: application day + validity (ours; the portal's `validUntil` wins). */
export const lastValidDay = (requestedOn: PlainDay, validDays: number): PlainDay => addDays(requestedOn, validDays);

/** Whether an annotation still holds on a day: its last valid day counts until 24:00, Asia/Shanghai. */
export const inForce = (validUntil: PlainDay, today: PlainDay): boolean => today <= validUntil;
