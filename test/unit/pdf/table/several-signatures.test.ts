/** Several signatures, each over all that came before; document timestamps; and what hides behind one. */
import { describe, expect, it } from 'vitest';
import { verifyPdf } from '../../../../src/pdf/verify-pdf.ts';
import { ecKey, issue } from '../../../support/certificates.ts';
import { container, timestampToken } from '../../../support/containers.ts';
import { octets } from '../../../support/der.ts';
import { type PdfOptions, signedPdf, withRevision } from '../../../support/hand-made-pdf.ts';
import {
  entryAdded,
  type Later,
  newest,
  signedAgain,
  streamOf,
  withTimestamp,
  withValidationData,
} from '../../../support/later-revisions.ts';

const root = issue({ name: 'Root', key: ecKey(), ca: true });
const signer = issue({ name: 'Signer', key: ecKey(), issuer: root });
const other = issue({ name: 'Other', key: ecKey(), issuer: root });
const stranger = issue({ name: 'Stranger', key: ecKey() });
const timeStamping = ['1.3.6.1.5.5.7.3.8'];
const time = issue({ name: 'Time', key: ecKey(), issuer: root, extendedKeyUsage: timeStamping });
const OPTIONS = { trustAnchors: [root.der], now: new Date('2026-11-24T12:00:00+08:00') };
const signed = (over: Partial<PdfOptions> = {}) =>
  signedPdf({
    information: '/CertValidUntil (2027-01-01)',
    container: (content) => container(content, { signer, certificates: [root.der] }),
    ...over,
  });
