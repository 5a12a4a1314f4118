/** The PDFs: made once, then the same bytes for ever; served whole or from a byte on. */
import { createHash } from 'node:crypto';
import type { Annotation } from '../contract/schemas.ts';
import { dayOf } from '../domain/calendar.ts';
import { maskIdNumber } from '../domain/id-number.ts';
import { matchesStrongly } from './etag.ts';
import { SCENARIO } from './meta.ts';
import type { CertificatePage } from './pdf/content.ts';
import type { Signing } from './pdf/signature.ts';
import { holderNameOf, type StoredCertificate } from './people.ts';
import type { Authority, PkiStore } from './pki/authority.ts';
import { Refusal } from './refusal.ts';
import type { Account, SignatureKind } from './state.ts';

export interface Pdf {
  readonly bytes: Uint8Array;
  readonly sha256: Buffer;
}

/** Makes PDFs when they are first asked for: one for each content, since an annotation's id may be seeded again. */
export class PdfIssuer {
  readonly #made = new Map<string, Promise<Pdf>>();
  readonly #pki: PkiStore;
  #authority: Promise<Authority> | undefined;

  constructor(pki: PkiStore) {
    this.#pki = pki;
  }

  /** @param annotation a ready one, or null for a certificate that needs none */
  pdf(
    certificate: StoredCertificate,
    holder: Account,
    annotation: Annotation | null,
    signature: SignatureKind,
  ): Promise<Pdf> {
    const page = pageOf(certificate, holder, annotation);
    const key = `${signature} ${JSON.stringify(page)}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const made = this.#issue(page, signature);
    this.#made.set(key, made);
    made.catch(() => this.#made.delete(key));
    return made;
  }

  /** The root of what signs them, PEM. */
  async trustAnchor(): Promise<string> {
    return (await this.#openAuthority()).trustAnchor();
  }

  async #issue(page: CertificatePage, signature: SignatureKind): Promise<Pdf> {
    const { renderCertificate } = await import('./pdf/certificate-pdf.ts');
    const signing = signature === 'none' ? undefined : await this.#signWith(signature, new Date(page.signedAt));
    const bytes = await renderCertificate(page, signing);
    return { bytes, sha256: createHash('sha256').update(bytes).digest() };
  }

  async #signWith(kind: Exclude<SignatureKind, 'none'>, signedAt: Date): Promise<Signing> {
    const authority = await this.#openAuthority();
    if (kind === 'ses') {
      const { sealedSignature } = await import('./pki/ses.ts');
      const sealers = await authority.sealers();
      return { format: 'GM.sm2seal', sign: (content) => sealedSignature(content, signedAt, sealers) };
    }
    const { detachedSignature } = await import('./pki/cms.ts');
    const signer = await authority.signer(kind);
    return { format: 'ETSI.CAdES.detached', sign: (content) => detachedSignature(content, signer) };
  }

  #openAuthority(): Promise<Authority> {
    this.#authority ??= import('./pki/authority.ts').then((module) => new module.Authority(this.#pki));
    return this.#authority;
  }
}

function pageOf(certificate: StoredCertificate, holder: Account, annotation: Annotation | null): CertificatePage {
  const { owner: _owner, id: _id, status: _status, annotationRequired: _required, ...page } = certificate;
  return {
    ...page,
    holderName: holderNameOf(certificate, holder),
    idNumberMasked: maskIdNumber(holder.idNumber),
    signedAt: annotation?.readyAt ?? `${page.issuedOn}T00:00:00+08:00`,
    enquiryUrl: `https://sandbox.invalid/enquiry/${page.enquiryNumber ?? ''}`,
    ...(annotation?.validUntil === undefined
      ? {}
      : {
          annotation: {
            id: annotation.id,
            scenario: SCENARIO,
            requestedOn: dayOf(annotation.requestedAt),
            validUntil: annotation.validUntil,
          },
        }),
  };
}

/** Answers with a PDF or one part of it (RFC 9110: `Range`, `If-Match`, `If-Range`); several parts are never sent. */
export function pdfResponse({ bytes, sha256 }: Pdf, headers: Headers): Response {
  const etag = `"${sha256.toString('hex').slice(0, 32)}"`;
  const common = {
    'content-type': 'application/pdf',
    'accept-ranges': 'bytes',
    etag,
    'repr-digest': `sha-256=:${sha256.toString('base64')}:`,
  };
  const ifMatch = headers.get('if-match');
  if (ifMatch !== null && !matchesStrongly(ifMatch, etag)) throw new Refusal('FILE_CHANGED');
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

/** The bytes that are asked for, both included; undefined where the header is absent, invalid or asks for several parts. */
function parseRange(header: string | null, total: number): { start: number; end: number } | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first + last === '' || (first !== '' && last !== '' && Number(last) < Number(first))) return undefined;
  const start = first === '' ? Math.max(0, total - Number(last)) : Number(first);
  const end = first === '' || last === '' ? total - 1 : Math.min(Number(last), total - 1);
  if (start > end) throw new Refusal('RANGE_NOT_SATISFIABLE', {}, { 'content-range': `bytes */${total}` });
  return { start, end };
}
