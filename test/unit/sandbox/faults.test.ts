import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';
import { isDropped } from '../../../src/sandbox/faults.ts';
import { ORIGIN, testClock } from '../../support/sandbox.ts';

function sandbox() {
  const clock = testClock();
  const { handle } = createSandbox({ now: () => clock.now(), newId: () => crypto.randomUUID() });
  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    handle(
      new Request(ORIGIN + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
    );
  const control = async (path: string, body: unknown) => (await send('POST', `/sandbox${path}`, body)).status;
  const meta = () => send('GET', '/api/v1/meta');
  return { send, control, meta };
}

/** One application of demo_nurse with a key of its own. */
async function apply({ send }: ReturnType<typeof sandbox>) {
  const credentials = { username: 'demo_nurse', password: 'Sandbox2026' };
  const { accessToken } = await (await send('POST', '/api/v1/sessions', credentials)).json();
  const reference = crypto.randomUUID();
  return send(
    'POST',
    '/api/v1/certificates/c-nurse-2023/annotations',
    { scenario: 'self', validDays: 90, clientReference: reference },
    { authorization: `Bearer ${accessToken}`, 'idempotency-key': reference },
  );
}

describe('a fault', () => {
  it.each(['refuse', 'drop-before', 'drop-after'])('%s gives no answer', async (kind) => {
    const { control, meta } = sandbox();
    await control('/faults', { route: 'meta', kind });
    expect(isDropped(await meta())).toBe(true);
    expect((await meta()).status).toBe(200);
  });

  it.each([
    ['refuse', 0, 0],
    ['gateway-before', 0, 0],
    ['unknown-page', 0, 0],
    ['session-loss', 1, 0],
    ['drop-before', 1, 0],
    ['status', 1, 0],
    ['drop-after', 1, 1],
    ['gateway-after', 1, 1],
    ['garbage', 1, 1],
    ['html', 1, 1],
    ['empty', 1, 1],
    ['cut', 1, 1],
  ])('%s: %i applications arrive, %i are committed', async (kind, arrived, committed) => {
    const portal = sandbox();
    await portal.control('/faults', { route: 'submitAnnotation', kind });
    await apply(portal);
    const { received, annotations } = await (await portal.send('GET', '/sandbox/state')).json();
    const made = annotations.filter((a: { certificateId: string }) => a.certificateId === 'c-nurse-2023');
    expect([received.submissions, made.length]).toEqual([arrived, committed]);
  });

  it.each([
    ['html', 'text/html', /^<html>/],
    ['garbage', 'application/json', /^\0/],
    ['empty', 'application/json', /^$/],
  ])('%s answers something else', async (kind, type, text) => {
    const { control, meta } = sandbox();
    await control('/faults', { route: 'meta', kind });
    const response = await meta();
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    expect(await response.text()).toMatch(text);
  });

  it.each([
    ['gateway-before', 401, 'none'],
    ['gateway-after', 401, 'html'],
    ['gateway-before', 403, 'html'],
    ['gateway-after', 403, 'none'],
    ['gateway-before', 409, 'none'],
    ['gateway-after', 409, 'html'],
    ['gateway-before', 503, 'html'],
  ])('%s answers a bare %i with body %s', async (kind, status, body) => {
    const { control, meta } = sandbox();
    await control('/faults', { route: 'meta', kind, status, body });
    const answer = await meta();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, body === 'html' ? 'text/html' : null]);
    expect(await answer.text()).toBe(body === 'html' ? `<html><body><h1>${status}</h1></body></html>` : '');
    expect((await meta()).status).toBe(200);
  });

  it.each([
    ['gateway-before', 308, undefined, `${ORIGIN}/api/v1/meta`],
    ['gateway-after', 307, undefined, `${ORIGIN}/api/v1/meta`],
    ['gateway-before', 308, 'https://elsewhere.example/api', 'https://elsewhere.example/api'],
    ['gateway-after', 302, '/login', '/login'],
  ])('%s redirects with %i, location %s', async (kind, status, location, expected) => {
    const { control, meta } = sandbox();
    await control('/faults', { route: 'meta', kind, status, location });
    const answer = await meta();
    expect([answer.status, answer.headers.get('location')]).toEqual([status, expected]);
  });

  it('corrupt changes one byte and no header', async () => {
    const { control, meta } = sandbox();
    const right = Buffer.from(await (await meta()).arrayBuffer());
    await control('/faults', { route: 'meta', kind: 'corrupt' });
    const wrong = Buffer.from(await (await meta()).arrayBuffer());
    expect(wrong.length).toBe(right.length);
    expect(wrong.filter((byte, index) => byte !== right[index])).toHaveLength(1);
  });

  it('tamper changes one byte and the digest with it', async () => {
    const { control, meta } = sandbox();
    const right = Buffer.from(await (await meta()).arrayBuffer());
    await control('/faults', { route: 'meta', kind: 'tamper' });
    const answer = await meta();
    const wrong = Buffer.from(await answer.arrayBuffer());
    expect(wrong.filter((byte, index) => byte !== right[index])).toHaveLength(1);
    expect(answer.headers.get('repr-digest')).toBe(`sha-256=:${createHash('sha256').update(wrong).digest('base64')}:`);
  });

  it('slow answers late, but rightly', async () => {
    const { control, meta } = sandbox();
    await control('/faults', { route: 'meta', kind: 'slow', delayMs: 30 });
    const from = performance.now();
    expect((await meta()).status).toBe(200);
    expect(performance.now() - from).toBeGreaterThanOrEqual(25);
  });

  it('comes as often as it is told, on its route or on all', async () => {
    const { control, meta, send } = sandbox();
    await control('/faults', { route: 'meta', kind: 'status', times: 2 });
    expect((await send('GET', '/api/v1/notice')).status).toBe(200);
    expect([(await meta()).status, (await meta()).status, (await meta()).status]).toEqual([503, 503, 200]);
    await control('/faults', { route: '*', kind: 'status', status: 500 });
    expect((await send('GET', '/api/v1/notice')).status).toBe(500);
    await control('/faults', { kind: 'status', status: 502 });
    expect((await meta()).status).toBe(502);
  });

  it.each([
    ['/faults', { route: 'nothing', kind: 'status' }],
    ['/faults', { route: 'meta', kind: 'nothing' }],
    ['/faults', { route: 'meta', kind: 'status', times: 0 }],
    ['/faults', { route: 'meta', kind: 'status', status: 401 }],
    ['/faults', { route: 'meta', kind: 'gateway-before', status: 200 }],
    ['/faults', { route: 'meta', kind: 'gateway-before', status: 308, location: '/a\r\nx: y' }],
    ['/faults', { route: 'meta', kind: 'gateway-before', status: 403, body: 'problem' }],
    ['/faults', { kind: 'lag', lagMs: -1 }],
    ['/clock', { advanceMs: 1e300 }],
    ['/clock', { now: 'tomorrow' }],
    ['/clock', { now: '24 Feb 2027' }],
    ['/settings', { sessionLifeMs: 1e300 }],
    ['/settings', { challenge: 'riddle' }],
  ])('is never what nobody meant: %s %j', async (path, body) => {
    const { control, meta, send } = sandbox();
    expect(await control(path, body)).toBe(400);
    expect((await meta()).status).toBe(200);
    expect((await send('POST', '/api/v1/sessions/qr')).status).toBe(201);
  });
});

describe('the clock', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each([
    ['2027-02-22', '2027-02-22T00:00:00+08:00'],
    ['2027-02-22T10:00', '2027-02-22T10:00:00+08:00'],
    ['2027-02-22T10:00:00.5', '2027-02-22T10:00:00+08:00'],
    ['2027-02-22T24:00:00', '2027-02-23T00:00:00+08:00'],
    ['2027-02-22T10:00:00Z', '2027-02-22T18:00:00+08:00'],
    ['2027-02-22T10:00:00-05:00', '2027-02-22T23:00:00+08:00'],
  ])('set to %s is at %s, wherever the machine is', async (now, expected) => {
    vi.stubEnv('TZ', 'America/New_York');
    const { control, send } = sandbox();
    expect(await control('/clock', { now })).toBe(200);
    expect((await (await send('GET', '/sandbox/state')).json()).now).toBe(expected);
  });
});
