/** The PDFs: made once, then the same bytes for ever; served whole or from a byte on. */
import { createHash } from 'node:crypto';
import { dayOf } from '../domain/calendar.ts';
import { maskedIdNumber } from '../domain/id-number.ts';
import type { Annotation } from '../portal/contract/schemas.ts';
import { SCENARIO } from './meta.ts';
import type { StoredCertificate } from './people.ts';
import { Refusal } from './problem.ts';
import type { Account } from './state.ts';

export interface Pdf {
  readonly bytes: Uint8Array;
  readonly sha256: Buffer;
}

/** Makes PDFs when they are first asked for. */
export class PdfIssuer {
  readonly #made = new Map<string, Promise<Pdf>>();

  /** @param annotation a ready one, or null for a certificate that needs none */
  pdf(certificate: StoredCertificate, holder: Account, annotation: Annotation | null): Promise<Pdf> {
    const key = annotation?.id ?? certificate.id;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const made = issue(certificate, holder, annotation);
    this.#made.set(key, made);
    return made;
  }
}

async function issue(certificate: StoredCertificate, holder: Account, annotation: Annotation | null): Promise<Pdf> {
  const { renderCertificate } = await import('./pdf/certificate-pdf.ts');
  const { owner: _owner, id: _id, status: _status, annotationRequired: _required, ...page } = certificate;
  const bytes = await renderCertificate({
    ...page,
    holderName: holder.name,
    idNumberMasked: maskedIdNumber(holder.idNumber),
    enquiryUrl: `https://sandbox.invalid/enquiry/${certificate.enquiryNumber ?? ''}`,
    ...(annotation?.validUntil === undefined
      ? {}
      : {
          annotation: {
            id: annotation.id,
            scenario: SCENARIO.label,
            requestedOn: dayOf(annotation.requestedAt),
            validUntil: annotation.validUntil,
          },
        }),
  });
  return { bytes, sha256: createHash('sha256').update(bytes).digest() };
}

/** Answers with a PDF or a part of it (RFC 9110: `Range` with one open or closed range, `If-Match`, `If-Range`). */
export function pdfResponse({ bytes, sha256 }: Pdf, headers: Headers): Response {
  const etag = `"${sha256.toString('hex').slice(0, 32)}"`;
  const common = {
    'content-type': 'application/pdf',
    'accept-ranges': 'bytes',
    etag,
    'repr-digest': `sha-256=:${sha256.toString('base64')}:`,
  };
  const ifMatch = headers.get('if-match');
  if (ifMatch !== null && ifMatch !== '*' && ifMatch !== etag) throw new Refusal('FILE_CHANGED');
  const ifRange = headers.get('if-range');
  const range = ifRange === null || ifRange === etag ? parseRange(headers.get('range'), bytes.length) : undefined;
  const part = range === undefined ? bytes : bytes.subarray(range.start, range.end + 1);
  return new Response(part as Uint8Array<ArrayBuffer>, {
    status: range === undefined ? 200 : 206,
    headers: {
      ...common,
      'content-length': String(part.length),
      ...(range === undefined ? {} : { 'content-range': `bytes ${range.start}-${range.end}/${bytes.length}` }),
    },
  });
}

function parseRange(header: string | null, total: number): { start: number; end: number } | undefined {
  const [, first, last] = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === undefined) return undefined;
  const start = Number(first);
  const end = Math.min(last ? Number(last) : total - 1, total - 1);
  if (start > end) throw new Refusal('RANGE_NOT_SATISFIABLE', {}, { 'content-range': `bytes */${total}` });
  return { start, end };
}
