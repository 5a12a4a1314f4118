import type { ErrorCode, ErrorParams } from '../../errors.ts';

/** What a failure says (one line: what is wrong) and its hint (one line: what to do). */
export interface ErrorText {
  readonly message: string;
  readonly hint?: string;
}

export type ErrorTexts = { readonly [C in ErrorCode]: (params: ErrorParams[C]) => ErrorText };
