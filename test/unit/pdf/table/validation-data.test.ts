/** A revision that adds only validation data, and what hides behind one. */
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { verifyPdf } from '../../../../src/pdf/verify-pdf.ts';
import { ecKey, issue, revocationList } from '../../../support/certificates.ts';
import { container } from '../../../support/containers.ts';
import { sequence } from '../../../support/der.ts';
import {
  document,
  objectOf,
  type PdfOptions,
  signedBehind,
  signedPdf,
  withRevision,
} from '../../../support/hand-made-pdf.ts';
import { entryAdded, newest, streamOf, validationData, withValidationData } from '../../../support/later-revisions.ts';

const root = issue({ name: 'Root', key: ecKey(), ca: true });
const signer = issue({ name: 'Signer', key: ecKey(), issuer: root });
const OPTIONS = { trustAnchors: [root.der], now: new Date('2026-11-24T12:00:00+08:00') };
const signed = (over: Partial<PdfOptions> = {}) =>
  signedPdf({
    information: '/CertValidUntil (2027-01-01)',
    container: (content) => container(content, { signer, certificates: [root.der] }),
    ...over,
  });

const good = signed();
const catalog = objectOf(good, 1);
const page = objectOf(good, 3);
const widget = objectOf(good, 4);
const store = (more: Readonly<Record<number, string>> = {}, trailer = '') =>
  withValidationData(good, root.der, more, trailer);
const catalogWith = (entries: string, base = catalog) => entryAdded(base, `/DSS 21 0 R ${entries}`);
const edited = (pdf: Buffer, change: (text: string) => string) => Buffer.from(change(pdf.toString('latin1')), 'latin1');
/** What stands behind the signed end, changed without moving anything in front of it. */
const appendedEdited = (pdf: Buffer, change: (text: string) => string) =>
  Buffer.concat([pdf.subarray(0, good.length), edited(pdf.subarray(good.length), change)]);
const padded = (text: string, by: string) => (whole: string) => {
  if (!whole.includes(text)) throw new Error(`not there: ${text}`);
  return whole.replace(text, by);
};

const codeOf = async (pdf: Buffer) => {
  const { verdict, layers } = await verifyPdf(pdf, OPTIONS);
  return `${verdict} ${layers.revisions.code}`;
};

/** Objects in a stream of their own, and cross-references as a stream, behind a file with a table. */
function inStreams(pdf: Buffer, objects: Readonly<Record<number, string>>, streams: Readonly<Record<number, string>>) {
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(pdf.toString('latin1'))?.[1];
  const entries: [number: number, kind: number, second: number, third: number][] = [];
  let added = '';
  const add = (number: number, text: string) => {
    entries.push([number, 1, pdf.length + added.length, 0]);
    added += `${number} 0 obj\n${text}\nendobj\n`;
  };
  for (const [number, text] of Object.entries(streams)) add(Number(number), text);
  const texts = Object.values(objects);
  const offsets = texts.map((_, index) => texts.slice(0, index).reduce((sum, text) => sum + text.length + 1, 0));
  const header = Object.keys(objects)
    .map((number, index) => `${number} ${offsets[index]}`)
    .join(' ');
  const data = deflateSync(Buffer.from(`${header} ${texts.join(' ')}`, 'latin1'));
  add(50, streamOf(data, `/Type /ObjStm /N ${texts.length} /First ${header.length + 1} /Filter /FlateDecode`));
  for (const [index, number] of Object.keys(objects).entries()) entries.push([Number(number), 2, 50, index]);
  const at = pdf.length + added.length;
  entries.push([51, 1, at, 0]);
  const table = Buffer.concat(
    entries.map(([, kind, second, third]) => {
      const row = Buffer.alloc(6);
      row.writeUInt8(kind, 0);
      row.writeUInt32BE(second, 1);
      row.writeUInt8(third, 5);
      return row;
    }),
  );
  const index = entries.map(([number]) => `${number} 1`).join(' ');
  const text = streamOf(
    table,
    `/Type /XRef /Size 60 /W [1 4 1] /Index [${index}] /Root 1 0 R /Info 7 0 R /Prev ${previous}`,
  );
  return Buffer.concat([pdf, Buffer.from(`${added}51 0 obj\n${text}\nendobj\nstartxref\n${at}\n%%EOF\n`, 'latin1')]);
}

