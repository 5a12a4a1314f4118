/** A path on one line, whatever is in it: the files of a folder have been named by anybody. */
export const shownPath = (path: string): string => path.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
