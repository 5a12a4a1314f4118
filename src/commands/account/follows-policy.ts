import { runInNewContext } from 'node:vm';
import type { Meta } from '../../contract/schemas.ts';
import { wholeValue } from '../../domain/credential-policy.ts';

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
    // Compiled as it is first: one that is whole only between our brackets is none.
    const given = { pattern, whole: wholeValue(pattern), flags: isUnicode(pattern) ? 'u' : '', value };
    const code = 'new RegExp(pattern, flags), new RegExp(whole, flags).test(value)';
    return runInNewContext(code, given, { timeout: PATTERN_LIMIT_MS }) === true;
  } catch {
    return true;
  }
}

/** `\p{L}` means letters in a Unicode pattern only; some older patterns are none. */
function isUnicode(pattern: string): boolean {
  try {
    return Boolean(new RegExp(pattern, 'u'));
  } catch {
    return false;
  }
}