const VRI = '0123456789ABCDEF0123456789ABCDEF01234567';
const ALLOWED: Readonly<Record<string, () => Buffer>> = {
  'a certificate': () => store(),
  'the file ended without a line break': () => {
    const bare = signed({ container: (content) => container(content, { signer, certificates: [root.der] }) });
    return withValidationData(bare, root.der);
  },
  'certificates, revocation lists, answers, and what belongs to which signature': () =>
    store({
      21: `<< /Type /DSS /Certs 22 0 R /CRLs [23 0 R] /OCSPs [24 0 R] /VRI 25 0 R >>`,
      22: '[20 0 R]',
      23: streamOf(revocationList(root)),
      24: streamOf(sequence()),
      25: `<< /Type /VRI /${VRI} << /Type /VRI /Cert [20 0 R] /CRL [23 0 R] /OCSP [24 0 R] /TU (D:20261124) >> >>`,
    }),
  compressed: () => store({ 20: streamOf(deflateSync(root.der), '/Filter /FlateDecode') }),
  'its store in the catalog': () =>
    withRevision(good, { 1: entryAdded(catalog, '/DSS << /Certs [20 0 R] >>'), 20: streamOf(root.der) }),
  'extensions too': () =>
    store({
      1: catalogWith('/Extensions << /ESIC << /Type /DeveloperExtensions /BaseVersion /1.7 /ExtensionLevel 5 >> >>'),
    }),
  'extensions alone': () =>
    withRevision(good, { 1: entryAdded(catalog, '/Extensions << /ADBE << /BaseVersion /1.7 /ExtensionLevel 8 >> >>') }),
  'twice, the second time to the same store': () =>
    withRevision(store(), { 21: '<< /Type /DSS /Certs [20 0 R 26 0 R] >>', 26: streamOf(signer.der) }),
  'the page written once more as it was': () => store({ 3: page }),
  'keys of the catalog in another order': () =>
    store({ 1: '<< /DSS 21 0 R /AcroForm << /SigFlags 3 /Fields [4 0 R] >> /Pages 2 0 R /Type /Catalog >>' }),
  'white space behind it': () => Buffer.concat([store(), Buffer.from('\r\n\0')]),
  'a new identifier of the revision': () => {
    const identified = signed({ trailer: '/ID [<01> <02>]' });
    return withRevision(identified, validationData(identified, root.der), '/Root 1 0 R /Info 7 0 R /ID [<01> <03>]');
  },
  'no word of the information': () => store({}, '/Root 1 0 R'),
  'objects in streams': () =>
    inStreams(
      good,
      { 1: entryAdded(catalog, '/DSS 21 0 R'), 21: '<< /Type /DSS /Certs [20 0 R] >>' },
      { 20: streamOf(root.der) },
    ),
  'a length in an object of its own': () =>
    store({ 20: streamOf(root.der).replace(/\/Length \d+/, '/Length 27 0 R'), 27: String(root.der.length) }),
};

