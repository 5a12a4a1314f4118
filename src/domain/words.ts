/** The words for the state and the kind of things, as the contract has them today. A portal may have others. */
export const CERTIFICATE_STATUSES = ['valid', 'revoked'] as const;
export const CERTIFICATE_KINDS = ['certificate', 'electronic-file'] as const;
export const ANNOTATION_STATUSES = ['generating', 'ready', 'expired', 'failed'] as const;

export const isOneOf = <W extends string>(words: readonly W[], word: string): word is W =>
  (words as readonly string[]).includes(word);
