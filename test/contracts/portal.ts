/**
 * What every portal of the contract must do, written against a transport: it runs over msw and over real HTTP, and
 * can be run against any other implementation that offers the sandbox's people and controls.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { API_PREFIX, ROUTES, type RouteName } from '../../src/contract/routes.ts';
import { checkDigit } from '../../src/domain/id-number.ts';
import { accountsContract } from './portal-accounts.ts';
import { applicationsContract } from './portal-applications.ts';
import { portalAsker, type Transport } from './portal-asker.ts';
import { problemsContract } from './portal-problems.ts';

export function portalContract(transport: () => Transport): void {
  const portal = portalAsker(transport);
  const { ask, control, answer, refusal, logIn, application } = portal;

  beforeEach(async () => {
    await control('POST', '/reset', {});
  });

  describe('without a session', () => {
    it('tells its rules and its notice', async () => {
      expect(await answer('meta')).toMatchObject({
        maxValidDays: 90,
        quota: { limit: 3, windowDays: 90 },
        annotationRequiredAfter: '2021-12-17',
      });
      expect(await answer('notice')).toHaveProperty('body');
    });

    it.each((Object.keys(ROUTES) as RouteName[]).filter((name) => ROUTES[name].session))('refuses %s', async (name) => {
      const response = await ask(name, { id: 'c-1', ...(ROUTES[name].method === 'POST' ? { body: {} } : {}) });
      expect([response.status, (await response.json()).code]).toEqual([401, 'SESSION_EXPIRED']);
    });

    it('knows no other paths', async () => {
      const response = await transport().request(`${API_PREFIX}/nothing`);
      expect([response.status, (await response.json()).code]).toEqual([404, 'NOT_FOUND']);
      const wrong = await transport().request(`${API_PREFIX}/meta`, { method: 'POST', body: '{}' });
      expect([wrong.status, (await wrong.json()).code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
      expect(wrong.headers.get('allow')).toBe('GET, HEAD');
    });

    it.each([
      [65_536, 401],
      [65_537, 413],
    ])('takes a body of %i bytes: %i', async (bytes, status) => {
      const credentials = JSON.stringify({ username: 'nobody', password: 'none' });
      const body = credentials + ' '.repeat(bytes - credentials.length);
      expect((await transport().request(`${API_PREFIX}/sessions`, { method: 'POST', body })).status).toBe(status);
    });

    it('counts the bytes of a body, not its characters', async () => {
      const body = JSON.stringify({ username: '证'.repeat(30_000), password: 'none' });
      const response = await transport().request(`${API_PREFIX}/sessions`, { method: 'POST', body });
      expect([response.status, (await response.json()).code]).toEqual([413, 'REQUEST_TOO_LARGE']);
    });
  });

  accountsContract(portal);
  applicationsContract(portal);
  problemsContract(portal);

  describe('certificates', () => {
    it('come a page at a time, each once', async () => {
      const token = await logIn('demo_many');
      const ids: string[] = [];
      let cursor: string | null = null;
      do {
        const page: { items: { id: string }[]; nextCursor: string | null } = await answer('certificates', {
          token,
          query: cursor === null ? '' : `?cursor=${cursor}`,
        });
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect([ids.length, new Set(ids).size]).toEqual([1000, 1000]);
      await refusal('certificates', { token, query: '?cursor=nothing' }, 'VALIDATION_FAILED');
    });

    it('are not sent again while nothing changed', async () => {
      const token = await logIn('demo_nurse');
      const etag = (await ask('certificates', { token })).headers.get('etag') ?? '';
      const same = await ask('certificates', { token, headers: { 'if-none-match': etag } });
      expect([same.status, await same.text()]).toEqual([304, '']);
      const several = await ask('certificates', { token, headers: { 'if-none-match': `"another", W/${etag}` } });
      expect(several.status).toBe(304);
      await answer('submitAnnotation', { token, id: 'c-nurse-2023', ...application() });
      expect((await ask('certificates', { token, headers: { 'if-none-match': etag } })).status).toBe(200);
    });

    it('of others are as if they were not', async () => {
      const token = await logIn('demo_nurse');
      for (const name of ['certificate', 'annotations', 'certificateFile'] as const)
        await refusal(name, { token, id: 'c-full' }, 'NOT_FOUND');
      for (const name of ['annotation', 'annotationFile'] as const)
        await refusal(name, { token, id: 'a-full-1' }, 'NOT_FOUND');
      await refusal('submitAnnotation', { token, id: 'c-full', ...application() }, 'NOT_FOUND');
    });
  });

  describe('a file', () => {
    const wholeFile = async () => {
      const token = await logIn('demo_mixed');
      const whole = await ask('annotationFile', { token, id: 'a-mixed-ready' });
      return { token, whole, bytes: Buffer.from(await whole.arrayBuffer()), etag: whole.headers.get('etag') ?? '' };
    };

    it('says its length, its digest and its tag', async () => {
      const { whole, bytes } = await wholeFile();
      expect(whole.headers.get('content-type')).toBe('application/pdf');
      expect(Number(whole.headers.get('content-length'))).toBe(bytes.length);
      const digest = await crypto.subtle.digest('SHA-256', bytes);
      expect(whole.headers.get('repr-digest')).toBe(`sha-256=:${Buffer.from(digest).toString('base64')}:`);
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    });

    it('is served from any byte on, while it is the same', async () => {
      const { token, bytes, etag } = await wholeFile();
      const from = (range: string, headers: Record<string, string> = {}) =>
        ask('annotationFile', { token, id: 'a-mixed-ready', headers: { range, ...headers } });
      const rest = await from('bytes=1000-', { 'if-match': etag });
      expect([rest.status, rest.headers.get('content-range')]).toEqual([
        206,
        `bytes 1000-${bytes.length - 1}/${bytes.length}`,
      ]);
      expect(Buffer.from(await rest.arrayBuffer()).equals(bytes.subarray(1000))).toBe(true);
      expect((await from('bytes=0-', { 'if-match': '"another"' })).status).toBe(412);
      expect((await from(`bytes=${bytes.length}-`)).status).toBe(416);
      expect((await from('lines=1-2')).status).toBe(200);
      expect((await from('bytes=5-2')).status).toBe(200);
      const last = await from('bytes=-100', { 'if-match': `"another", ${etag}` });
      expect(Buffer.from(await last.arrayBuffer()).equals(bytes.subarray(-100))).toBe(true);
      expect((await from('bytes=0-9', { 'if-range': etag })).status).toBe(206);
      expect((await from('bytes=0-9', { 'if-range': '"another"' })).status).toBe(200);
    });

    it('needs an annotation, or none', async () => {
      const token = await logIn('demo_nurse');
      expect((await ask('certificateFile', { token, id: 'c-nurse-2019' })).status).toBe(200);
      await refusal('certificateFile', { token, id: 'c-nurse-2023' }, 'ANNOTATION_REQUIRED');
      await refusal(
        'certificateFile',
        { token: await logIn('demo_mixed'), id: 'c-mixed-revoked' },
        'CERTIFICATE_REVOKED',
      );
    });
  });

  describe('a third-party check', () => {
    const passed = async (body: object) => {
      const { body: asked } = await refusal('lookup', { body }, 'CHALLENGE_REQUIRED');
      const { challenges } = (await control('GET', '/challenges')) as { challenges: { id: string; answer: string }[] };
      const challenge = challenges.find(({ id }) => id === asked.challenge.id);
      return answer('lookup', { body: { ...body, challenge: { id: challenge?.id, answer: challenge?.answer } } });
    };
    const person = { name: '样张甲', idNumber: `99999919900101001${checkDigit('99999919900101001')}` };

    it('needs a challenge, and all three facts', async () => {
      const right = { ...person, managementNumber: 'GL2023083100002' };
      expect(await passed(right)).toMatchObject({ found: true, status: 'valid', qualification: '护士执业资格' });
      const older = await passed({ ...right, managementNumber: 'GL2019092000001' });
      expect(older).toMatchObject({ found: true, qualification: '初级护师', specialty: '护理学' });
      expect(await passed({ ...right, name: '样张乙' })).toEqual({ found: false });
    });

    it('takes the enquiry number in place of a management number, and not both', async () => {
      expect(await passed({ ...person, enquiryNumber: 'CX00002' })).toMatchObject({
        found: true,
        qualification: '护士执业资格',
      });
      expect(await passed({ ...person, enquiryNumber: 'GL2023083100002' })).toEqual({ found: false });
      expect(await passed({ ...person, managementNumber: 'CX00002' })).toEqual({ found: false });
      const both = { enquiryNumber: 'CX00002', managementNumber: 'GL2023083100002' };
      for (const numbers of [{}, both])
        await refusal('lookup', { body: { ...person, ...numbers } }, 'VALIDATION_FAILED');
    });

    it('knows a document by its old number of 15 digits', async () => {
      expect(await passed({ ...person, idNumber: '999999900101001', enquiryNumber: 'CX00002' })).toMatchObject({
        found: true,
      });
    });
  });

  describe('a fault', () => {
    it('before the commit leaves nothing behind, after it everything', async () => {
      const token = await logIn('demo_nurse');
      const apply = () => ask('submitAnnotation', { token, id: 'c-nurse-2023', ...application() });
      const used = async () => (await answer('annotations', { token, id: 'c-nurse-2023' })).quota.used;
      await control('POST', '/faults', { route: 'submitAnnotation', kind: 'drop-before' });
      await expect(apply()).rejects.toThrow();
      expect(await used()).toBe(0);
      await control('POST', '/faults', { route: 'submitAnnotation', kind: 'drop-after' });
      await expect(apply()).rejects.toThrow();
      expect(await used()).toBe(1);
    });

    it('cuts an answer short', async () => {
      const token = await logIn('demo_mixed');
      await control('POST', '/faults', { route: 'annotationFile', kind: 'cut', afterBytes: 100 });
      await expect(
        ask('annotationFile', { token, id: 'a-mixed-ready' }).then((r) => r.arrayBuffer()),
      ).rejects.toThrow();
    });

    it.each([
      [429, 'RATE_LIMITED'],
      [500, 'INTERNAL_ERROR'],
      [503, 'TEMPORARILY_UNAVAILABLE'],
    ] as const)('answers %i', async (status, code) => {
      await control('POST', '/faults', { route: 'meta', kind: 'status', status, retryAfterSeconds: 7 });
      const response = await ask('meta');
      expect([response.status, response.headers.get('retry-after'), (await response.json()).code]).toEqual([
        status,
        '7',
        code,
      ]);
      await answer('meta');
    });
  });
}
