import { describe, expect, it } from 'vitest';
import { ROUTES, type Route } from '../../../src/contract/routes.ts';
import type { ErrorCode, ProtocolFault } from '../../../src/errors.ts';
import { type Answer, failureOf, fakeFetch, httpOver, problem } from '../../support/fake-fetch.ts';

const URL_OF_META = 'https://portal.example/base/api/v1/meta?page=1';

function ask(route: Route, answers: Answer[], subject = {}) {
  const { fetch, requests } = fakeFetch(...answers);
  const { http, lines } = httpOver(fetch);
  const headers = { authorization: 'Bearer secret-token' };
  return { answer: http.json({ url: URL_OF_META, headers, subject: { route, ...subject } }), requests, lines };
}

const failure = (route: Route, answer: Answer, subject = {}) => failureOf(ask(route, [answer], subject).answer);
const redirectTo = (location: string, status = 302): Answer => ({ status, headers: { location } });

describe('a redirect', () => {
  it.each([
    ['/elsewhere', 'https://portal.example/elsewhere'],
    ['meta2', 'https://portal.example/base/api/v1/meta2'],
    ['https://portal.example/x', 'https://portal.example/x'],
    ['https://portal.example:443/x', 'https://portal.example/x'],
  ])('within the origin is followed for reading (%s)', async (location, url) => {
    const { answer, requests } = ask(ROUTES.meta, [redirectTo(location), { body: { name: 'P' } }]);
    expect((await answer).body).toEqual({ name: 'P' });
    expect(requests[1]).toMatchObject({ method: 'GET', url, headers: { authorization: 'Bearer secret-token' } });
  });

  it.each([
    ['another host', 'https://evil.example/x'],
    ['another scheme', 'http://portal.example/x'],
    ['another port', 'https://portal.example:8443/x'],
    ['a host in disguise', '//evil.example/x'],
    ['no address', 'https://'],
    ['a program', 'javascript:1'],
  ])('to %s is not followed, and the token stays here', async (_, location) => {
    const { answer, requests } = ask(ROUTES.meta, [redirectTo(location), { body: {} }]);
    expect((await failureOf(answer)).code).toBe('PORTAL_PROTOCOL');
    expect(requests).toHaveLength(1);
  });

  it.each<[string, ProtocolFault]>([
    ['https://login.example:8443/x', { kind: 'elsewhere', host: 'login.example:8443' }],
    [`https://${'x'.repeat(300)}/`, { kind: 'elsewhere', host: 'x'.repeat(100) }],
    ['https://登录.example/', { kind: 'elsewhere', host: 'xn--w2t382c.example' }],
    ['http://portal.example/x', { kind: 'elsewhere', host: 'portal.example' }],
    ['javascript:1', { kind: 'redirect', status: 302 }],
    ['', { kind: 'redirect', status: 302 }],
  ])('names the site that it leads to: %.40s', async (location, fault) => {
    expect(await failure(ROUTES.meta, redirectTo(location))).toMatchObject({ params: { route: '/meta', fault } });
  });

  it('is followed three times and no more', async () => {
    const { answer, requests } = ask(ROUTES.meta, [redirectTo('/again')]);
    expect((await failureOf(answer)).code).toBe('PORTAL_PROTOCOL');
    expect(requests).toHaveLength(4);
  });

  it.each([307, 308, 303])('of a POST is not followed (%i)', async (status) => {
    const { answer, requests } = ask(ROUTES.logIn, [redirectTo('/again', status), { body: {} }]);
    expect((await failureOf(answer)).code).toBe('PORTAL_PROTOCOL');
    expect(requests).toHaveLength(1);
  });
});