const good = signed();
const again = (pdf = good, later: Later = {}) => signedAgain(pdf, other, [root.der], later);
const stamped = (pdf = good, later: Later = {}, authority = time) => withTimestamp(pdf, authority, [root.der], later);
const replaced = (pdf: Buffer, text: string, by: string) => {
  if (!pdf.includes(text)) throw new Error(`not there: ${text}`);
  return Buffer.from(
    pdf.toString('latin1').replace(text, () => by),
    'latin1',
  );
};
/** A file with a field that was there, unsigned, when the first one was signed. */
const waiting = signed({
  fields: [8],
  more: { 8: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Waiting) /Rect [0 0 180 180] /P 3 0 R >>' },
});
const painted = { 6: streamOf(Buffer.from('1 0 0 rg 10 10 99 99 re f')) };
const codes = async (pdf: Buffer) => {
  const { verdict, layers } = await verifyPdf(pdf, OPTIONS);
  return [verdict, ...Object.values(layers).map(({ code }) => code)].join(' ');
};
describe('several signatures, each over all that came before', () => {
  it('two: valid, and each is reported', async () => {
    const pdf = again();
    const { verdict, layers, signatures, signer: first, coverage, annotation } = await verifyPdf(pdf, OPTIONS);
    expect(verdict).toBe('valid');
    expect(layers).toMatchObject({
      structure: { code: 'SEVERAL_SIGNATURES' },
      revisions: { code: 'SIGNATURE_ADDED' },
      annotation: { code: 'IN_FORCE' },
    });
    expect(signatures?.map((one) => [one.signer?.name, one.layers.revisions.code, one.coverage?.coveredBytes])).toEqual(
      [
        ['Signer', 'SIGNATURE_ADDED', good.length],
        ['Other', 'NOTHING_ADDED', pdf.length],
      ],
    );
    expect({ first: first?.name, added: coverage?.addedBytes, until: annotation?.validUntil }).toEqual({
      first: 'Signer',
      added: 0,
      until: '2027-01-01',
    });
  });

  const VALID: Readonly<Record<string, () => Buffer>> = {
    three: () => again(again(), { number: 50 }),
    'validation data between them': () => again(withValidationData(good, root.der)),
    'validation data behind them': () => withValidationData(again(), root.der),
    'a timestamp behind them': () => stamped(again()),
    'an appearance of its own': () =>
      again(good, {
        change: (objects) => {
          objects[30] = entryAdded(objects[30] ?? '', '/AP << /N 32 0 R >>');
          objects[32] = streamOf(Buffer.from('0 g 1 1 5 5 re f'), '/Type /XObject /Subtype /Form /BBox [0 0 20 20]');
        },
      }),
    'a field with a widget apart': () =>
      again(good, {
        change: (objects) => {
          objects[3] = (objects[3] ?? '').replace('30 0 R', '33 0 R');
          objects[30] = '<< /FT /Sig /T (Apart) /V 31 0 R /Kids [33 0 R] >>';
          objects[33] = '<< /Type /Annot /Subtype /Widget /Parent 30 0 R /P 3 0 R /Rect [0 0 20 20] >>';
        },
      }),
    'no place on a page': () =>
      again(good, {
        change: (objects) => {
          delete objects[3];
        },
      }),
    'in a field that waited for it': () =>
      signedAgain(waiting, other, [root.der], {
        change: (objects) => {
          for (const number of [1, 3, 30]) delete objects[number];
          objects[8] = entryAdded(newest(waiting, 8), '/V 31 0 R /AP << /N 32 0 R >>');
          objects[32] = streamOf(Buffer.from('0 g 1 1 5 5 re f'), '/Subtype /Form /BBox [0 0 180 180]');
        },
      }),
    'resources, a style, and a note of the producer': () =>
      again(good, {
        change: (objects) => {
          objects[1] = (objects[1] ?? '').replace(
            '/SigFlags 3',
            '/SigFlags 3 /DA (/Helv 0 Tf 0 g) /DR << /Font << /Helv 35 0 R >> >>',
          );
          objects[7] = newest(good, 7).replace('(by hand)', '(by hand; modified) /ModDate (D:20261125)');
          objects[35] = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
        },
      }),
    'a first one that allows more': () => again(signed({ entries: certified(2) })),
  };
  it.each(Object.entries(VALID))('%s: valid', async (_name, make) => {
    expect((await codes(make())).split(' ')[0]).toBe('valid');
  });

  const changed = (change: (objects: Record<number, string>) => void) => () => again(good, { change });
  const INVALID: Readonly<Record<string, () => Buffer>> = {
    'the second repaints the page': changed((objects) => Object.assign(objects, painted)),
    'the second changes the page': changed((objects) => {
      objects[3] = (objects[3] ?? '').replace('200 200', '300 300');
    }),
    'the second covers the page with its picture': () => again(good, { rectangle: '0 0 180 180' }),
    'the second covers the page with several pictures': () =>
      again(good, {
        change: (objects) => {
          const numbers = [33, 34, 35];
          objects[30] = '<< /FT /Sig /T (Apart) /V 31 0 R /Kids [33 0 R 34 0 R 35 0 R] >>';
          objects[3] = `${objects[3]}`.replace('[30 0 R', '[33 0 R 34 0 R 35 0 R');
          for (const number of numbers)
            objects[number] = '<< /Type /Annot /Subtype /Widget /Parent 30 0 R /P 3 0 R /Rect [0 0 60 60] >>';
        },
      }),
    'the second changes the information': changed((objects) => {
      objects[7] = '<< /CertValidUntil (2099-01-01) >>';
    }),
    'the second adds another field': changed((objects) => {
      objects[1] = (objects[1] ?? '').replace('[', '[34 0 R ');
      objects[34] = '<< /FT /Tx /T (Text) /V (valid for ever) >>';
    }),
    'the second adds another annotation': changed((objects) => {
      objects[3] = (objects[3] ?? '').replace('/Annots [', '/Annots [34 0 R ');
      objects[34] = '<< /Type /Annot /Subtype /FreeText /Rect [0 0 9 9] /Contents (x) >>';
    }),
    'the second has an action': changed((objects) => {
      objects[30] = entryAdded(objects[30] ?? '', '/AA << /E << /S /JavaScript /JS (x) >> >>');
    }),
    'the second is an action of the document too': changed((objects) => {
      objects[1] = entryAdded(objects[1] ?? '', '/OpenAction << /S /JavaScript /JS (x) >>');
    }),
    'the second moves the first': changed((objects) => {
      objects[4] = newest(good, 4).replace('[0 0 0 0]', '[0 0 50 50]');
    }),
    'the second draws the first anew': changed((objects) => {
      objects[4] = entryAdded(newest(good, 4), '/AP << /N 32 0 R >>');
      objects[32] = streamOf(Buffer.from('f'), '/Subtype /Form /BBox [0 0 9 9]');
    }),
    'the second drops the first': changed((objects) => {
      objects[1] = (objects[1] ?? '').replace(' 4 0 R', '');
      objects[9] = '<< >>';
    }),
    'the second leaves its field out of the form': changed((objects) => {
      objects[4] = entryAdded(newest(good, 4), '/Kids [30 0 R]');
      objects[1] = newest(good, 1);
    }),
    'the second stands on the page only': changed((objects) => {
      delete objects[1];
    }),
    'the second has the name of the first': changed((objects) => {
      objects[30] = (objects[30] ?? '').replace('(Field30)', '(Signature1)');
    }),
    'a form that asks for other appearances': changed((objects) => {
      objects[1] = (objects[1] ?? '').replace('/SigFlags 3', '/SigFlags 3 /NeedAppearances true');
    }),
    'another producer': changed((objects) => {
      objects[7] = newest(good, 7).replace('(by hand)', '(by others) /ModDate (D:20261125)');
    }),
    'a field that waited, moved': () =>
      signedAgain(waiting, other, [root.der], {
        change: (objects) => {
          for (const number of [1, 3, 30]) delete objects[number];
          objects[8] = entryAdded(newest(waiting, 8), '/V 31 0 R').replace('[0 0 180 180]', '[0 0 200 200]');
        },
      }),
    'the second is a stream': changed((objects) => {
      objects[30] = `${objects[30]}\nstream\n\nendstream`;
    }),
    'the first forbids more': () => again(signed({ entries: certified(1) })),
    'something between them': () => again(withRevision(good, painted)),
    'something behind them': () => withRevision(again(), painted),
    'a comment behind them': () =>
      withRevision(again(), {
        3: newest(again(), 3).replace('[', '[60 0 R '),
        60: '<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (seen) >>',
      }),
    'the first changed': () => replaced(again(), '0 0 1 rg', '1 0 1 rg'),
    'the second changed': () => replaced(again(), '/T (Field30)', '/T (Field39)'),
    'the second without its digest': () =>
      again(good, {
        pdf: { container: (content) => container(content, { signer: other, signature: (bytes) => bytes.reverse() }) },
      }),
    'the second is one that may not sign': () =>
      signedAgain(good, issue({ name: 'Page', key: ecKey(), issuer: root, keyUsage: 0x20 }), [root.der]),
  };
  it.each(Object.entries(INVALID))('%s: invalid', async (name, make) => {
    const { verdict, annotation } = await verifyPdf(make(), OPTIONS);
    expect({ name, verdict }).toEqual({ name, verdict: 'invalid' });
    expect(annotation?.validUntil ?? '2027-01-01').toBe('2027-01-01');
  });

  it('the second by somebody who is not trusted: unknown, the first is reported as it is', async () => {
    const { verdict, signatures } = await verifyPdf(signedAgain(good, stranger, []), OPTIONS);
    expect(verdict).toBe('unknown');
    expect(signatures?.map(({ layers }) => layers.signer.code)).toEqual(['TRUSTED', 'NOT_TRUSTED']);
  });
});

