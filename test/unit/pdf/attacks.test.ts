import { describe, expect, it } from 'vitest';
import { REASONS } from '../../../src/domain/verification.ts';
import { verifyPdf } from '../../../src/pdf/verify-pdf.ts';
import { withRevision } from '../../support/hand-made-pdf.ts';
import { ATTACKS, file, TRUSTED } from '../../support/pdf-attacks.ts';
import { SEAL_ATTACKS } from '../../support/seal-attacks.ts';
import { sealRoot } from '../../support/seals.ts';

const NOW = new Date('2026-11-24T12:00:00+08:00');
const OPTIONS = { trustAnchors: [...TRUSTED, sealRoot.der], now: NOW, expected: { id: 'a-1' } };

it('calls the good file valid', async () => {
  expect(await verifyPdf(file(), OPTIONS)).toMatchObject({ verdict: 'valid' });
});

it('says no more of a rest behind the signature than that it is there', async () => {
  const padded = file({ pdf: { hole: (digits) => digits.replace(/0{40}$/, 'ab'.repeat(20)) } });
  const { verdict, layers } = await verifyPdf(padded, OPTIONS);
  const codes = Object.values(layers).map(({ code }) => code);
  expect(verdict).toBe('unknown');
  expect(codes).toEqual(['CONTENTS_PADDING', 'UNCHANGED', 'TRUSTED', 'NOTHING_ADDED', 'NONE_STATED']);
});

it.each([
  ['its page', (pdf: string) => pdf.replace('0 0 1 rg', '1 0 1 rg')],
  ['its annotation', (pdf: string) => pdf.replace('2027-01-01', '2099-01-01')],
])('says nothing of signer and annotation where somebody changed %s', async (_, change) => {
  const stated = file({ pdf: { information: '/CertValidUntil (2027-01-01)' } });
  const { layers, annotation } = await verifyPdf(Buffer.from(change(stated.toString('latin1')), 'latin1'), OPTIONS);
  const codes = Object.values(layers).map(({ code }) => code);
  expect(codes).toEqual(['ONE_SIGNATURE', 'DIGEST_MISMATCH', 'NOT_CHECKED', 'NOTHING_ADDED', 'NOT_CHECKED']);
  expect(annotation).toBeUndefined();
});

it('does not read the annotation of a revision that nobody signed', async () => {
  const signed = file({ pdf: { information: '/CertValidUntil (2027-01-01)' } });
  const { layers, annotation } = await verifyPdf(
    withRevision(signed, { 7: '<< /CertValidUntil (2099-01-01) >>' }),
    OPTIONS,
  );
  const codes = Object.values(layers).map(({ code }) => code);
  expect(codes).toEqual(['ONE_SIGNATURE', 'UNCHANGED', 'TRUSTED', 'ADDED_AFTER_SIGNING', 'NOT_CHECKED']);
  expect(annotation).toBeUndefined();
});

/** That nobody is trusted is no fault of a file. */
const OF_NO_FILE = ['NO_TRUST_ANCHOR', 'NOT_CHECKED'];

it('has a variant for every reason that is not a pass', () => {
  const reasons = Object.entries(REASONS).flatMap(([layer, codes]) =>
    Object.entries(codes).flatMap(([code, result]) => (result === 'pass' ? [] : [`${layer} ${code}`])),
  );
  const reached = new Set([...ATTACKS, ...SEAL_ATTACKS].map(([, layer, code]) => `${layer} ${code}`));
  expect(reasons.filter((reason) => !reached.has(reason) && !OF_NO_FILE.includes(reason.split(' ')[1] ?? ''))).toEqual(
    [],
  );
});

describe('a hostile variant', () => {
  it.each([...ATTACKS, ...SEAL_ATTACKS])('%s: %s %s', async (_name, layer, code, make) => {
    const { verdict, layers } = await verifyPdf(make(), OPTIONS);
    expect(layers[layer].code).toBe(code);
    expect(verdict).not.toBe('valid');
  });
});
