/** The PDF of a certificate: one page, plainly a sample. */
import { createHash } from 'node:crypto';
import PDFDocument from 'pdfkit';
import type { CertificatePage } from './content.ts';
import { readFont } from './font.ts';
import { drawPage, SEAL_AREA } from './page.ts';
import { addSignatureField, type Signing } from './signature.ts';

/** The same page gives the same bytes, where what signs is deterministic; left out, the file has no signature. */
export async function renderCertificate(page: CertificatePage, signing?: Signing): Promise<Uint8Array> {
  const font = await readFont();
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    // Transparency and the language need 1.4; the signatures of ISO 32000-1 need 1.7.
    pdfVersion: '1.7',
    lang: 'zh-CN',
    displayTitle: true,
    // None, so that pdfkit reads none of its own. One given here and registered below too is parsed at every switch.
    font: '',
    info: {
      Title: page.kind === 'certificate' ? '电子证书（样张 SAMPLE）' : '证书电子文件（样张 SAMPLE）',
      // pdfkit makes the file's identifier from what stands here: this tells two files of one day apart.
      Keywords: createHash('sha256').update(JSON.stringify(page)).digest('hex'),
      Producer: 'cert sandbox',
      Creator: 'cert sandbox',
      CreationDate: new Date(page.signedAt),
      ...annotationEntries(page.annotation),
    },
  });
  document.registerFont('regular', font);
  const bytes = collected(document);
  drawPage(document, page);
  const fillIn = signing && addSignatureField(document.font('regular'), SEAL_AREA, new Date(page.signedAt), signing);
  document.end();
  return fillIn === undefined ? bytes : fillIn(await bytes);
}

/** The annotation for programs, in the information dictionary: what the signature covers, and no reader rewrites. */
const annotationEntries = (annotation: CertificatePage['annotation']): Record<string, string> =>
  annotation === undefined
    ? {}
    : {
        CertAnnotationId: annotation.id,
        CertScenario: annotation.scenario.code,
        CertValidUntil: annotation.validUntil,
      };

async function collected(document: PDFKit.PDFDocument): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of document) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
