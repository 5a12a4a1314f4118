/** The signature in the PDF: a field over the seal, signed in the same pass that makes the file (ISO 32000-1, 12.8). */

/** Room for the signature: ours take up to 3 KiB. */
const CONTENTS_BYTES = 4_096;
/** Stands for a number of the byte range; pdfkit writes a string as a name. */
const NUMBER = '**********';
const PRINTED_AND_LOCKED = 4 + 128;
const SIGNATURES_EXIST_AND_APPEND_ONLY = 1 + 2;

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Signing {
  /** What the file calls it. */
  readonly format: 'ETSI.CAdES.detached' | 'GM.sm2seal';
  /** Signs what is given: a signature container or an SES_Signature, DER. */
  sign(content: Uint8Array): Uint8Array;
}

/** Fills the signature into the finished file. @throws Error where it is larger than its room */
type FillIn = (pdf: Buffer) => Buffer;

/** An object of the file, as pdfkit has and does not declare it. */
interface Reference {
  readonly data: Record<string, unknown>;
  /** Its position in the finished file. */
  readonly offset: number;
  end(stream?: string): void;
}

interface Internals {
  ref(data: object): Reference;
  readonly _root: { readonly data: { readonly AcroForm: { readonly data: Record<string, unknown> } } };
  readonly page: { readonly height: number; readonly dictionary: Reference; readonly annotations: Reference[] };
}

/** Adds a signature field in an area; it shows nothing of its own. A font must be chosen. */
export function addSignatureField(document: PDFKit.PDFDocument, area: Area, signedAt: Date, signing: Signing): FillIn {
  document.initForm();
  const internals = document as unknown as Internals;
  const { page, _root } = internals;
  const signature = internals.ref({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: signing.format,
    Name: new String('电子证书演示用章'),
    Reason: new String('样张 SAMPLE'),
    M: signedAt,
    ByteRange: [0, NUMBER, NUMBER, NUMBER],
    Contents: Buffer.alloc(CONTENTS_BYTES),
  });
  const appearance = internals.ref({ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, area.width, area.height] });
  const field = internals.ref({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    T: new String('Signature1'),
    F: PRINTED_AND_LOCKED,
    Rect: [area.x, page.height - area.y - area.height, area.x + area.width, page.height - area.y],
    P: page.dictionary,
    AP: { N: appearance },
    V: signature,
  });
  signature.end();
  appearance.end('% The seal is on the page.\n');
  field.end();
  page.annotations.push(field);
  const form = _root.data.AcroForm.data;
  delete form.NeedAppearances;
  Object.assign(form, { SigFlags: SIGNATURES_EXIST_AND_APPEND_ONLY, Fields: [field] });
  return (pdf) => fillIn(pdf, signature.offset, signing);
}

function fillIn(pdf: Buffer, offset: number, { sign }: Signing): Buffer {
  const start = pdf.indexOf(`<${'00'.repeat(CONTENTS_BYTES)}>`, offset);
  const end = start + 2 * CONTENTS_BYTES + 2;
  const numbers = [start, end, pdf.length - end].map((number) => String(number).padEnd(NUMBER.length + 1)).join(' ');
  pdf.write(numbers, pdf.indexOf(`/${NUMBER}`, offset), 'latin1');
  const container = sign(Buffer.concat([pdf.subarray(0, start), pdf.subarray(end)]));
  if (container.length > CONTENTS_BYTES) throw new Error(`a signature container of ${container.length} bytes`);
  pdf.write(Buffer.from(container).toString('hex'), start + 1, 'latin1');
  return pdf;
}
