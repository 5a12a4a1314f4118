/**
 * The characters that nobody sees and that change what is seen, for a character class of a regular expression with the
 * flag `u`: controls (C0, DEL, C1), formats (bidirectional overrides, zero-width characters, tags), lone surrogates,
 * line and paragraph separators, and whatever else is drawn as nothing (variation selectors, fillers).
 */
export const INVISIBLE = '\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}';

/** The same as an expression of its own, without the joiners that names and emoji are written with. */
export const INVISIBLE_BUT_JOINERS = `(?![\\u200c\\u200d])[${INVISIBLE}]`;
