/** The answer that carries a PDF: what the portal says of the file, and the bytes, capped. */
import { MAX_PDF_BYTES } from '../domain/pdf-size.ts';
import { CertError, type FileDamage } from '../errors.ts';
import type { FileAnswer } from '../ports/holder-portal.ts';
import type { HttpResponse } from '../ports/http.ts';
import { codingFault, printableType, skip } from './body.ts';
import { entityTag } from './entity-tag.ts';

/** Where a transfer goes on, and the entity tag of the file that it began with. */
type Resume = { readonly start: number; readonly etag: string } | undefined;

export const fileHeaders = (resume: Resume): Record<string, string> =>
  resume === undefined ? {} : { range: `bytes=${resume.start}-`, 'if-match': resume.etag };

export const isPdf = (headers: HttpResponse['headers']): boolean => typeOf(headers).toLowerCase() === 'application/pdf';

const typeOf = (headers: HttpResponse['headers']): string => printableType(headers['content-type'] ?? '');

/**
 * A portal may answer a request for the rest with the whole file: then `start` is 0.
 * @throws CertError PORTAL_PROTOCOL when it is compressed, FILE_NOT_PDF, FILE_DAMAGED when it is too long, or not the part that was asked for
 */
export async function fileAnswer({ status, headers, body }: HttpResponse, resume: Resume): Promise<FileAnswer> {
  const part = status === 206 ? contentRange(headers['content-range']) : whole(headers['content-length']);
  const failure = failureOf(headers, part, status === 206 ? resume?.start : 0);
  if (part === undefined || failure !== undefined) {
    await skip(body);
    throw failure ?? damaged({ kind: 'part' });
  }
  return {
    ...part,
    etag: entityTag(headers),
    sha256: reprDigest(headers['repr-digest']),
    body: capped(body, MAX_PDF_BYTES - part.start),
  };
}

type Part = Pick<FileAnswer, 'start' | 'length'>;

function failureOf(
  headers: HttpResponse['headers'],
  part: Part | undefined,
  start: number | undefined,
): CertError | undefined {
  const fault = codingFault(headers);
  if (fault !== undefined) return new CertError('PORTAL_PROTOCOL', { fault });
  if (!isPdf(headers)) return new CertError('FILE_NOT_PDF', { type: typeOf(headers) });
  if (part === undefined || part.start !== start) return damaged({ kind: 'part' });
  return part.length !== undefined && part.length > MAX_PDF_BYTES ? tooLong() : undefined;
}

const damaged = (damage: FileDamage) => new CertError('FILE_DAMAGED', { damage });
const tooLong = () => damaged({ kind: 'too-long', maxBytes: MAX_PDF_BYTES });

async function* capped(body: HttpResponse['body'], mostBytes: number): HttpResponse['body'] {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw tooLong();
    yield chunk;
  }
}

const whole = (contentLength: string | undefined): Part => ({ start: 0, length: wholeNumber(contentLength) });

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

/** `Content-Range: bytes START-END/TOTAL` (RFC 9110, 14.4). */
function contentRange(text = ''): Part | undefined {
  const [, start, total] = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15}|\*)$/.exec(text) ?? [];
  return start === undefined ? undefined : { start: Number(start), length: wholeNumber(total) };
}

/** `Repr-Digest: sha-256=:BASE64:` (RFC 9530) in hex. */
function reprDigest(text = ''): string | undefined {
  const base64 = /(?:^|,\s*)sha-256=:([A-Za-z0-9+/]{43}=):/.exec(text)?.[1];
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64').toString('hex');
}
