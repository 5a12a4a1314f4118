/** PDFs made by hand, so that the reader is not tested against a library's habits alone. */

export interface PdfOptions {
  readonly container: (content: Buffer) => Buffer;
  readonly format?: string;
  /** Of the signature dictionary. */
  readonly type?: string;
  readonly roomBytes?: number;
  /** Further entries of the signature dictionary. */
  readonly entries?: string;
  readonly signedAt?: string;
  /** What is written for the byte range; the content is signed as if it were right. */
  readonly byteRange?: (range: readonly [number, number, number, number]) => string;
  /** What stands between < and >, of the same length. */
  readonly hole?: (digits: string) => string;
  readonly information?: string;
  /** Further entries of the catalog. */
  readonly catalog?: string;
  readonly trailer?: string;
  /** Further objects, and which of them are fields of the form and annotations of the page. */
  readonly more?: Readonly<Record<number, string>>;
  readonly fields?: readonly number[];
  /** What stands before the header, and is signed too. */
  readonly front?: string;
  /** What becomes of the objects before they are written and signed. */
  readonly objects?: (objects: Readonly<Record<number, string>>) => Readonly<Record<number, string>>;
}

const RANGE_ROOM = 60;

/** One page, one signature over all of it, the cross-references as a table. */
export function signedPdf(options: PdfOptions): Buffer {
  const { dictionary, fill } = prepared(options);
  const { objects = (given) => given } = options;
  const fields = [4, ...(options.fields ?? [])].map((number) => `${number} 0 R`).join(' ');
  const pdf = document(
    objects({
      1: `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${fields}] /SigFlags 3 >> ${options.catalog ?? ''} >>`,
      2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      3: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Annots [${fields}] /Contents 6 0 R >>`,
      4: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /Rect [0 0 0 0] /P 3 0 R /V 5 0 R >>',
      5: dictionary,
      6: '<< /Length 24 >>\nstream\n0 0 1 rg 10 10 99 99 re f\nendstream',
      7: `<< /Producer (by hand) ${options.information ?? ''} >>`,
      ...options.more,
    }),
    options.more === undefined ? options.trailer : `/Info 7 0 R ${options.trailer ?? ''}`,
  );
  return fill(Buffer.concat([Buffer.from(options.front ?? '', 'latin1'), pdf]));
}

/** The file with a revision behind it that signs it all. @param root the number and the text of its catalog */
export function signedBehind(pdf: Buffer, root: { number: number; text: string }, options: PdfOptions): Buffer {
  const { dictionary, fill } = prepared(options);
  const { objects = (given) => given } = options;
  const added = objects({
    [root.number]: root.text.replace(/>>\s*$/, '/AcroForm << /Fields [9001 0 R] /SigFlags 3 >> >>'),
    9001: '<< /FT /Sig /T (Signature1) /V 9002 0 R >>',
    9002: dictionary,
  });
  return fill(withRevision(pdf, added, `/Root ${root.number} 0 R ${options.trailer ?? ''}`));
}

/** The file with a revision behind it that signs it all. @param objects what it defines, by the new signature's dictionary */
export function withSignedRevision(
  pdf: Buffer,
  objects: (dictionary: string) => Readonly<Record<number, string>>,
  options: PdfOptions,
): Buffer {
  const { dictionary, fill } = prepared(options);
  return fill(withRevision(pdf, objects(dictionary)));
}

/** A signature dictionary with room for what is known only when the file is finished, and what fills it in. */
function prepared(options: PdfOptions): { dictionary: string; fill: (pdf: Buffer) => Buffer } {
  const {
    format = 'ETSI.CAdES.detached',
    type = 'Sig',
    roomBytes = 6_000,
    signedAt = "D:20261124100000+08'00'",
  } = options;
  const zeros = '0'.repeat(2 * roomBytes);
  const blanks = ' '.repeat(RANGE_ROOM);
  const dictionary = `<< /Type /${type} /Filter /Adobe.PPKLite /SubFilter /${format} /M (${signedAt}) ${options.entries ?? ''} /ByteRange ${blanks} /Contents <${zeros}> >>`;
  const fill = (pdf: Buffer): Buffer => {
    const start = pdf.indexOf(`<${zeros}>`);
    const end = start + zeros.length + 2;
    const range = [0, start, end, pdf.length - end] as const;
    const written = options.byteRange?.(range) ?? `[${range.join(' ')}]`;
    pdf.write(written.padEnd(RANGE_ROOM), pdf.indexOf(`/ByteRange ${blanks}`) + '/ByteRange '.length, 'latin1');
    const content = Buffer.concat([pdf.subarray(0, start), pdf.subarray(end)]);
    const digits = options.container(content).toString('hex').padEnd(zeros.length, '0');
    pdf.write(options.hole?.(digits) ?? digits, start + 1, 'latin1');
    return pdf;
  };
  return { dictionary, fill };
}

/** A file of these objects; object 1 is its catalog, the one after the last its information. */
export function document(objects: Readonly<Record<number, string>>, trailer = ''): Buffer {
  let text = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  const numbers = Object.keys(objects).map(Number);
  const offsets = numbers.map((number) => {
    const offset = text.length;
    text += `${number} 0 obj\n${objects[number]}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const size = numbers.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`;
  text += `${table}trailer\n<< /Size ${size} /Root 1 0 R ${trailer.includes('/Info') ? '' : `/Info ${size - 1} 0 R`} ${trailer} >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** The file with a revision behind it: objects that replace older ones or are new. */
export function withRevision(pdf: Buffer, objects: Readonly<Record<number, string>>, trailer = ''): Buffer {
  const text = pdf.toString('latin1');
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1];
  const [, size = 0] = [...text.matchAll(/\/Size (\d+)/g)].at(-1) ?? [];
  const references = [...text.slice(text.lastIndexOf('trailer')).matchAll(/\/(Root|Info) \d+ 0 R/g)].map(
    ([all]) => all,
  );
  let added = '';
  let table = '';
  for (const [number, value] of Object.entries(objects)) {
    table += `${number} 1\n${String(pdf.length + added.length).padStart(10, '0')} 00000 n \n`;
    added += `${number} 0 obj\n${value}\nendobj\n`;
  }
  const most = Math.max(Number(size), ...Object.keys(objects).map((number) => Number(number) + 1));
  const at = pdf.length + added.length;
  added += `xref\n${table || '0 0\n'}trailer\n<< /Size ${most} ${trailer || references.join(' ')} /Prev ${previous} >>\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.concat([pdf, Buffer.from(added, 'latin1')]);
}

/** The text of the object with that number, without its frame. */
export function objectOf(pdf: Buffer, number: number): string {
  const text = pdf.toString('latin1');
  const at = text.indexOf(`\n${number} 0 obj`);
  return text
    .slice(at, text.indexOf('endobj', at))
    .replace(/^\s*\d+ 0 obj\s*/, '')
    .trim();
}

/** The objects of a file that `signedPdf` made, in a file that somebody else wrote: the same, at other places. */
export function writtenAnew(pdf: Buffer, change: (objects: Record<number, string>) => void = () => {}): Buffer {
  const objects = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((number) => [number, objectOf(pdf, number)]));
  objects[1] = `${objects[1]} % written anew`;
  change(objects);
  return document(objects);
}
