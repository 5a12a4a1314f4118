import type { SystemCode } from '../../errors.ts';

/** The words for a reason or a code that has some; a code of the system, or one of the portal's own, as it is. */
export const inWords = <R extends string>(words: Readonly<Record<R, string>>, reason: R | SystemCode): string =>
  Object.hasOwn(words, reason) ? words[reason as R] : reason;
