/** What user names and passwords look like on the registration platform (given; a portal's own policy wins). */
export interface Policy {
  readonly minLength: number;
  readonly maxLength: number;
  /** ECMAScript, matched against the whole value. */
  readonly pattern: string;
}

/** 5 to 20 letters, digits or `_`, case-sensitive. */
export const USERNAME_POLICY: Policy = { minLength: 5, maxLength: 20, pattern: '^[A-Za-z0-9_]{5,20}$' };

/** 8 to 15 characters with upper case, lower case and digit. */
export const PASSWORD_POLICY: Policy = {
  minLength: 8,
  maxLength: 15,
  pattern: '^(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9]).{8,15}$',
};

/** A policy's pattern so that it fits the whole value or not at all. */
export const wholeValue = (pattern: string): string => `^(?:${pattern})$`;

export const meets = ({ minLength, maxLength, pattern }: Policy, value: string): boolean =>
  value.length >= minLength && value.length <= maxLength && new RegExp(wholeValue(pattern)).test(value);