/** Behind each of these stands validation data that would be allowed. */
const HOSTILE: Readonly<Record<string, () => Buffer>> = {
  'another page content': () => store({ 6: streamOf(Buffer.from('1 0 0 rg 10 10 99 99 re f')) }),
  'the same page content, its length another': () =>
    store({ 6: objectOf(good, 6).replace('/Length 24', '/Length 23') }),
  'another page': () => store({ 3: page.replace('200 200', '900 900') }),
  'a picture over the page': () =>
    store({ 3: page.replace('[4 0 R]', '[4 0 R 9 0 R]'), 9: '<< /Type /Annot /Subtype /FreeText /Rect [0 0 9 9] >>' }),
  'another page tree': () => store({ 2: '<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>' }),
  'an appearance of the signature': () =>
    store({
      4: entryAdded(widget, '/AP << /N 9 0 R >>'),
      9: streamOf(Buffer.from('f'), '/Subtype /Form /BBox [0 0 9 9]'),
    }),
  'a field that moves': () => store({ 4: widget.replace('[0 0 0 0]', '[0 0 200 200]') }),
  'an action of the document': () => store({ 1: catalogWith('/OpenAction << /S /JavaScript /JS (x) >>') }),
  'more actions of the document': () => store({ 1: catalogWith('/AA << /WC << /S /JavaScript /JS (x) >> >>') }),
  'an action of the page': () => store({ 3: entryAdded(page, '/AA << /O << /S /JavaScript /JS (x) >> >>') }),
  'a name tree': () =>
    store({ 1: catalogWith('/Names << /JavaScript << /Names [(x) << /S /JavaScript /JS (x) >>] >> >>') }),
  metadata: () => store({ 1: catalogWith('/Metadata 9 0 R'), 9: streamOf(Buffer.from('<x/>')) }),
  layers: () => store({ 1: catalogWith('/OCProperties << /OCGs [] /D << >> >>') }),
  'another version in the catalog': () => store({ 1: catalogWith('/Version /2.0') }),
  'another version key, without a word on it': () => store({ 1: catalogWith('/version /2.0') }),
  'a key twice in the catalog': () => store({ 1: catalogWith('/Pages 2 0 R') }),
  'a key less in the catalog': () =>
    withValidationData(signed({ catalog: '/Lang (zh-CN)' }), root.der, { 1: catalogWith('') }),
  'another field': () =>
    store({ 1: catalogWith('').replace('[4 0 R]', '[4 0 R 9 0 R]'), 9: '<< /FT /Tx /T (a) /V (b) >>' }),
  'a form that asks for other appearances': () =>
    store({ 1: catalogWith('').replace('/SigFlags 3', '/SigFlags 3 /NeedAppearances true') }),
  'other information': () => store({ 7: '<< /CertValidUntil (2099-01-01) >>' }),
  'information elsewhere': () => store({ 9: '<< /CertValidUntil (2099-01-01) >>' }, '/Root 1 0 R /Info 9 0 R'),
  'another catalog': () => store({ 9: catalogWith('') }, '/Root 9 0 R /Info 7 0 R'),
  'another generation of the catalog': () => store({}, '/Root 1 1 R /Info 7 0 R'),
  'another file by its identifier': () => {
    const identified = signed({ trailer: '/ID [<01> <02>]' });
    return withRevision(identified, validationData(identified, root.der), '/Root 1 0 R /Info 7 0 R /ID [<09> <03>]');
  },
  'a key of nobody in the trailer': () => store({}, '/Root 1 0 R /Info 7 0 R /Other 9 0 R'),
  'a smaller size': () => appendedEdited(store(), padded('/Size 22', '/Size 03')),
  'an object that nothing leads to': () => store({ 9: '<< >>' }),
  'a catalog that nothing leads to': () => store({ 9: '<< /Type /Catalog /Pages 2 0 R >>' }),
  'an object that was missing': () => {
    const gap = signed({ catalog: '/OpenAction 20 0 R' });
    return withValidationData(gap, root.der);
  },
  'an object that was missing, in a list that was there': () => {
    const gap = signed({ information: '/Gap [[21 0 R]]' });
    return withValidationData(gap, root.der);
  },
  'an object of the page in the store': () => store({ 21: '<< /Type /DSS /Certs [20 0 R 6 0 R] >>' }),
  'an object of the page, made a certificate': () =>
    store({ 21: '<< /Type /DSS /Certs [20 0 R 6 0 R] >>', 6: streamOf(root.der) }),
  'something else than a certificate': () => store({ 20: streamOf(Buffer.from('1 0 0 rg')) }),
  'a certificate and something behind it': () => store({ 20: streamOf(Buffer.concat([root.der, Buffer.from('x')])) }),
  'objects in a certificate': () => store({ 20: streamOf(root.der, '/Type /ObjStm /N 1 /First 4') }),
  'a key of nobody in the store': () => store({ 21: '<< /Type /DSS /Certs [20 0 R] /Pages 2 0 R >>' }),
  'a key of nobody for a signature': () =>
    store({ 21: `<< /VRI << /${VRI} << /A 9 0 R >> >> /Certs [20 0 R] >>`, 9: '<< >>' }),
  'an action among extensions': () => store({ 1: catalogWith('/Extensions << /ADBE << /S /JavaScript >> >>') }),
  'a store that goes away': () => withRevision(store(), { 1: catalog }),
  'an object that is freed': () =>
    appendedEdited(store({ 6: objectOf(good, 6) }), (text) => text.replace(/(\n6 1\n\d{10} 00000) n/, '$1 f')),
  'an old object at another place': () =>
    appendedEdited(store({ 6: objectOf(good, 6) }), (text) =>
      text.replace(/(\n6 1\n)\d{10}/, `$1${String(good.indexOf('\n2 0 obj') + 1).padStart(10, '0')}`),
    ),
  'an old object at its place once more': () =>
    appendedEdited(store({ 6: objectOf(good, 6) }), (text) =>
      text.replace(/(\n6 1\n)\d{10}/, `$1${String(good.indexOf('\n6 0 obj') + 1).padStart(10, '0')}`),
    ),
  'an object with two entries': () =>
    appendedEdited(store({ 6: objectOf(good, 6) }), (text) =>
      text.replace(/\n6 1\n(\d{10} 00000 n \n)/, '\n6 1\n$16 1\n0000000000 00001 f \n'),
    ),
  'an object without an entry': () =>
    appendedEdited(store({ 9: '<< >>' }), (text) => text.replace(/9 1\n\d{10} 00000 n \n/, '')),
  'another generation': () => appendedEdited(store(), padded('\n20 0 obj', '\n20 1 obj')),
  'cross-references that skip the signed ones': () =>
    appendedEdited(withRevision(store(), {}), (text) =>
      text.replace(/\/Prev \d+ >>\nstartxref\n\d+\n%%EOF\n$/, (all) => all.replace(/\/Prev \d+/, '/Prev 9')),
    ),
  'cross-references in a circle': () => {
    const pdf = store();
    const at = /startxref\n(\d+)\n%%EOF\n$/.exec(pdf.toString('latin1'))?.[1];
    return appendedEdited(pdf, (text) => text.replace(/\/Prev \d+/, `/Prev ${at}`));
  },
  'no older cross-references': () => appendedEdited(store(), (text) => text.replace(/\/Prev \d+/, '')),
  'hybrid cross-references': () => appendedEdited(store(), (text) => text.replace(/\/Prev/, '/XRefStm 9 /Prev')),
  'cross-references elsewhere': () =>
    appendedEdited(store(), (text) => text.replace(/startxref\n\d+/, 'startxref\n000')),
  'an encryption': () => store({ 9: '<< /Filter /Standard >>' }, '/Root 1 0 R /Info 7 0 R /Encrypt 9 0 R'),
  'words between the objects': () => appendedEdited(store(), padded('endobj\n21 0 obj', 'endobj\nx\n21 0 obj')),
  'an object stream': () =>
    inStreams(
      good,
      { 1: entryAdded(catalog, '/DSS 21 0 R'), 21: '<< /Certs [20 0 R] >>', 6: 'null' },
      { 20: streamOf(root.der) },
    ),
  'an object in a stream, not in the index': () => {
    const pdf = inStreams(
      good,
      { 1: entryAdded(catalog, '/DSS 21 0 R'), 21: '<< /Certs [20 0 R] >>', 9: 'null' },
      { 20: streamOf(root.der) },
    );
    return appendedEdited(pdf, (text) => text.replace(' 9 1 51 1]', ' 8 1 51 1]'));
  },
  'an object stream with another number that is in use': () =>
    inStreams(
      good,
      {
        1: entryAdded(catalog, '/DSS 21 0 R'),
        21: '<< /Certs [20 0 R] >>',
        7: objectOf(good, 7).replace('2027', '2099'),
      },
      { 20: streamOf(root.der) },
    ),
  'a second revision that repaints': () =>
    withRevision(store(), { 6: streamOf(Buffer.from('1 0 0 rg 10 10 99 99 re f')) }),
  'a first revision that repaints': () => {
    const repainted = withRevision(good, { 6: streamOf(Buffer.from('1 0 0 rg 10 10 99 99 re f')) });
    return withValidationData(repainted, root.der);
  },
  'an end that is cut': () => store().subarray(0, -7),
  'garbage behind it': () => Buffer.concat([store(), Buffer.from('x')]),
};

