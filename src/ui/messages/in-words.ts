/** The words for a reason of ours; anything else as it came. */
export const inWords = (words: Readonly<Record<string, string>>, reason: string): string =>
  Object.hasOwn(words, reason) ? (words[reason] ?? reason) : reason;
