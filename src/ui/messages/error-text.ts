import type { ErrorCode, ErrorParams, UsageFacts, UsageFault } from '../../errors.ts';

/** What a failure says (one line: what is wrong) and its hint (one line: what to do). */
export interface ErrorText {
  readonly message: string;
  readonly hint?: string;
}

export type ErrorTexts = { readonly [C in ErrorCode]: (params: ErrorParams[C]) => ErrorText };

export type UsageTexts = { readonly [K in keyof UsageFacts]: (facts: UsageFacts[K]) => string };

export const usageText = (texts: UsageTexts, fault: UsageFault): string =>
  (texts[fault.kind] as (facts: UsageFault) => string)(fault);
