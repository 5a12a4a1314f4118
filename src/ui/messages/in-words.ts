import type { SystemCode } from '../../errors.ts';

/** The words for a reason of ours; a code of the system as it is. */
export const inWords = <R extends string>(words: Readonly<Record<R, string>>, reason: R | SystemCode): string =>
  Object.hasOwn(words, reason) ? words[reason as R] : reason;
