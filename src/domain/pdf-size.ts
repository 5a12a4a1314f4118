/** The largest PDF that is fetched, examined or taken in, in bytes; a certificate has a hundredth of it. */
export const MAX_PDF_BYTES = 50 * 1_024 * 1_024;
