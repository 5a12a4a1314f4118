/** What may be added to a signed file, and how it is done: validation data, document timestamps, further signatures. */
import type { Issued } from './certificates.ts';
import { container, timestampToken } from './containers.ts';
import type { Der } from './der.ts';
import { objectOf, type PdfOptions, withRevision, withSignedRevision } from './hand-made-pdf.ts';

/** The newest text of an object. */
export function newest(pdf: Buffer, number: number): string {
  const text = pdf.toString('latin1');
  return objectOf(Buffer.from(text.slice(text.lastIndexOf(`\n${number} 0 obj`)), 'latin1'), number);
}

export const entryAdded = (dictionary: string, entry: string): string => dictionary.replace(/>>\s*$/, `${entry} >>`);

export const streamOf = (data: Buffer, entries = ''): string =>
  `<< /Length ${data.length} ${entries} >>\nstream\n${data.toString('latin1')}\nendstream`;

type Objects = Readonly<Record<number, string>>;

/** The objects of a revision that adds certificates, as `signedPdf` numbers them, and more. */
export const validationData = (pdf: Buffer, certificate: Der, more: Objects = {}): Objects => ({
  1: entryAdded(newest(pdf, 1), '/DSS 21 0 R'),
  20: streamOf(certificate),
  21: '<< /Type /DSS /Certs [20 0 R] >>',
  ...more,
});

export const withValidationData = (pdf: Buffer, certificate: Der, more: Objects = {}, trailer = ''): Buffer =>
  withRevision(pdf, validationData(pdf, certificate, more), trailer);

/** The objects of a field with its signature, its widget on the page. @param number the field's; its value's is one more */
const signatureField = (
  pdf: Buffer,
  number: number,
  dictionary: string,
  rectangle: string,
): Record<number, string> => ({
  1: newest(pdf, 1).replace(/\/Fields \[/, `/Fields [${number} 0 R `),
  3: newest(pdf, 3).replace(/\/Annots \[/, `/Annots [${number} 0 R `),
  [number]: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Field${number}) /F 132 /P 3 0 R /Rect [${rectangle}] /V ${number + 1} 0 R >>`,
  [number + 1]: dictionary,
});

export interface Later {
  readonly number?: number;
  readonly rectangle?: string;
  readonly pdf?: Partial<PdfOptions>;
  /** Changes the objects of the revision. */
  readonly change?: (objects: Record<number, string>) => void;
}

/** The file with another signature over all of it, in a field of its own. */
export function signedAgain(pdf: Buffer, signer: Issued, certificates: readonly Der[], later: Later = {}): Buffer {
  const { number = 30, rectangle = '0 0 20 20', change } = later;
  return withSignedRevision(
    pdf,
    (dictionary) => {
      const objects = signatureField(pdf, number, dictionary, rectangle);
      change?.(objects);
      return objects;
    },
    { container: (content) => container(content, { signer, certificates }), ...later.pdf },
  );
}

/** The file with a timestamp over all of it. */
export const withTimestamp = (
  pdf: Buffer,
  authority: Issued,
  certificates: readonly Der[],
  later: Later = {},
): Buffer =>
  signedAgain(pdf, authority, certificates, {
    number: 40,
    rectangle: '0 0 0 0',
    ...later,
    pdf: {
      type: 'DocTimeStamp',
      format: 'ETSI.RFC3161',
      container: (content) => timestampToken(content, { signer: authority, certificates }),
      ...later.pdf,
    },
  });
