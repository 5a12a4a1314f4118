/** The list of certificates: all pages, each asked for again only with its entity tag. */

import type { Certificate, CertificatePage } from '../contract/schemas.ts';
import { CertError } from '../errors.ts';
import { entityTag } from './entity-tag.ts';
import type { JsonAnswer } from './http.ts';

const MAX_PAGES = 200;
/** No holder comes near it, and each is worked on by commands for all. */
const MAX_CERTIFICATES = 2_000;
const MAX_BYTES = 16 * 1024 * 1024;

type Cursor = string | undefined;
type Ask = (cursor: Cursor, etag: string | undefined) => Promise<JsonAnswer>;

interface KeptPage {
  readonly page: CertificatePage;
  readonly bytes: number;
  readonly etag?: string | undefined;
}

/**
 * Reads all pages, with an `Ask` of its own for each listing. Within one process an unchanged page costs the portal a
 * 304. A certificate that is on two pages, as happens when the list grows meanwhile, is there once, as it was read last.
 * @throws CertError PORTAL_PROTOCOL when the pages do not end, or have more in all than any holder
 */
export function allPages(
  begin: () => Ask,
  read: (answer: JsonAnswer) => CertificatePage,
): () => Promise<Certificate[]> {
  let kept: ReadonlyMap<Cursor, KeptPage> = new Map();

  async function pageAt(cursor: Cursor, ask: Ask): Promise<KeptPage> {
    const known = kept.get(cursor);
    const answer = await ask(cursor, known?.etag);
    if (answer.status === 304 && known?.etag !== undefined) return known;
    return { page: read(answer), bytes: answer.bytes, etag: entityTag(answer.headers) };
  }

  return async () => {
    const ask = begin();
    const certificates = new Map<string, Certificate>();
    const pages = new Map<Cursor, KeptPage>();
    let bytes = 0;
    let cursor: Cursor;
    do {
      if (pages.has(cursor) || pages.size === MAX_PAGES) throw refusal('pages');
      const read = await pageAt(cursor, ask);
      pages.set(cursor, read);
      bytes += read.bytes;
      for (const certificate of read.page.items) certificates.set(certificate.id, certificate);
      if (certificates.size > MAX_CERTIFICATES || bytes > MAX_BYTES) throw refusal('list-too-long');
      cursor = read.page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    kept = pages;
    return [...certificates.values()];
  };
}

const refusal = (kind: 'pages' | 'list-too-long'): CertError =>
  new CertError('PORTAL_PROTOCOL', { route: '/certificates', fault: { kind } });
