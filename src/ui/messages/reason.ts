import type { ReasonText, ReasonTexts } from './en/verification.ts';

/** What a reason code means, whichever layer it is of; the code itself where it is none. */
export const reasonText = (reasons: ReasonTexts, code: string): ReasonText =>
  Object.values(reasons)
    .map((texts) => (texts as Partial<Record<string, ReasonText>>)[code])
    .find((text) => text !== undefined) ?? { meaning: code };