describe('a revision that adds only validation data: valid', () => {
  it.each(Object.entries(ALLOWED))('%s', async (_name, make) => {
    expect(await codeOf(make())).toBe('valid VALIDATION_DATA_ADDED');
  });

  it('behind layouts of other producers', async () => {
    const base = document({
      1: '<< /Type /Catalog /Pages 2 0 R >>',
      2: '<< /Kids [] /Count 0 /Type /Pages >>',
      3: '<< >>',
    });
    const behind = signedBehind(
      base,
      { number: 1, text: '<< /Type /Catalog /Pages 2 0 R >>' },
      { container: (content) => container(content, { signer, certificates: [root.der] }) },
    );
    const catalogBefore = newest(behind, 1);
    const pdf = withRevision(behind, {
      1: entryAdded(catalogBefore, '/DSS << /Certs [9010 0 R] >>'),
      9010: streamOf(root.der),
    });
    expect(await codeOf(pdf)).toBe('valid VALIDATION_DATA_ADDED');
  });

  it('without anybody to trust: unknown', async () => {
    const { verdict, layers } = await verifyPdf(store(), { ...OPTIONS, trustAnchors: [] });
    expect({ verdict, code: layers.signer.code }).toEqual({ verdict: 'unknown', code: 'NO_TRUST_ANCHOR' });
  });

  it('reads the annotation of the signed revision', async () => {
    const { annotation, coverage } = await verifyPdf(store(), OPTIONS);
    expect({ annotation, coverage }).toMatchObject({
      annotation: { validUntil: '2027-01-01' },
      coverage: { coveredBytes: good.length },
    });
  });
});

describe('validation data and anything else: invalid', () => {
  it.each(Object.entries(HOSTILE))('%s', async (_name, make) => {
    const made = make();
    const { verdict, layers, annotation } = await verifyPdf(made, OPTIONS);
    expect({ name: _name, verdict }).toEqual({ name: _name, verdict: expect.not.stringMatching(/^valid/) });
    expect(annotation?.validUntil ?? '2027-01-01').toBe('2027-01-01');
    expect(Object.values(layers).some(({ result }) => result === 'fail') || layers.structure.code === 'ENCRYPTED').toBe(
      true,
    );
  });

  it('a changed page before validation data', async () => {
    expect((await verifyPdf(edited(store(), padded('0 0 1 rg', '1 0 1 rg')), OPTIONS)).layers.integrity.code).toBe(
      'DIGEST_MISMATCH',
    );
  });
});
