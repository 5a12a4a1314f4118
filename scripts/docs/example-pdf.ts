/** The smallest PDF that readers open, one empty page: the example file of the OpenAPI document. ASCII only. */
import { createHash } from 'node:crypto';

const OBJECTS = [
  '<< /Type /Catalog /Pages 2 0 R >>',
  '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>',
];

function pdf(): string {
  const offsets: number[] = [];
  let text = '%PDF-1.4\n';
  OBJECTS.forEach((body, index) => {
    offsets.push(text.length);
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
  });
  const size = OBJECTS.length + 1;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const xref = `xref\n0 ${size}\n0000000000 65535 f \n${rows}`;
  return `${text}${xref}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
}

export const EXAMPLE_PDF = pdf();

/** `Repr-Digest` of the whole file (RFC 9530). */
export const EXAMPLE_DIGEST = `sha-256=:${createHash('sha256').update(EXAMPLE_PDF).digest('base64')}:`;
