/** Encrypted files with later revisions, which are encrypted too. */
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { verifyPdf } from '../../../../src/pdf/verify-pdf.ts';
import { ecKey, issue } from '../../../support/certificates.ts';
import { container } from '../../../support/containers.ts';
import { ENCRYPTIONS, encryptedObject, encryptedWith, trailerOf } from '../../../support/encrypted-pdf.ts';
import { type PdfOptions, signedPdf, withRevision } from '../../../support/hand-made-pdf.ts';
import { entryAdded, newest, streamOf } from '../../../support/later-revisions.ts';

const root = issue({ name: 'Root', key: ecKey(), ca: true });
const signer = issue({ name: 'Signer', key: ecKey(), issuer: root });
const OPTIONS = { trustAnchors: [root.der], now: new Date('2026-11-24T12:00:00+08:00') };
const signed = (over: Partial<PdfOptions> = {}) =>
  signedPdf({
    information: '/CertValidUntil (2027-01-01)',
    container: (content) => container(content, { signer, certificates: [root.der] }),
    ...over,
  });
const codesOf = async (pdf: Buffer) => {
  const { verdict, layers, annotation } = await verifyPdf(pdf, OPTIONS);
  return [verdict, layers.structure.code, layers.revisions.code, annotation?.validUntil].join(' ');
};

describe.each(Object.entries(ENCRYPTIONS))('behind a file with %s', (_name, encryption) => {
  const pdf = signed(encryptedWith(encryption));
  const trailer = `/Root 1 0 R /Info 7 0 R ${trailerOf(encryption.dictionary)}`;
  const revision = (objects: Readonly<Record<number, string>>) => {
    const written = Object.entries(objects).map(([number, text]) => [
      number,
      encryptedObject(Number(number), text, encryption),
    ]);
    return withRevision(pdf, Object.fromEntries(written), trailer);
  };
  const store = {
    1: entryAdded(newest(pdf, 1), '/DSS 21 0 R'),
    21: '<< /Type /DSS /Certs [20 0 R] >>',
  };

  it.each([
    ['a certificate', streamOf(root.der)],
    ['a compressed certificate', streamOf(deflateSync(root.der), '/Filter /FlateDecode')],
  ])('%s: valid', async (_what, certificate) => {
    expect(await codesOf(revision({ ...store, 20: certificate }))).toBe(
      'valid ONE_SIGNATURE VALIDATION_DATA_ADDED 2027-01-01',
    );
  });

  it('a certificate, and other information: invalid', async () => {
    const changed = revision({ ...store, 20: streamOf(root.der), 7: '<< /CertValidUntil (2099-01-01) >>' });
    expect(await codesOf(changed)).toBe('invalid ONE_SIGNATURE ADDED_AFTER_SIGNING ');
  });

  it('something else than a certificate: invalid', async () => {
    const changed = revision({ ...store, 20: streamOf(Buffer.from('1 0 0 rg')) });
    expect(await codesOf(changed)).toBe('invalid ONE_SIGNATURE ADDED_AFTER_SIGNING ');
  });
});

it('more strings than can be decrypted in good time: is given up', async () => {
  const encryption = ENCRYPTIONS['RC4, 128 bits (V2, R3)'];
  const strings = `[${'(a)'.repeat(300_000)}]`;
  const trailer = trailerOf(encryption.dictionary);
  const pdf = signed({ trailer, catalog: '/Strings 8 0 R', more: { 8: strings } });
  const added = { 1: entryAdded(newest(pdf, 1), '/DSS << >>'), 8: strings };
  expect(await codesOf(withRevision(pdf, added, `/Root 1 0 R /Info 7 0 R ${trailer}`))).toBe(
    'unknown FILE_TOO_COMPLEX NOT_CHECKED ',
  );
});
