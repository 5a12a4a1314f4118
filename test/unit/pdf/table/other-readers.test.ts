/** Later revisions in which other readers than this one would find other objects. */
import { describe, expect, it } from 'vitest';
import { verifyPdf } from '../../../../src/pdf/verify-pdf.ts';
import { ecKey, issue } from '../../../support/certificates.ts';
import { container } from '../../../support/containers.ts';
import {
  document,
  objectOf,
  type PdfOptions,
  signedBehind,
  signedPdf,
  withRevision,
} from '../../../support/hand-made-pdf.ts';
import { entryAdded, newest, streamOf, withTimestamp, withValidationData } from '../../../support/later-revisions.ts';

const root = issue({ name: 'Root', key: ecKey(), ca: true });
const signer = issue({ name: 'Signer', key: ecKey(), issuer: root });
const time = issue({ name: 'Time', key: ecKey(), issuer: root, extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'] });
const OPTIONS = { trustAnchors: [root.der], now: new Date('2026-11-24T12:00:00+08:00') };
const options: PdfOptions = {
  information: '/CertValidUntil (2027-01-01)',
  container: (content) => container(content, { signer, certificates: [root.der] }),
};
const good = signedPdf(options);
const [catalog, pages, page, information] = [1, 2, 3, 7].map((number) => objectOf(good, number)) as [
  string,
  string,
  string,
  string,
];
const codeOf = async (pdf: Buffer) => {
  const { verdict, layers } = await verifyPdf(pdf, OPTIONS);
  return `${verdict} ${layers.revisions.code}`;
};

interface Packing {
  readonly streams?: Readonly<Record<number, string>>;
  /** What the index says of an object's place, where that is wrong. */
  readonly places?: Readonly<Record<number, number>>;
  /** What stands in front of the objects. */
  readonly header?: (header: string) => string;
}

/** A revision with objects in the stream 50, its index in the stream 51. */
function packed(pdf: Buffer, objects: readonly (readonly [number, string])[], packing: Packing = {}): Buffer {
  const { streams = {}, places = {}, header: written = (header) => header } = packing;
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(pdf.toString('latin1'))?.[1];
  const entries: [number: number, kind: number, second: number, third: number][] = [];
  let added = '';
  const add = (number: number, text: string) => {
    entries.push([number, 1, pdf.length + added.length, 0]);
    added += `${number} 0 obj\n${text}\nendobj\n`;
  };
  for (const [number, text] of Object.entries(streams)) add(Number(number), text);
  let size = 0;
  const starts = objects.map(([, text]) => {
    size += text.length + 1;
    return size - text.length - 1;
  });
  const header = `${written(objects.map(([number], index) => `${number} ${starts[index]}`).join(' '))} `;
  const data = Buffer.from(header + objects.map(([, text]) => text).join(' '), 'latin1');
  add(50, streamOf(data, `/Type /ObjStm /N ${objects.length} /First ${header.length}`));
  const first = new Map(objects.map(([number], index) => [number, index] as const).reverse());
  for (const [number, index] of first) entries.push([number, 2, 50, places[number] ?? index]);
  const at = pdf.length + added.length;
  entries.push([51, 1, at, 0]);
  const rows = entries.map(([, kind, second, third]) =>
    Buffer.from([kind, ...[24, 16, 8, 0].map((bits) => (second >> bits) & 0xff), third]),
  );
  const index = entries.map(([number]) => `${number} 1`).join(' ');
  const dictionary = `/Type /XRef /Size 60 /W [1 4 1] /Index [${index}] /Root 1 0 R /Info 7 0 R /Prev ${previous}`;
  const text = `${added}51 0 obj\n${streamOf(Buffer.concat(rows), dictionary)}\nendobj\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.concat([pdf, Buffer.from(text, 'latin1')]);
}

const store = [
  [1, entryAdded(catalog, '/DSS 21 0 R')],
  [21, '<< /Type /DSS /Certs [20 0 R] >>'],
] as const;
const streams = { 20: streamOf(root.der) };

/** A file whose page and information are in a stream that the signed revision has. */
const inside = (() => {
  const bare = document({
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: pages,
    3: 'null',
    4: streamOf(Buffer.from('0 0 1 rg 10 10 99 99 re f')),
    5: streamOf(Buffer.from('1 0 0 rg 10 10 99 99 re f')),
    6: 'null',
    7: 'null',
  });
  const filled = packed(bare, [
    [3, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>'],
    [7, '<< /CertValidUntil (2027-01-01) >>'],
  ]);
  return signedBehind(
    filled,
    { number: 1, text: '<< /Type /Catalog /Pages 2 0 R >>' },
    { ...options, trailer: '/Info 7 0 R' },
  );
})();
const catalogInside = newest(inside, 1);

const stored = signedPdf({
  ...options,
  catalog: '/DSS << /Certs 9 0 R >>',
  more: { 8: streamOf(root.der), 9: '[8 0 R]' },
});

const HOSTILE: Readonly<Record<string, () => Buffer>> = {
  'a page twice in a stream of objects': () =>
    packed(good, [[3, page.replace('200 200', '900 900')], ...store, [3, page]], { streams }),
  'information twice in a stream of objects': () =>
    packed(good, [[7, information.replace('2027', '2099')], ...store, [7, information]], { streams }),
  'the page tree in the place of the page': () =>
    packed(good, [[2, pages], [3, page], ...store], { streams, places: { 3: 0 } }),
  'an object whose end is another one': () => {
    const ended = (text: string) => text.replace(/>>$/, '/Ended << >> >>');
    const pdf = signedPdf({ ...options, objects: (objects) => ({ ...objects, 3: ended(`${objects[3]}`) }) });
    const objects = [
      [3, objectOf(pdf, 3)],
      [22, '<< >>'],
      [1, entryAdded(objectOf(pdf, 1), '/DSS << /Certs [20 0 R] /VRI 22 0 R >>')],
    ] as const;
    const end = objects[0][1].lastIndexOf('<<');
    return packed(pdf, objects, { streams, header: (header) => header.replace(/ 22 \d+/, ` 22 ${end}`) });
  },
  'the page under another generation': () => {
    const text = withValidationData(good, root.der, { 3: page }).subarray(good.length).toString('latin1');
    const changed = text.replace('\n3 0 obj', '\n3 1 obj').replace(/(\n3 1\n\d{10}) 00000 n/, '$1 00001 n');
    return Buffer.concat([good, Buffer.from(changed, 'latin1')]);
  },
  'a comment that leads back over a revision': () => {
    const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(stored.toString('latin1'))?.[1];
    const repainted = withRevision(stored, { 9: '[8 0 R]', 6: streamOf(Buffer.from('1 0 0 rg 9 9 99 99 re f')) });
    return Buffer.concat([repainted, Buffer.from(`%startxref ${previous} %%EOF\n`)]);
  },
  'an object in a certificate': () => {
    const text = '\n6 0 obj\n<< /Length 23 >>\nstream\n1 0 0 rg 9 9 99 99 re f\nendstream\nendobj\n';
    return withValidationData(good, Buffer.from(`\x30\x82\x01\x00${text.padEnd(256)}`, 'latin1'));
  },
  'a trailer in a certificate': () =>
    withValidationData(good, Buffer.from(`\x30\x82\x01\x00${'\ntrailer << /Root 9 0 R >>\n'.padEnd(256)}`, 'latin1')),
  'a trailer in a comment': () => {
    const text = withValidationData(good, root.der).toString('latin1');
    return Buffer.from(text.replace(/\n(startxref\n\d+\n%%EOF\n)$/, '\n%trailer << /Root 9 0 R >>\n$1'), 'latin1');
  },
  'a certificate in the place of a stream of objects': () =>
    withRevision(
      inside,
      { 1: entryAdded(catalogInside, '/DSS << /Certs [50 0 R] >>'), 50: streamOf(root.der) },
      '/Root 1 0 R /Info 7 0 R',
    ),
  'a picture of a timestamp in the place of a stream of objects': () =>
    withTimestamp(inside, time, [root.der], {
      change: (objects) => {
        delete objects[3];
        objects[1] = catalogInside.replace('/Fields [', '/Fields [40 0 R ');
        objects[40] = `${objects[40]}`.replace('/P 3 0 R', '/AP << /N 50 0 R >>');
        objects[50] = streamOf(Buffer.from('7 0 << /CertValidUntil (2099-01-01) >>'), '/N 1 /First 4');
      },
    }),
};

describe('what every reader finds: valid', () => {
  it.each([
    ['objects in a stream', () => packed(good, [[3, page], ...store], { streams })],
    [
      'behind objects in a stream',
      () => withRevision(inside, { 1: entryAdded(catalogInside, '/DSS << >>') }, '/Root 1 0 R'),
    ],
    ['behind a store', () => withRevision(stored, { 9: '[8 0 R 10 0 R]', 10: streamOf(signer.der) })],
  ])('%s', async (_name, make) => {
    expect(await codeOf(make())).toBe('valid VALIDATION_DATA_ADDED');
  });
});

describe('what some readers find otherwise: invalid', () => {
  it.each(Object.entries(HOSTILE))('%s', async (_name, make) => {
    expect(await codeOf(make())).toBe('invalid ADDED_AFTER_SIGNING');
  });
});
