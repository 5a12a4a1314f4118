/** How long a portal may take in all, on a clock that goes on only while its pieces arrive. */
import { describe, expect, it } from 'vitest';
import { ROUTES, type Route } from '../../../src/contract/routes.ts';
import { createHolderPortal } from '../../../src/portal/client.ts';
import type { Outgoing } from '../../../src/portal/exchange.ts';
import { createHttp } from '../../../src/portal/http.ts';
import type { Fetch, HttpResponse } from '../../../src/ports/http.ts';
import { failureOf, fakeClock, problem, systemError } from '../../support/fake-fetch.ts';
import { certificate } from '../../support/portal-over.ts';

const to = (route: Route): Outgoing => ({ url: 'https://portal.example/x', headers: {}, subject: { route } });
const JSON_TYPE = { 'content-type': 'application/json' };

/** A portal that answers in its own time. */
function slowPortal(
  answer: (clock: ReturnType<typeof fakeClock>, request: number, signal: AbortSignal) => Promise<HttpResponse>,
) {
  const clock = fakeClock();
  let requests = 0;
  const fetch: Fetch = async ({ signal }) => answer(clock, requests++, signal);
  const http = createHttp({ fetch, clock, random: () => 0, signal: new AbortController().signal });
  return {
    http,
    clock,
    requests: () => requests,
    seconds: () => (clock.now().getTime() - Date.parse('2026-11-24T00:00:00Z')) / 1_000,
  };
}

/** The length of a body, when it was read to its end. */
async function read(body: HttpResponse['body']): Promise<number> {
  let bytes = 0;
  for await (const chunk of body) bytes += chunk.length;
  return bytes;
}

/** A body in pieces, so many seconds apart. */
async function* pieces(clock: ReturnType<typeof fakeClock>, seconds: number, ...texts: string[]) {
  for (const text of texts) {
    await clock.sleep(seconds * 1_000);
    yield Buffer.from(text);
  }
}

const drip = async (
  clock: ReturnType<typeof fakeClock>,
  status = 200,
  headers: Record<string, string> = JSON_TYPE,
) => ({
  status,
  headers,
  body: pieces(clock, 1, ...Array(500).fill(' ')),
});

describe('an answer that comes a byte a second', () => {
  it('is given up after eight seconds, and not asked for again', async () => {
    const { http, requests, seconds } = slowPortal((clock) => drip(clock));
    expect((await failureOf(http.json(to(ROUTES.meta)))).code).toBe('TIMED_OUT');
    expect(seconds()).toBe(8);
    expect(requests()).toBe(1);
  });

  it.each([
    [404, 'ROUTE_NOT_FOUND'],
    [422, 'PORTAL_PROTOCOL'],
  ])('tells nothing more of a refusal (%i)', async (status, code) => {
    const { http, seconds } = slowPortal((clock) => drip(clock, status));
    expect((await failureOf(http.json(to(ROUTES.meta)))).code).toBe(code);
    expect(seconds()).toBe(8);
  });

  it('is not waited for where nobody wants it', async () => {
    const { http, seconds } = slowPortal((clock) => drip(clock, 200, { 'content-type': 'text/html' }));
    expect((await failureOf(http.json(to(ROUTES.meta)))).code).toBe('PORTAL_PROTOCOL');
    expect(seconds()).toBe(8);
  });

  it.each([['application/pdf'], ['text/html']])('is no file (%s)', async (type) => {
    const { http, seconds } = slowPortal((clock) => drip(clock, 200, { 'content-type': type }));
    const { body } = await http.open(to(ROUTES.certificateFile));
    expect((await failureOf(read(body))).code).toBe('TIMED_OUT');
    expect(seconds()).toBeLessThanOrEqual(10);
  });
});

