/** Files with later revisions, one byte of which is another: 500 of each kind. */
import { expect, it } from 'vitest';
import { verifyPdf } from '../../../../src/pdf/verify-pdf.ts';
import { ecKey, issue } from '../../../support/certificates.ts';
import { container } from '../../../support/containers.ts';
import { signedPdf } from '../../../support/hand-made-pdf.ts';
import { signedAgain, withTimestamp, withValidationData } from '../../../support/later-revisions.ts';
import { seeded } from '../../../support/seeded.ts';

const root = issue({ name: 'Root', key: ecKey(), ca: true });
const signer = issue({ name: 'Signer', key: ecKey(), issuer: root });
const other = issue({ name: 'Other', key: ecKey(), issuer: root });
const time = issue({ name: 'Time', key: ecKey(), issuer: root, extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'] });
const OPTIONS = { trustAnchors: [root.der], now: new Date('2026-11-24T12:00:00+08:00') };
const small = { roomBytes: 1_500 };
const good = signedPdf({ ...small, container: (content) => container(content, { signer, certificates: [root.der] }) });
const twice = signedAgain(good, other, [root.der], { pdf: small });
const stamped = withTimestamp(good, time, [root.der], { pdf: small });

/** Nobody signs the validation data at the end; there a change may mean the same, or be one in a certificate. */
it.each([
  ['two signatures', twice, twice.length],
  ['a timestamp', stamped, stamped.length],
  ['validation data', withValidationData(good, root.der), good.length],
  ['validation data behind two signatures', withValidationData(twice, root.der), twice.length],
])('%s: not valid, where somebody signed', { timeout: 60_000 }, async (_name, pdf, signedEnd) => {
  expect((await verifyPdf(pdf, OPTIONS)).verdict).toBe('valid');
  const random = seeded(20_261_127);
  for (let change = 0; change < 500; change += 1) {
    const at = Math.floor(random() * signedEnd);
    const changed = Buffer.from(pdf);
    changed.writeUInt8(changed.readUInt8(at) ^ (1 << Math.floor(random() * 8)), at);
    expect({ at, verdict: (await verifyPdf(changed, OPTIONS)).verdict }).not.toEqual({ at, verdict: 'valid' });
  }
});