function certified(permission: number): string {
  return `/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /P ${permission} /V /1.2 >> >>]`;
}

describe('a timestamp of the document', () => {
  it.each([
    ['behind the signature', () => stamped()],
    ['behind validation data', () => stamped(withValidationData(good, root.der))],
    ['before validation data', () => withValidationData(stamped(), root.der)],
    ['a second one', () => stamped(stamped(), { number: 50 })],
    ['where changes are forbidden', () => stamped(signed({ entries: certified(1) }))],
  ])('%s: valid, and no second signature', async (_name, make) => {
    const { verdict, layers, signatures, signer: who } = await verifyPdf(make(), OPTIONS);
    expect({ verdict, code: layers.revisions.code, who: who?.name }).toEqual({
      verdict: 'valid',
      code: 'TIMESTAMP_ADDED',
      who: 'Signer',
    });
    expect({ signatures, structure: layers.structure.code }).toEqual({
      signatures: undefined,
      structure: 'ONE_SIGNATURE',
    });
  });

  const by = (authority: typeof time) => () => stamped(good, {}, authority);
  const token =
    (of: (content: Buffer) => Buffer, over = {}) =>
    () =>
      stamped(good, {
        pdf: {
          container: (content) => timestampToken(of(content), { signer: time, certificates: [root.der], ...over }),
        },
      });
  it.each([
    ['by an authority of nobody', by(issue({ name: 'Time', key: ecKey(), extendedKeyUsage: timeStamping }))],
    ['by a signer of documents', by(other)],
    [
      'by one that may do more',
      by(issue({ name: 'Time', key: ecKey(), issuer: root, extendedKeyUsage: [...timeStamping, '1.3.6.1.5.5.7.3.4'] })),
    ],
    [
      'by one whose certificate has expired',
      by(
        issue({
          name: 'Time',
          key: ecKey(),
          issuer: root,
          extendedKeyUsage: timeStamping,
          from: new Date('2010-01-01'),
          to: new Date('2015-01-01'),
        }),
      ),
    ],
    ['of something else', token(() => Buffer.from('something else'))],
    ['with another key', token((content) => content, { signer: { ...time, key: ecKey() } })],
    ['that names no certificate', token((content) => content, { attributes: { signingCertificate: null } })],
    [
      'that is no timestamp',
      () => stamped(good, { pdf: { container: (content: Buffer) => container(content, { signer: time }) } }),
    ],
    ['that is nothing', () => stamped(good, { pdf: { container: () => Buffer.from('0500', 'hex') } })],
    [
      'with something behind it',
      () => stamped(good, { pdf: { hole: (digits: string) => digits.replace(/00$/, '01') } }),
    ],
  ])('%s: unknown', async (_name, make) => {
    expect(await codes(make())).toBe('unknown ONE_SIGNATURE UNCHANGED TRUSTED TIMESTAMP_NOT_CONFIRMED IN_FORCE');
  });

  it.each([
    ['and a picture', () => stamped(good, { rectangle: '0 0 20 20' })],
    ['and a repainted page', () => stamped(good, { change: (objects) => Object.assign(objects, painted) })],
    ['and a page repainted before', () => stamped(withRevision(good, painted))],
    ['and a page repainted after', () => withRevision(stamped(), painted)],
    ['and a changed page', () => replaced(stamped(), '0 0 1 rg', '1 0 1 rg')],
  ])('%s: invalid', async (_name, make) => {
    expect((await codes(make())).split(' ')[0]).toBe('invalid');
  });

  it('alone: nobody signed', async () => {
    expect(await codes(signed({ type: 'DocTimeStamp', format: 'ETSI.RFC3161' }))).toContain(
      'unknown FORMAT_NOT_SUPPORTED',
    );
  });

  it('states no annotation of what was changed before the signature', async () => {
    const early = signedPdf({
      information: '/CertValidUntil (2099-01-01)',
      type: 'DocTimeStamp',
      format: 'ETSI.RFC3161',
      container: (content) => timestampToken(content, { signer: time, certificates: [root.der] }),
    });
    const later = again(withRevision(early, { 7: '<< /CertValidUntil (2027-01-01) >>' }));
    const { annotation } = await verifyPdf(later, OPTIONS);
    expect(annotation?.validUntil).toBe('2027-01-01');
  });
});

describe('a format that is not known', () => {
  const unknown = signed({ format: 'GM.unknown', container: () => octets(Buffer.alloc(64)) });
  it.each([
    ['alone', unknown, 'unknown FORMAT_NOT_SUPPORTED NOT_CHECKED NOT_CHECKED NOTHING_ADDED NOT_CHECKED'],
    [
      'repainted',
      withRevision(unknown, painted),
      'invalid FORMAT_NOT_SUPPORTED NOT_CHECKED NOT_CHECKED ADDED_AFTER_SIGNING NOT_CHECKED',
    ],
    [
      'with validation data',
      withValidationData(unknown, root.der),
      'unknown FORMAT_NOT_SUPPORTED NOT_CHECKED NOT_CHECKED VALIDATION_DATA_ADDED NOT_CHECKED',
    ],
    [
      'signed again',
      again(unknown),
      'unknown FORMAT_NOT_SUPPORTED NOT_CHECKED NOT_CHECKED SIGNATURE_ADDED NOT_CHECKED',
    ],
  ])('%s', async (_name, pdf, expected) => {
    expect(await codes(pdf)).toBe(expected);
  });
});
