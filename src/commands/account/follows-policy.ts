import { runInNewContext } from 'node:vm';
import type { Meta } from '../../contract/schemas.ts';

type Policy = Meta['usernamePolicy'];

/** A pattern that takes longer for one short value was made to take longer. */
const PATTERN_LIMIT_MS = 50;

/**
 * Whether a value follows a portal's policy, as far as that can be told here. The pattern is the portal's and is not
 * trusted: it is matched with a time limit, in a realm of its own; one that is none, or takes too long, decides nothing,
 * and the portal judges the value itself.
 */
export function followsPolicy({ minLength, maxLength, pattern }: Policy, value: string): boolean {
  if (value.length < minLength || value.length > maxLength) return false;
  try {
    const given = { pattern, value };
    return runInNewContext('new RegExp(pattern).test(value)', given, { timeout: PATTERN_LIMIT_MS }) === true;
  } catch {
    return true;
  }
}