describe('an answer that takes its time', () => {
  it.each<[string, number, string[]]>([
    ['before it begins', 7, ['{}']],
    ['between two halves', 3, [`{"a":"${'x'.repeat(4_000)}`, '"}']],
    ['at 128 kilobits a second', 1, [`{"a":"`, ...Array(5).fill('x'.repeat(16_000)), '"}']],
  ])('%s is read', async (_, secondsEach, texts) => {
    const { http } = slowPortal(async (clock) => ({
      status: 200,
      headers: JSON_TYPE,
      body: pieces(clock, secondsEach, ...texts),
    }));
    expect((await http.json(to(ROUTES.meta))).status).toBe(200);
  });

  it('as a file may take longer', async () => {
    const { http, seconds } = slowPortal(async (clock) => ({
      status: 200,
      headers: { 'content-type': 'application/pdf' },
      body: pieces(clock, 1, ...Array(500).fill('x'.repeat(16_000))),
    }));
    expect(await read((await http.open(to(ROUTES.certificateFile))).body)).toBe(8_000_000);
    expect(seconds()).toBe(500);
  });

  it('as something else than a file may not', async () => {
    const { http, seconds } = slowPortal(async (clock) => ({
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: pieces(clock, 1, ...Array(500).fill('x'.repeat(16_000))),
    }));
    expect((await failureOf(read((await http.open(to(ROUTES.certificateFile))).body))).code).toBe('TIMED_OUT');
    expect(seconds()).toBe(8);
  });

  it('as a file ends all the same', async () => {
    const { http } = slowPortal(async (clock) => ({
      status: 200,
      headers: { 'content-type': 'application/pdf' },
      body: pieces(clock, 1, ...Array(700).fill('x'.repeat(16_000))),
    }));
    expect((await failureOf(read((await http.open(to(ROUTES.certificateFile))).body))).code).toBe('TIMED_OUT');
  });
});

it('is one time limit for all hops of a redirect', async () => {
  const { http, requests } = slowPortal(async (clock, request, signal) => {
    if (request === 1) return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    if (request === 2) return { status: 404, headers: {}, body: pieces(clock, 0) };
    await clock.sleep(7_900);
    return { status: 302, headers: { location: '/again' }, body: pieces(clock, 0) };
  });
  // The clock of this test stood still, so that what was in vain seems short, and is tried again.
  expect((await failureOf(http.json(to(ROUTES.meta)))).code).toBe('ROUTE_NOT_FOUND');
  expect(requests()).toBe(3);
});

it('leaves what a redirect leads to no more than is left', async () => {
  const { http } = slowPortal(async (clock, request) => {
    if (request === 1)
      return { status: 200, headers: JSON_TYPE, body: pieces(clock, 1, '{"a":"', 'x'.repeat(999), '"}') };
    await clock.sleep(7_500);
    return { status: 302, headers: { location: '/again' }, body: pieces(clock, 0) };
  });
  expect((await failureOf(http.json(to(ROUTES.meta)))).code).toBe('TIMED_OUT');
});

it('is one time limit for all attempts', async () => {
  const { http, requests } = slowPortal(async (clock) => {
    await clock.sleep(3_000);
    throw systemError('ECONNRESET');
  });
  expect((await failureOf(http.json(to(ROUTES.meta)))).code).toBe('CONNECTION_LOST');
  expect(requests()).toBe(3);
});

describe('several requests that share their time', () => {
  const OK = { status: 200, headers: JSON_TYPE };

  it('end when it is over, whatever is left to ask', async () => {
    const { http, requests } = slowPortal(async (clock) => ({ ...OK, body: pieces(clock, 3, '{}') }));
    const shared = http.sharingTime();
    await shared.json(to(ROUTES.meta));
    await shared.json(to(ROUTES.meta));
    for (let more = 0; more < 2; more += 1)
      expect((await failureOf(shared.json(to(ROUTES.meta)))).code).toBe('TIMED_OUT');
    expect(requests()).toBe(3);
    expect((await http.json(to(ROUTES.meta))).body).toEqual({});
  });

  it('share the pauses that are asked for, which are no answers', async () => {
    const { http, requests, clock } = slowPortal(async () => {
      const { status = 0, headers = {} } = problem(503, 'TEMPORARILY_UNAVAILABLE', {}, { 'retry-after': '20' });
      return { status, headers, body: pieces(clock, 0) };
    });
    const shared = http.sharingTime();
    expect((await failureOf(shared.json(to(ROUTES.meta)))).code).toBe('PORTAL_UNAVAILABLE');
    expect(requests()).toBe(4);
    expect((await failureOf(shared.json(to(ROUTES.meta)))).code).toBe('PORTAL_UNAVAILABLE');
    expect(requests()).toBe(5);
  });

  it('are the pages of a list, and again those of the next', async () => {
    const { http, requests } = slowPortal(async (clock, request) => ({
      ...OK,
      body: pieces(
        clock,
        3,
        JSON.stringify({ items: [{ ...certificate, id: `c-${request}` }], nextCursor: `p${request}` }),
      ),
    }));
    const session = { accessToken: 'first-token', source: 'none' as const };
    const sessions = { current: async () => session, renew: async () => undefined };
    const portal = createHolderPortal({ http, origin: 'https://portal.example', sessions });
    expect((await failureOf(portal.certificates())).code).toBe('TIMED_OUT');
    expect(requests()).toBe(3);
    expect((await failureOf(portal.certificates())).code).toBe('TIMED_OUT');
    expect(requests()).toBe(6);
  });
});
