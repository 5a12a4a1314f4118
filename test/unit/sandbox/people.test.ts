import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  type Certificate,
  type CertificatePage,
  certificate as certificateSchema,
} from '../../../src/contract/schemas.ts';
import { daysBetween } from '../../../src/domain/calendar.ts';
import { isResidentIdNumber } from '../../../src/domain/id-number.ts';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';
import { CERTIFICATES, requiresAnnotation, seedAccounts } from '../../../src/sandbox/people.ts';
import { ORIGIN } from '../../support/sandbox.ts';

/** What a holder sees on the first page at an instant, in a sandbox that is made then. */
async function certificatesOf(username: string, at = '2026-11-24T10:00:00+08:00'): Promise<Certificate[]> {
  const { handle } = createSandbox({ now: () => new Date(at), newId: () => crypto.randomUUID() });
  const body = JSON.stringify({ username, password: 'Sandbox2026' });
  const session = await (await handle(new Request(`${ORIGIN}/api/v1/sessions`, { method: 'POST', body }))).json();
  const headers = { authorization: `Bearer ${session.accessToken}` };
  const page: CertificatePage = await (await handle(new Request(`${ORIGIN}/api/v1/certificates`, { headers }))).json();
  return page.items;
}

describe('the people of the sandbox', () => {
  it.each(Object.values(seedAccounts()).map(({ name, idNumber }) => [name, idNumber] as const))(
    '%s is plainly fictitious: %s',
    (name, idNumber) => {
      expect(name).toMatch(/^样/);
      expect(idNumber).toMatch(/^999999/);
      expect(isResidentIdNumber(idNumber)).toBe(true);
    },
  );

  it('have accounts for all of their certificates, whose numbers are unique', () => {
    const all = [...CERTIFICATES.values()];
    expect(all.every(({ owner }) => owner in seedAccounts())).toBe(true);
    const numbers = all
      .flatMap((c) => [c.certificateNumber, c.managementNumber, c.enquiryNumber])
      .filter((number) => number !== null);
    expect([numbers.length, new Set(numbers).size]).toEqual([all.length * 3 - 1, all.length * 3 - 1]);
  });

  it.each([
    ['2021-12-16', false],
    ['2021-12-17', false],
    ['2021-12-18', true],
    ['2026-01-01', true],
  ])('need an annotation for a certificate issued on %s: %s', (issuedOn, needed) =>
    expect(requiresAnnotation(issuedOn)).toBe(needed),
  );

  it('demo_nurse has one certificate from before annotations and one after, never annotated', async () => {
    expect(await certificatesOf('demo_nurse')).toMatchObject([
      { annotationRequired: false, quota: null, annotation: null },
      { annotationRequired: true, quota: { used: 0, remaining: 3, nextSlotOn: null }, annotation: null },
    ]);
  });

  it('demo_rare has names with rare characters and a dot, and certificates without what others have', async () => {
    const certificates = await certificatesOf('demo_rare');
    expect(certificates).toMatchObject([
      { holderName: '样𬭎䶮', managementNumber: null, specialty: null, level: null, enquiryNumber: 'CX01010' },
      { holderName: '样·买买提', approvedOn: null },
      { holderName: '样𬭎䶮', annotationRequired: true },
    ]);
    for (const certificate of certificates) v.parse(certificateSchema, certificate);
  });

  // The last instant of a day in Asia/Shanghai and the first of the next, a leap day, and years from now.
  it.each([
    '2026-11-24T23:59:59+08:00',
    '2026-11-25T00:00:00+08:00',
    '2028-02-29T12:00:00+08:00',
    '2031-01-01T00:00:00Z',
  ])('are what they are for, made at %s', async (at) => {
    const states = (await certificatesOf('demo_mixed', at)).map(
      ({ kind, status, annotation }) => annotation?.status ?? (status === 'revoked' ? status : kind),
    );
    expect(states).toEqual(['revoked', 'generating', 'ready', 'expired', 'electronic-file']);
    const [full] = await certificatesOf('demo_full', at);
    expect(full?.quota).toMatchObject({ used: 3, remaining: 0 });
    expect(daysBetween(at.slice(0, 10), full?.quota?.nextSlotOn ?? '')).toBeGreaterThan(0);
    expect(await certificatesOf('demo_empty', at)).toEqual([]);
  });
});
