const MAX_CHARACTERS = 64;

/** Control, format, surrogate, private and unassigned characters; line and paragraph separators. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/u;

/** Whether a person may give a profile this name: visible, not like an option, none that JSON objects have by nature. */
export const isProfileName = (name: string): boolean =>
  name !== '' &&
  [...name].length <= MAX_CHARACTERS &&
  name.trim() === name &&
  !name.startsWith('-') &&
  !INVISIBLE.test(name) &&
  !(name in Object.prototype);
