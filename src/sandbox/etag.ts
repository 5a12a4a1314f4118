/** Comparison of entity tags in conditional requests (RFC 9110, section 8.8.3.2). */

const listed = (header: string): string[] => header.split(',').map((tag) => tag.trim());

/** Whether `If-Match` names this strong tag, or any. */
export const matchesStrongly = (header: string, etag: string): boolean =>
  header.trim() === '*' || listed(header).includes(etag);

/** Whether `If-None-Match` names this tag, or any; whether a tag is weak makes no difference here. */
export const matchesWeakly = (header: string, etag: string): boolean =>
  header.trim() === '*' || listed(header).some((tag) => tag.replace(/^W\//, '') === etag);
