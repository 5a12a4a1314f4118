const MIN_DELAY_MS = 2_000;
const MAX_DELAY_MS = 60_000;
const SHARE_OF_ELAPSED = 0.1;
const JITTER = 0.1;

/**
 * How long to wait until the portal is asked again: 10 % of the time since the application, at least 2 s, at most
 * 60 s, and up to 10 % more by `random` (in [0, 1)) so that many clients do not ask at the same moment.
 */
export const pollDelayMs = (sinceRequestMs: number, random: number): number =>
  Math.min(MAX_DELAY_MS, Math.max(MIN_DELAY_MS, sinceRequestMs * SHARE_OF_ELAPSED)) * (1 + JITTER * random);
