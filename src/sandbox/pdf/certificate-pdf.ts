/** The PDF of a certificate: one page, plainly a sample. */
import PDFDocument from 'pdfkit';
import type { PlainDay } from '../../domain/calendar.ts';
import { findFonts } from './font.ts';
import { drawPage } from './page.ts';

export interface CertificatePage {
  readonly kind: 'certificate' | 'electronic-file';
  readonly qualification: string;
  readonly specialty?: string | undefined;
  readonly level?: string | undefined;
  readonly holderName: string;
  readonly idNumberMasked: string;
  readonly certificateNumber: string;
  readonly managementNumber: string;
  readonly enquiryNumber?: string | undefined;
  readonly approvedOn: PlainDay;
  readonly issuedOn: PlainDay;
  readonly issuer: string;
  /** What the QR code says. */
  readonly enquiryUrl: string;
  readonly annotation?:
    | {
        readonly id: string;
        readonly scenario: { readonly zh: string; readonly en: string };
        readonly requestedOn: PlainDay;
        readonly validUntil: PlainDay;
      }
    | undefined;
}

/** The same page gives the same bytes. */
export async function renderCertificate(page: CertificatePage): Promise<Uint8Array> {
  const fonts = findFonts();
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    lang: 'zh-CN',
    displayTitle: true,
    // Given here, so that pdfkit does not look for one of its own.
    font: fonts.regular,
    info: {
      Title: page.kind === 'certificate' ? '电子证书（样张 SAMPLE）' : '证书电子文件（样张 SAMPLE）',
      Producer: 'cert sandbox',
      Creator: 'cert sandbox',
      CreationDate: new Date(`${page.annotation?.requestedOn ?? page.issuedOn}T00:00:00+08:00`),
    },
  });
  document.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold);
  const bytes = collected(document);
  drawPage(document, page);
  document.end();
  return bytes;
}

async function collected(document: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of document) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