describe('that something is not there', () => {
  const json = { 'content-type': 'application/json' };
  const body = { code: 'NOT_FOUND' };
  it.each<[string, Answer, ErrorCode]>([
    ['by the portal', problem(404, 'NOT_FOUND'), 'ANNOTATION_NOT_FOUND'],
    ['by the JSON of a gateway', { status: 404, headers: json, body }, 'ROUTE_NOT_FOUND'],
    ['by the problem of a gateway', problem(404, 'NO_ROUTE'), 'PORTAL_REFUSED'],
    ['by a page', { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>' }, 'ROUTE_NOT_FOUND'],
    ['under another status', problem(403, 'NOT_FOUND'), 'PORTAL_PROTOCOL'],
  ])('is said %s', async (_, answer, code) => {
    expect((await failure(ROUTES.annotation, answer, { annotation: 'a-1' })).code).toBe(code);
  });
});

describe('the body of an answer', () => {
  const html = { 'content-type': 'text/html; charset=utf-8' };
  const json = { 'content-type': 'application/json' };

  it.each<[string, Answer, ProtocolFault]>([
    ['a page of the network', { headers: html, body: '<h1>Log in to Wi-Fi</h1>' }, { kind: 'web-page' }],
    ['no content type', { body: '{}' }, { kind: 'content-type', type: '-' }],
    ['half a document', { headers: json, body: '{"name":' }, { kind: 'not-json' }],
    ['nothing', { headers: json }, { kind: 'empty' }],
    [
      'more than 8 MiB',
      { headers: json, body: Buffer.alloc(8 * 1024 * 1024 + 1, ' ') },
      { kind: 'too-long', maxBytes: 8_388_608 },
    ],
  ])('is refused when it is %s', async (_, answer, fault) => {
    const params = { route: '/meta', fault };
    expect(await failure(ROUTES.meta, answer)).toMatchObject({ code: 'PORTAL_PROTOCOL', params });
  });

  it.each(['application/json', 'application/json;charset=utf-8', 'Application/JSON', 'application/hal+json'])(
    'is read as %s',
    async (type) => {
      const { answer } = ask(ROUTES.meta, [{ headers: { 'content-type': type }, body: '{"a":"中"}' }]);
      expect((await answer).body).toEqual({ a: '中' });
    },
  );

  it('is not asked for where the status allows none', async () => {
    expect((await ask(ROUTES.logOut, [{ status: 204 }]).answer).body).toBeUndefined();
  });

  it('is not read beyond its cap', async () => {
    let pieces = 0;
    async function* endless() {
      for (;;) {
        pieces += 1;
        yield Buffer.alloc(1024 * 1024);
      }
    }
    expect((await failure(ROUTES.meta, { headers: json, body: endless() })).code).toBe('PORTAL_PROTOCOL');
    expect(pieces).toBe(9);
  });
});

describe('a problem document', () => {
  const certificate = { certificate: 'c-1' };
  const annotation = { annotation: 'a-1', certificate: 'c-1' };
  const challenge = { id: 'ch-1', kind: 'image', prompt: 'Type it', expiresAt: '2026-11-24T08:05:00+08:00' };

  it.each<[number, string, object, object, ErrorCode, object]>([
    [401, 'INVALID_CREDENTIALS', {}, { attemptsLeft: 2 }, 'INVALID_CREDENTIALS', { attemptsLeft: 2 }],
    [401, 'SESSION_EXPIRED', {}, {}, 'SESSION_EXPIRED', {}],
    [423, 'ACCOUNT_LOCKED', {}, { until: challenge.expiresAt }, 'ACCOUNT_LOCKED', { until: challenge.expiresAt }],
    [403, 'CHALLENGE_REQUIRED', {}, { challenge }, 'CHALLENGE_REQUIRED', { kind: 'image', challenge }],
    [403, 'CHALLENGE_FAILED', {}, { challenge }, 'CHALLENGE_FAILED', { kind: 'image', challenge }],
    [403, 'NOTICE_NOT_ACCEPTED', {}, {}, 'NOTICE_NOT_ACCEPTED', {}],
    [404, 'NOT_FOUND', {}, {}, 'ROUTE_NOT_FOUND', { route: '/meta' }],
    [404, 'NOT_FOUND', certificate, {}, 'CERTIFICATE_NOT_FOUND', { selector: 'c-1' }],
    [404, 'NOT_FOUND', annotation, {}, 'ANNOTATION_NOT_FOUND', { id: 'a-1' }],
    [
      409,
      'QUOTA_EXHAUSTED',
      certificate,
      { nextSlotOn: '2026-12-01' },
      'QUOTA_EXHAUSTED',
      { ...certificate, nextSlotOn: '2026-12-01' },
    ],
    [409, 'QUOTA_EXHAUSTED', certificate, { nextSlotOn: null }, 'QUOTA_EXHAUSTED', certificate],
    [409, 'CERTIFICATE_REVOKED', certificate, {}, 'CERTIFICATE_REVOKED', certificate],
    [409, 'ANNOTATION_NOT_REQUIRED', certificate, {}, 'ANNOTATION_NOT_REQUIRED', certificate],
    [409, 'ANNOTATION_REQUIRED', certificate, {}, 'ANNOTATION_REQUIRED', certificate],
    [409, 'ANNOTATION_GENERATING', annotation, {}, 'ANNOTATION_GENERATING', certificate],
    [409, 'ANNOTATION_FAILED', annotation, { detail: 'no' }, 'ANNOTATION_FAILED', { ...certificate, said: 'no' }],
    [
      410,
      'ANNOTATION_EXPIRED',
      annotation,
      { validUntil: '2026-01-01' },
      'ANNOTATION_EXPIRED',
      { ...certificate, validUntil: '2026-01-01' },
    ],
    [409, 'IDEMPOTENCY_KEY_REUSED', {}, { detail: 'Reused' }, 'PORTAL_REFUSED', { status: 409, said: 'Reused' }],
    [412, 'FILE_CHANGED', {}, {}, 'PORTAL_REFUSED', { status: 412, said: 'FILE_CHANGED' }],
    [
      422,
      'VALIDATION_FAILED',
      {},
      { fields: [{ field: 'name', message: 'empty' }] },
      'PORTAL_REFUSED',
      { status: 422, said: 'name: empty' },
    ],
    [418, 'TEAPOT', {}, { title: 'A teapot' }, 'PORTAL_REFUSED', { status: 418, said: 'A teapot' }],
    [501, 'FEATURE_NOT_AVAILABLE', {}, { detail: 'No QR' }, 'PORTAL_REFUSED', { status: 501, said: 'No QR' }],
    [500, 'QUOTA_EXHAUSTED', {}, {}, 'PORTAL_UNAVAILABLE', { status: 500 }],
  ])('%i %s about %j means', async (status, code, subject, facts, expected, params) => {
    const error = await failure(ROUTES.meta, problem(status, code, facts), subject);
    expect({ code: error.code, params: error.params }).toEqual({ code: expected, params });
  });

  it.each([
    [ROUTES.lookup, 'lookup'],
    [ROUTES.register, 'registration'],
    [ROUTES.startQrLogin, 'qrLogin'],
  ])('501 FEATURE_NOT_AVAILABLE means that it is not offered: %#', async (route, feature) => {
    const error = await failure(route, problem(501, 'FEATURE_NOT_AVAILABLE'), {});
    expect({ code: error.code, params: error.params }).toEqual({ code: 'FEATURE_NOT_AVAILABLE', params: { feature } });
  });

  it('does not repeat what was sent in confidence, in whatever part of it', async () => {
    const sent = { password: 'Secret1', idNumber: 'E12345678', name: '样张', phone: '13900000000', username: 'demo' };
    const echo = 'secret-token Secret1 E12345678 样张 13900000000 demo';
    const fields = [{ field: 'Secret1', message: echo }];
    const { fetch } = fakeFetch(problem(422, 'VALIDATION_FAILED', { title: echo, detail: echo, fields }));
    const headers = { authorization: 'Bearer secret-token' };
    const subject = { route: ROUTES.register };
    const error = await failureOf(
      httpOver(fetch).http.json({ url: URL_OF_META, headers, body: JSON.stringify(sent), subject }),
    );
    expect({ code: error.code, params: error.params }).toEqual({
      code: 'VALIDATION_FAILED',
      params: { fields: [{ field: '***', message: '*** *** *** *** *** demo' }] },
    });
  });

  it.each(['title', 'detail'])('does not repeat a token in its %s', async (part) => {
    const error = await failure(ROUTES.meta, problem(418, 'TEAPOT', { [part]: 'a secret-token' }));
    expect(error.params).toEqual({ status: 418, said: 'a ***' });
  });

  it('loses the characters that steer a terminal', async () => {
    const error = await failure(ROUTES.meta, problem(400, 'MALFORMED_REQUEST', { detail: 'a\u001b[2Jb\u202ec' }));
    expect(error.params).toEqual({ status: 400, said: 'a[2Jbc' });
  });

  it.each<[string, Answer, string | undefined]>([
    ['in the document', problem(404, 'NOT_FOUND', { requestId: 'r-1' }, { 'x-request-id': 'r-2' }), 'r-1'],
    ['in the header', problem(404, 'NOT_FOUND', {}, { 'x-request-id': 'r-2' }), 'r-2'],
    ['unfit to be shown', problem(404, 'NOT_FOUND', {}, { 'x-request-id': 'r\u001b2' }), undefined],
  ])('names its request %s', async (_, answer, requestId) => {
    expect((await failure(ROUTES.meta, answer)).requestId).toBe(requestId);
  });
});

describe('an error answer without a problem document', () => {
  it.each<[string, Route, number, ErrorCode]>([
    ['to a request with a session', ROUTES.certificates, 401, 'PORTAL_PROTOCOL'],
    ['to a login', ROUTES.logIn, 401, 'PORTAL_PROTOCOL'],
    ['to a public request', ROUTES.meta, 401, 'PORTAL_PROTOCOL'],
    ['from a firewall', ROUTES.meta, 403, 'PORTAL_PROTOCOL'],
    ['at a wrong address', ROUTES.certificate, 404, 'ROUTE_NOT_FOUND'],
    ['from a gateway', ROUTES.meta, 502, 'PORTAL_UNAVAILABLE'],
    ['from a throttle', ROUTES.meta, 429, 'RATE_LIMITED'],
  ])('%s: %#', async (_, route, status, code) => {
    expect((await failure(route, { status, body: '<html>' }, { certificate: 'c-1' })).code).toBe(code);
  });
});

describe('the debug log', () => {
  it('tells each exchange, without what may be secret', async () => {
    const { answer, lines } = ask(ROUTES.certificate, [
      problem(503, 'TEMPORARILY_UNAVAILABLE', { requestId: 'r-1', detail: 'Secret1' }),
      { body: { id: 'c-1', secret: 'Secret2', quota: { used: 1 } } },
    ]);
    await answer;
    const [ask1, ask2] = [0, 5].map((at) => lines.slice(at, at + 2));
    expect(ask1).toEqual(ask2);
    expect([lines[2], lines[4]?.replace(/^.*(?="code")/, '')]).toEqual([
      '< 503 0 ms',
      '"code":"TEMPORARILY_UNAVAILABLE","requestId":"r-1","detail":"***"}',
    ]);
    expect(lines.at(-1)).toBe('<   {"id":"c-1","secret":"***","quota":{"used":1}}');
    expect(lines.join()).not.toMatch(/Secret/);
  });
});
