/**
 * The published rules of the portal as numbers, in one place. A portal's own `GET /meta` always wins over these.
 */

/** Certificates issued after this day must be annotated (given; that the day itself counts as earlier is ours). */
export const ANNOTATION_REQUIRED_AFTER = '2021-12-17';

/** Validity of one annotation in days, both bounds included (90 given; 1 ours). */
export const MIN_VALID_DAYS = 1;
export const MAX_VALID_DAYS = 90;

/** What is taken for a number of days as long as the portal's own most is not known: ten years. */
export const MOST_DAYS = 3650;

/** The portal generates an annotated copy within this time (given). */
export const GENERATION_LIMIT_MS = 24 * 3_600_000;

/** The only scenario that the portal publishes today (given; the list may grow). */
export const DEFAULT_SCENARIO = 'self';
