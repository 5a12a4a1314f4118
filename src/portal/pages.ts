/** The list of certificates: all pages, each asked for again only with its entity tag. */

import type { Certificate, CertificatePage } from '../contract/schemas.ts';
import { CertError } from '../errors.ts';
import type { JsonAnswer } from './http.ts';

const MAX_PAGES = 200;

type Cursor = string | undefined;
type Ask = (cursor: Cursor, etag: string | undefined) => Promise<JsonAnswer>;

/**
 * Reads all pages. Within one process an unchanged page costs the portal a 304.
 * @throws CertError PORTAL_PROTOCOL when the pages do not end
 */
export function allPages(ask: Ask, read: (answer: JsonAnswer) => CertificatePage): () => Promise<Certificate[]> {
  const seen = new Map<Cursor, { etag: string; page: CertificatePage }>();

  async function pageAt(cursor: Cursor): Promise<CertificatePage> {
    const known = seen.get(cursor);
    const answer = await ask(cursor, known?.etag);
    if (answer.status === 304 && known !== undefined) return known.page;
    const page = read(answer);
    const { etag } = answer.headers;
    if (etag !== undefined) seen.set(cursor, { etag, page });
    return page;
  }

  return async () => {
    const certificates: Certificate[] = [];
    const asked = new Set<Cursor>();
    let cursor: Cursor;
    do {
      if (asked.has(cursor) || asked.size === MAX_PAGES)
        throw new CertError('PORTAL_PROTOCOL', { route: '/certificates', fault: { kind: 'pages' } });
      asked.add(cursor);
      const page = await pageAt(cursor);
      certificates.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return certificates;
  };
}
