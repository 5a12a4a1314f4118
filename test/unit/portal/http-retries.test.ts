import { describe, expect, it } from 'vitest';
import { ROUTES, type Route } from '../../../src/contract/routes.ts';
import { CertError } from '../../../src/errors.ts';
import type { Outgoing } from '../../../src/portal/exchange.ts';
import { type Answer, failureOf, fakeFetch, httpOver, problem, systemError } from '../../support/fake-fetch.ts';

const to = (route: Route): Outgoing => ({ url: 'https://portal.example/x', headers: {}, subject: { route } });
const OK: Answer = { body: {} };

async function cutShort() {
  throw systemError('ECONNRESET');
}
const brokenBody: Answer = {
  headers: { 'content-type': 'application/json' },
  body: { [Symbol.asyncIterator]: () => ({ next: cutShort }) },
};

describe('a request that can be repeated', () => {
  it.each<[string, Answer | Error, string]>([
    ['a server error', problem(500, 'INTERNAL_ERROR'), 'PORTAL_UNAVAILABLE'],
    ['a bad gateway', { status: 502, body: '<html>' }, 'PORTAL_UNAVAILABLE'],
    ['unavailability', problem(503, 'TEMPORARILY_UNAVAILABLE'), 'PORTAL_UNAVAILABLE'],
    ['a gateway out of time', { status: 504 }, 'PORTAL_UNAVAILABLE'],
    ['too many requests', problem(429, 'RATE_LIMITED'), 'RATE_LIMITED'],
    ['a refused connection', systemError('ECONNREFUSED'), 'CONNECTION_REFUSED'],
    ['a lost connection', systemError('UND_ERR_SOCKET'), 'CONNECTION_LOST'],
    ['a body cut short', brokenBody, 'CONNECTION_LOST'],
    ['silence', systemError('UND_ERR_HEADERS_TIMEOUT'), 'TIMED_OUT'],
    ['a name server out of order', systemError('EAI_AGAIN'), 'DNS_FAILED'],
  ])('is sent four times in all after %s', async (_, answer, code) => {
    const { fetch, requests } = fakeFetch(answer);
    const { http, clock } = httpOver(fetch);
    expect((await failureOf(http.json(to(ROUTES.meta)))).code).toBe(code);
    expect(requests).toHaveLength(4);
    expect(clock.pauses).toEqual([500, 1_000, 2_000]);
  });

  it.each<[string, Answer | Error, string]>([
    ['a refusal', problem(404, 'NOT_FOUND'), 'ROUTE_NOT_FOUND'],
    ['an expired session', problem(401, 'SESSION_EXPIRED'), 'SESSION_EXPIRED'],
    ['a missing feature', problem(501, 'FEATURE_NOT_AVAILABLE'), 'PORTAL_REFUSED'],
    ['an untrusted certificate', systemError('SELF_SIGNED_CERT_IN_CHAIN'), 'TLS_FAILED'],
    ['garbage', systemError('', { name: 'HTTPParserError' }), 'PORTAL_PROTOCOL'],
    ['a generating copy', problem(409, 'ANNOTATION_GENERATING'), 'ANNOTATION_GENERATING'],
  ])('is sent once when it meets %s', async (_, answer, code) => {
    const { fetch, requests } = fakeFetch(answer);
    expect((await failureOf(httpOver(fetch).http.json(to(ROUTES.meta)))).code).toBe(code);
    expect(requests).toHaveLength(1);
  });

  it.each([0, 0.5, 0.999])('pauses a random share of the backoff (%d)', async (random) => {
    const { fetch } = fakeFetch({ status: 503 }, { status: 503 }, OK);
    const { http, clock } = httpOver(fetch, { random });
    await http.json(to(ROUTES.meta));
    expect(clock.pauses).toEqual([500 * random, 1_000 * random]);
  });

  it('is a logout too', async () => {
    const { fetch, requests } = fakeFetch({ status: 502 }, { status: 204 });
    await httpOver(fetch).http.json(to(ROUTES.logOut));
    expect(requests).toHaveLength(2);
  });

  it('is a file too, until its headers are there', async () => {
    const { fetch, requests } = fakeFetch({ status: 502 }, { body: 'PDF' });
    expect((await httpOver(fetch).http.open(to(ROUTES.certificateFile))).status).toBe(200);
    expect(requests).toHaveLength(2);
  });

  it('ends with cert itself', async () => {
    const controller = new AbortController();
    const { fetch, requests } = fakeFetch(systemError('ECONNRESET'));
    controller.abort(new CertError('INTERRUPTED', {}));
    const { http } = httpOver(fetch, { signal: controller.signal });
    expect((await failureOf(http.json(to(ROUTES.meta)))).code).toBe('INTERRUPTED');
    expect(requests).toHaveLength(1);
  });
});

describe('a request that must not be repeated', () => {
  it.each([
    ['a login', ROUTES.logIn],
    ['a submission', ROUTES.submitAnnotation],
    ['a consent', ROUTES.acceptNotice],
  ])('is %s', async (_, route) => {
    for (const answer of [{ status: 502 }, problem(429, 'RATE_LIMITED'), systemError('ECONNRESET')]) {
      const { fetch, requests } = fakeFetch(answer);
      await failureOf(httpOver(fetch).http.json(to(route)));
      expect(requests).toHaveLength(1);
    }
  });
});

describe('Retry-After', () => {
  it.each([
    ['seconds', '7', [7_000]],
    ['zero seconds: the backoff', '0', [500]],
    ['the most that is waited for', '30', [30_000]],
    ['a date', 'Tue, 24 Nov 2026 00:00:09 GMT', [9_000]],
    ['a date in the past', 'Mon, 23 Nov 2026 00:00:00 GMT', [500]],
    ['a date without its zone, which may be any', 'Wed, 25 Nov 2026 12:00:09', [500]],
    ['nonsense', 'soon', [500]],
    ['a negative number', '-5', [500]],
  ])('is honoured: %s', async (_, value, pauses) => {
    const { fetch } = fakeFetch({ status: 503, headers: { 'retry-after': value } }, OK);
    const { http, clock } = httpOver(fetch);
    await http.json(to(ROUTES.meta));
    expect(clock.pauses).toEqual(pauses);
  });

  it.each([
    [429, 'RATE_LIMITED', { retryAfterSeconds: 31 }],
    [503, 'PORTAL_UNAVAILABLE', { status: 503, retryAfterSeconds: 31 }],
  ])('of more than 30 s ends the attempts at once (%i)', async (status, code, params) => {
    const { fetch, requests } = fakeFetch({ status, headers: { 'retry-after': '31' } });
    const error = await failureOf(httpOver(fetch).http.json(to(ROUTES.meta)));
    expect(error).toMatchObject({ code, params });
    expect(requests).toHaveLength(1);
  });

  it.each(['86401', '999999999', '9'.repeat(20), 'Wed, 24 Nov 9999 00:00:00 GMT'])(
    'of more than a day is one of a day: %s',
    async (value) => {
      const { fetch, requests } = fakeFetch({ status: 503, headers: { 'retry-after': value } });
      const error = await failureOf(httpOver(fetch).http.json(to(ROUTES.meta)));
      expect(error.params).toEqual({ status: 503, retryAfterSeconds: 86_400 });
      expect(requests).toHaveLength(1);
    },
  );

  it('starts no attempt after a minute in all', async () => {
    const { fetch, requests } = fakeFetch({ status: 503, headers: { 'retry-after': '30' } });
    await failureOf(httpOver(fetch).http.json(to(ROUTES.meta)));
    expect(requests).toHaveLength(3);
  });
});
