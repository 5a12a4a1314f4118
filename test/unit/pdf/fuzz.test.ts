/** Nothing that was changed is ever valid, and nothing crashes or hangs the verification. */
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { verifyPdf } from '../../../src/pdf/verify-pdf.ts';
import { ecKey, issue, rsaKey } from '../../support/certificates.ts';
import { container, timestamp } from '../../support/containers.ts';
import { document, signedBehind, signedPdf, withRevision } from '../../support/hand-made-pdf.ts';
import { seeded } from '../../support/seeded.ts';

const NOW = new Date('2026-11-24T12:00:00+08:00');
const root = issue({ name: 'Root', key: ecKey(), ca: true });
const authority = issue({ name: 'Issuing', key: ecKey(), ca: true, issuer: root });
const signer = issue({ name: 'Signer', key: ecKey(), issuer: authority });
const stray = issue({ name: 'Stray', key: ecKey(), issuer: issue({ name: 'Nobody', key: ecKey(), ca: true }) });
const OPTIONS = { trustAnchors: [root.der], now: NOW };

const good = signedPdf({
  roomBytes: 2_500,
  information: '/CertValidUntil (2027-02-21)',
  container: (content) =>
    container(content, {
      signer,
      certificates: [authority.der, root.der],
      unsigned: (signature) => [timestamp(signature, root)],
    }),
});

const verdictOf = async (pdf: Buffer) => (await verifyPdf(pdf, OPTIONS)).verdict;

const MUTATIONS: readonly ((pdf: Buffer, at: number, random: () => number) => Buffer)[] = [
  (pdf, at, random) => with1(pdf, at, pdf.readUInt8(at) ^ (1 << Math.floor(random() * 8))),
  (pdf, at, random) => with1(pdf, at, Math.floor(random() * 256)),
  (pdf, at, random) => with1(pdf, at, '0123456789abcdefABCDEF'.charCodeAt(Math.floor(random() * 22))),
  (pdf, at) => Buffer.concat([pdf.subarray(0, at), pdf.subarray(at + 1)]),
  (pdf, at, random) =>
    Buffer.concat([pdf.subarray(0, at), Buffer.from([Math.floor(random() * 256)]), pdf.subarray(at)]),
  (pdf, at, random) => Buffer.concat([pdf.subarray(0, at), pdf.subarray(at + Math.floor(random() * 500))]),
  (pdf, at) => pdf.subarray(0, at),
  (pdf, at, random) => {
    const copied = pdf.subarray(at, at + Math.floor(random() * 200));
    const changed = Buffer.from(pdf);
    copied.copy(changed, Math.floor(random() * (pdf.length - copied.length)));
    return changed;
  },
];

function with1(pdf: Buffer, at: number, byte: number): Buffer {
  const changed = Buffer.from(pdf);
  changed.writeUInt8(byte, at);
  return changed;
}

describe('a good file, changed at random', () => {
  it('is valid before', async () => {
    expect(await verdictOf(good)).toBe('valid');
  });

  it('is never valid after, 20,000 times', { timeout: 300_000 }, async () => {
    const random = seeded(20_261_124);
    const hole = good.indexOf('/Contents <');
    let changes = 0;
    while (changes < 20_000) {
      // Most of the hole is padding; what stands before it is where a parser can be led astray.
      const at = random() < 0.5 ? Math.floor(random() * good.length) : hole + Math.floor(random() * 4_500);
      const mutate = MUTATIONS[changes % MUTATIONS.length] as (typeof MUTATIONS)[number];
      const changed = mutate(good, at, random);
      if (changed.equals(good)) continue;
      changes += 1;
      if ((await verdictOf(changed)) === 'valid') expect.fail(`valid with change ${changes} at ${at}`);
    }
  });

  it('is never valid with another digit anywhere in the signature', { timeout: 300_000 }, async () => {
    const start = good.indexOf('/Contents <') + '/Contents '.length;
    const end = good.indexOf('000000000000>', start);
    for (let at = start; at <= end; at += 1)
      for (const digit of '0f') {
        const changed = with1(good, at, digit.charCodeAt(0));
        if (!changed.equals(good) && (await verdictOf(changed)) === 'valid')
          expect.fail(`valid with ${digit} at ${at}`);
      }
  });

  it('is never valid when an RSA signature is changed', { timeout: 300_000 }, async () => {
    const rsa = issue({ name: 'Signer', key: rsaKey(), issuer: authority });
    const pdf = signedPdf({
      container: (content) => container(content, { signer: rsa, certificates: [authority.der] }),
    });
    expect(await verdictOf(pdf)).toBe('valid');
    const random = seeded(7);
    for (let change = 0; change < 2_000; change += 1) {
      const at = Math.floor(random() * pdf.length);
      expect(await verdictOf(with1(pdf, at, pdf.readUInt8(at) ^ (1 << (change % 8))))).not.toBe('valid');
    }
  });
});

const catalog = '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>';
const stream = (dictionary: string, data: Buffer) =>
  `<< ${dictionary} /Length ${data.length} >>\nstream\n${data.toString('latin1')}\nendstream`;
const bomb = deflateSync(Buffer.alloc(300_000_000));
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [index + 3, '<< >>']));

