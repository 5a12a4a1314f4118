import type { HttpResponse } from '../ports/http.ts';

/** RFC 9110, 8.8.3, in ASCII alone: it is sent back in a header. */
const ENTITY_TAG = /^(?:W\/)?"[\x21\x23-\x7e]{0,200}"$/;

/** The entity tag of an answer; undefined where there is none that can be sent back. */
export function entityTag({ etag }: HttpResponse['headers']): string | undefined {
  return etag !== undefined && ENTITY_TAG.test(etag) ? etag : undefined;
}
