/**
 * What every portal of the contract must do, written against a transport: it runs over msw and over real HTTP, and
 * can be run against any other implementation that offers the sandbox's people and controls.
 */
import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { PROBLEMS, type ProblemCode, problem } from '../../src/portal/contract/problem.ts';
import { API_PREFIX, ROUTES, type Route, type RouteName } from '../../src/portal/contract/routes.ts';

export interface Transport {
  /** Sends to a path of the portal; rejects when the connection breaks. */
  request(path: string, init?: RequestInit): Promise<Response>;
}

const PASSWORD = 'Sandbox2026';

interface Ask {
  readonly id?: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function portalContract(transport: () => Transport): void {
  const ask = (name: RouteName, { id, token, body, query = '', headers }: Ask = {}): Promise<Response> => {
    const route: Route = ROUTES[name];
    return transport().request(`${API_PREFIX}${route.path.replace('{id}', id ?? '')}${query}`, {
      method: route.method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };
  const control = async (method: string, path: string, body?: unknown) =>
    (
      await transport().request(`/sandbox${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    ).json();

  /** The answer, of which every field is in the contract and follows it. */
  const answer = async (name: RouteName, details?: Ask) => {
    const route: Route = ROUTES[name];
    const response = await ask(name, details);
    expect(response.status).toBe(route.status);
    const text = await response.text();
    if (route.answer === null) return expect(text).toBe('') as never;
    expect(response.headers.get('content-type')).toContain('application/json');
    const json = JSON.parse(text);
    expect(v.parse(route.answer as v.GenericSchema, json)).toEqual(json);
    return json;
  };

  const refusal = async (name: RouteName, details: Ask, code: ProblemCode) => {
    const response = await ask(name, details);
    const body = await response.json();
    expect({ status: response.status, code: body.code }).toEqual({ status: PROBLEMS[code], code });
    expect(ROUTES[name].problems as readonly string[]).toContain(code);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(v.parse(problem, body)).toEqual(body);
    expect(body.requestId).toBeTruthy();
    return { body, headers: response.headers };
  };

  const logIn = async (username: string): Promise<string> =>
    (await answer('logIn', { body: { username, password: PASSWORD } })).accessToken;

  let serial = 0;
  const application = (key = `reference-${++serial}`, more: object = {}) => ({
    headers: { 'idempotency-key': key },
    body: { scenario: 'self', validDays: 90, clientReference: key, ...more },
  });

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
    });
  });

  describe('accounts', () => {
    it('counts wrong passwords and locks', async () => {
      const body = { username: 'demo_nurse', password: 'Wrong2026x' };
      for (let left = 4; left > 0; left -= 1)
        expect((await refusal('logIn', { body }, 'INVALID_CREDENTIALS')).body.attemptsLeft).toBe(left);
      expect((await refusal('logIn', { body }, 'ACCOUNT_LOCKED')).body.until).toBeTruthy();
      await refusal('logIn', { body: { ...body, password: PASSWORD } }, 'ACCOUNT_LOCKED');
      await control('POST', '/clock', { advanceMs: 15 * 60_000 });
      await logIn('demo_nurse');
    });

    it.each(['image', 'sms'] as const)('asks a challenge: %s', async (kind) => {
      await control('POST', '/settings', { challenge: kind });
      const credentials = { username: 'demo_nurse', password: PASSWORD };
      const { body } = await refusal('logIn', { body: credentials }, 'CHALLENGE_REQUIRED');
      expect(body.challenge.kind).toBe(kind);
      const wrong = { ...credentials, challenge: { id: body.challenge.id, answer: 'x' } };
      const again = await refusal('logIn', { body: wrong }, 'CHALLENGE_FAILED');
      const { challenges } = (await control('GET', '/challenges')) as { challenges: { id: string; answer: string }[] };
      const { id, answer: right } = challenges.find((c) => c.id === again.body.challenge.id) ?? { id: '', answer: '' };
      await answer('logIn', { body: { ...credentials, challenge: { id, answer: right } } });
      await refusal('logIn', { body: { ...credentials, challenge: { id, answer: right } } }, 'CHALLENGE_FAILED');
    });

    it('logs in by QR code', async () => {
      const { id } = await answer('startQrLogin');
      expect(await answer('qrLogin', { id })).toEqual({ status: 'pending' });
      await control('POST', '/confirm', { id, username: 'demo_nurse' });
      const { session } = await answer('qrLogin', { id });
      await answer('certificates', { token: session.accessToken });
      const late = await answer('startQrLogin');
      await control('POST', '/clock', { advanceMs: 3 * 60_000 });
      expect(await answer('qrLogin', { id: late.id })).toEqual({ status: 'expired' });
      await refusal('qrLogin', { id: 'nobody' }, 'NOT_FOUND');
    });

    it('registers by its policies', async () => {
      const body = {
        username: 'new_person',
        password: 'Abcdefg1',
        idType: 'resident-id',
        idNumber: '11010519491231002X',
        name: '样张',
        phone: '00000000000',
      };
      expect(await answer('register', { body })).toEqual({ username: 'new_person' });
      await refusal('register', { body }, 'USERNAME_TAKEN');
      await refusal('register', { body: { ...body, username: 'new_person2' } }, 'ID_ALREADY_REGISTERED');
      const { body: wrong } = await refusal(
        'register',
        { body: { ...body, password: 'short', idNumber: '110105194912310021' } },
        'VALIDATION_FAILED',
      );
      expect(wrong.fields.map(({ field }: { field: string }) => field)).toEqual(['password', 'idNumber']);
      await answer('logIn', { body: { username: 'new_person', password: 'Abcdefg1' } });
    });

    it('ends sessions', async () => {
      const token = await logIn('demo_nurse');
      await answer('logOut', { token });
      expect((await ask('certificates', { token })).status).toBe(401);
      const other = await logIn('demo_nurse');
      await control('POST', '/clock', { advanceMs: 30 * 60_000 });
      expect((await ask('certificates', { token: other })).status).toBe(401);
    });
  });

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

  describe('an application', () => {
    it('is generated, ready, expired', async () => {
      const token = await logIn('demo_nurse');
      const { id, ...made } = await answer('submitAnnotation', {
        token,
        id: 'c-nurse-2023',
        ...application('reference-x'),
      });
      expect(made).toMatchObject({ status: 'generating', validDays: 90, clientReference: 'reference-x' });
      expect(
        (await refusal('annotationFile', { token, id }, 'ANNOTATION_GENERATING')).headers.get('retry-after'),
      ).toBeTruthy();
      await control('POST', '/clock', { advanceMs: 5_000 });
      expect(await answer('annotation', { token, id })).toMatchObject({ status: 'ready' });
      const { validUntil } = await answer('annotation', { token, id });
      await control('POST', '/clock', { now: `${validUntil}T23:59:59+08:00` });
      const last = await logIn('demo_nurse');
      expect(await answer('annotation', { token: last, id })).toMatchObject({ status: 'ready' });
      await control('POST', '/clock', { advanceMs: 1_000 });
      expect(await answer('annotation', { token: last, id })).toMatchObject({ status: 'expired' });
      await refusal('annotationFile', { token: last, id }, 'ANNOTATION_EXPIRED');
    });

    it('is the same one again for the same key', async () => {
      const token = await logIn('demo_nurse');
      const first = await answer('submitAnnotation', { token, id: 'c-nurse-2023', ...application('reference-same') });
      const second = await answer('submitAnnotation', { token, id: 'c-nurse-2023', ...application('reference-same') });
      expect(second.id).toBe(first.id);
      expect((await answer('annotations', { token, id: 'c-nurse-2023' })).quota.used).toBe(1);
      await refusal(
        'submitAnnotation',
        { token, id: 'c-nurse-2023', ...application('reference-same', { validDays: 30 }) },
        'IDEMPOTENCY_KEY_REUSED',
      );
    });

    it('is another one for the same key where the portal is not idempotent, and echoes nothing where it does not', async () => {
      await control('POST', '/settings', { features: { idempotentSubmit: false, echoReference: false } });
      expect((await answer('meta')).features).toMatchObject({ idempotentSubmit: false, echoReference: false });
      const token = await logIn('demo_nurse');
      const first = await answer('submitAnnotation', { token, id: 'c-nurse-2023', ...application('reference-same') });
      const second = await answer('submitAnnotation', { token, id: 'c-nurse-2023', ...application('reference-same') });
      expect(second.id).not.toBe(first.id);
      expect(first).not.toHaveProperty('clientReference');
    });

    it('takes one of three slots, until 90 days are over', async () => {
      const token = await logIn('demo_full');
      const { body } = await refusal('submitAnnotation', { token, id: 'c-full', ...application() }, 'QUOTA_EXHAUSTED');
      const { quota } = await answer('annotations', { token, id: 'c-full' });
      expect(quota).toMatchObject({ used: 3, remaining: 0, nextSlotOn: body.nextSlotOn });
      await control('POST', '/clock', { now: `${body.nextSlotOn}T00:00:00+08:00` });
      const later = await logIn('demo_full');
      await answer('submitAnnotation', { token: later, id: 'c-full', ...application() });
    });

    it.each([
      ['demo_mixed', 'c-mixed-revoked', {}, 'CERTIFICATE_REVOKED'],
      ['demo_nurse', 'c-nurse-2019', {}, 'ANNOTATION_NOT_REQUIRED'],
      ['demo_new', 'c-new', {}, 'NOTICE_NOT_ACCEPTED'],
      ['demo_nurse', 'c-nurse-2023', { scenario: 'court' }, 'SCENARIO_NOT_SUPPORTED'],
      ['demo_nurse', 'c-nurse-2023', { validDays: 0 }, 'VALID_DAYS_OUT_OF_RANGE'],
      ['demo_nurse', 'c-nurse-2023', { validDays: 91 }, 'VALID_DAYS_OUT_OF_RANGE'],
      ['demo_nurse', 'c-nurse-2023', { validDays: 1.5 }, 'VALID_DAYS_OUT_OF_RANGE'],
      ['demo_nurse', 'c-nurse-2023', { clientReference: 1 }, 'VALIDATION_FAILED'],
    ] as const)('of %s for %s with %j is refused: %s', async (username, id, more, code) => {
      const token = await logIn(username);
      await refusal('submitAnnotation', { token, id, ...application(undefined, more) }, code);
    });

    it('is possible once the notice is accepted', async () => {
      const token = await logIn('demo_new');
      await refusal('acceptNotice', { token, body: { version: 'another' } }, 'VALIDATION_FAILED');
      await answer('acceptNotice', { token, body: { version: '2026-01' } });
      await answer('submitAnnotation', { token, id: 'c-new', ...application() });
    });

    it('that failed takes no slot', async () => {
      const token = await logIn('demo_nurse');
      await control('POST', '/settings', { failNextGeneration: 'demonstration' });
      const { id } = await answer('submitAnnotation', { token, id: 'c-nurse-2023', ...application() });
      await control('POST', '/clock', { advanceMs: 5_000 });
      expect(await answer('annotation', { token, id })).toMatchObject({ status: 'failed', failure: 'demonstration' });
      expect((await answer('annotations', { token, id: 'c-nurse-2023' })).quota.remaining).toBe(3);
      await refusal('annotationFile', { token, id }, 'ANNOTATION_FAILED');
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
    it('needs a challenge, and all three facts', async () => {
      const facts = { name: '样张甲', idNumber: '999999199001010016', managementNumber: 'GL2023083100002' };
      const passed = async (body: object) => {
        const { body: asked } = await refusal('lookup', { body }, 'CHALLENGE_REQUIRED');
        const { challenges } = (await control('GET', '/challenges')) as {
          challenges: { id: string; answer: string }[];
        };
        const challenge = challenges.find(({ id }) => id === asked.challenge.id);
        return answer('lookup', { body: { ...body, challenge: { id: challenge?.id, answer: challenge?.answer } } });
      };
      const idNumber = (await import('../../src/domain/id-number.ts')).checkDigit('99999919900101001');
      const right = { ...facts, idNumber: `99999919900101001${idNumber}` };
      expect(await passed(right)).toMatchObject({ found: true, status: 'valid', qualification: '护士执业资格' });
      expect(await passed({ ...right, name: '样张乙' })).toEqual({ found: false });
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