/** Files that cost as much as they can. */
const COSTLY: Readonly<Record<string, () => Buffer>> = {
  '10 MB of garbage': () => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(10_000_000, 'garbage ')]),
  '10 MB of garbage behind a good file': () => Buffer.concat([good, Buffer.alloc(10_000_000, 'garbage ')]),
  '50 MB of objects without end': () =>
    Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(50_000_000, '1 0 obj<<')]),
  '50 MB of open strings': () => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(50_000_000, '1 0 obj<</A(')]),
  '50 MB of open hex strings': () =>
    Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(50_000_000, '1 0 obj<</A<')]),
  '50 MB of object streams without end': () =>
    Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(50_000_000, '1 0 obj<</Type/ObjStm/N 1/First 1>>stream ')]),
  '50 MB of trailers': () => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(50_000_000, 'trailer<<')]),
  '50 MB of space': () => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(50_000_000, '1 0 obj   \n%    ')]),
  '100,000 objects': () => document({ 1: '<< /Type /Catalog >>', 2: 'null', ...many(100_000) }),
  'an index that leads to itself': () => {
    const pdf = document({ 1: catalog }).toString('latin1');
    const at = /startxref\n(\d+)/.exec(pdf)?.[1];
    return Buffer.from(pdf.replace('/Size', `/Prev ${at} /XRefStm ${at} /Size`), 'latin1');
  },
  'a thousand revisions': () => {
    let pdf = document({ 1: catalog });
    for (let revision = 0; revision < 1_000; revision += 1) pdf = withRevision(pdf, { 1: catalog });
    return pdf;
  },
  'references in a circle': () => document({ 1: '2 0 R', 2: '3 0 R', 3: '1 0 R' }),
  'fields in a circle': () =>
    document({ 1: catalog, 2: 'null', 3: 'null', 4: '<< /Kids [4 0 R 5 0 R] >>', 5: '<< /Kids [4 0 R] >>' }),
  'pages in a circle': () =>
    document({ 1: '<< /Pages 2 0 R >>', 2: '<< /Kids [2 0 R 2 0 R] /Annots [2 0 R] >>', 3: '<< /ByteRange 1 >>' }),
  'a list of 500,000 pages': () =>
    document({ 1: '<< /Pages 2 0 R >>', 2: `<< /Kids [${'0 '.repeat(500_000)}] >>`, 3: '<< /ByteRange 1 >>' }),
  'a stream whose length is itself': () => document({ 1: '<< /Type /Catalog >>', 2: '<< /Length 2 0 R >> stream' }),
  'a list too deep': () => document({ 1: nested(100_000) }),
  'a stream that grows a thousandfold': () =>
    document({
      1: stream('/Type /ObjStm /N 9 /First 50 /Filter /FlateDecode', bomb),
      2: '<< /Type /Catalog >>',
    }).subarray(0, -60),
  'an index of zeros without width': () => {
    const index = stream('/Type /XRef /W [0 0 0] /Index [0 2000000000] /Size 2000000000 /Root 1 0 R', Buffer.alloc(10));
    return Buffer.from(`%PDF-1.7\n1 0 obj\n${index}\nendobj\nstartxref\n9\n%%EOF\n`, 'latin1');
  },
  'an index that counts to the end of the world': () =>
    Buffer.from('%PDF-1.7\nxref\n0 9007199254740991\n0000000000 65535 f \ntrailer\n<< >>\nstartxref\n9\n%%EOF\n'),
  'a container too deep': () => signedPdf({ container: () => Buffer.from('30'.repeat(5_900), 'hex') }),
  'a container of endless lengths': () => signedPdf({ container: () => Buffer.from('3080'.repeat(2_900), 'hex') }),
  'a container with a length beyond all': () => signedPdf({ container: () => Buffer.from('3084ffffffff', 'hex') }),
  'a certificate many times': () =>
    signedPdf({
      roomBytes: 60_000,
      container: (content) => container(content, { signer, certificates: Array.from({ length: 60 }, () => stray.der) }),
    }),
  'authorities that vouch for each other': () => {
    const keys = Array.from({ length: 7 }, () => ecKey());
    const names = keys.map((key, index) => issue({ name: `CA ${index}`, key, ca: true }));
    const all = names.flatMap((issuer) =>
      names.map(({ key }, index) => issue({ name: `CA ${index}`, key, ca: true, issuer })),
    );
    const under = issue({ name: 'Signer', key: ecKey(), issuer: names[0] as (typeof names)[number] });
    const certificates = all.map(({ der }) => der);
    return signedPdf({
      roomBytes: 30_000,
      container: (content) => container(content, { signer: under, certificates }),
    });
  },
};

it('takes a good file of 100,000 objects', { timeout: 30_000 }, async () => {
  const base = document({ 1: '<< /Type /Catalog >>', 2: 'null', ...many(100_000) });
  const signed = signedBehind(
    base,
    { number: 1, text: '<< /Type /Catalog >>' },
    {
      container: (content) => container(content, { signer, certificates: [authority.der] }),
    },
  );
  expect(await verdictOf(signed)).toBe('valid');
});

describe('a file that costs as much as it can', () => {
  it.each(Object.entries(COSTLY))('%s: is not valid, within seconds', { timeout: 30_000 }, async (_name, make) => {
    expect(await verdictOf(make())).not.toBe('valid');
  });
});
