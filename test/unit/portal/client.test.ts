import { describe, expect, it } from 'vitest';
import { CertError } from '../../../src/errors.ts';
import { type Answer, failureOf, problem } from '../../support/fake-fetch.ts';
import { annotation, certificate, portalOver } from '../../support/portal-over.ts';

const expired = problem(401, 'SESSION_EXPIRED');
const quota = { limit: 3, windowDays: 90, used: 1, remaining: 2, nextSlotOn: '2027-02-22' };
const page = (ids: string[], nextCursor: string | null, etag?: string): Answer => ({
  headers: etag === undefined ? {} : { etag },
  body: { items: ids.map((id) => ({ ...certificate, id })), nextCursor },
});

describe('a session that has run out', () => {
  it('is renewed once, and the request repeated', async () => {
    const { holderPortal, tokens } = portalOver([expired, { body: certificate }, { body: annotation }], {
      renewal: 'second',
    });
    expect(await holderPortal.certificate('c-1')).toEqual(certificate);
    await holderPortal.annotation('a-1');
    expect(tokens()).toEqual(['Bearer first-token', 'Bearer second', 'Bearer second']);
  });

  it('is not renewed twice for one request', async () => {
    const { holderPortal, requests, refused } = portalOver([expired], { renewal: 'second' });
    expect((await failureOf(holderPortal.certificate('c-1'))).code).toBe('SESSION_EXPIRED');
    expect(requests).toHaveLength(2);
    expect(refused).toEqual(['first-token']);
  });

  it('stays so where no password is at hand', async () => {
    const { holderPortal, requests } = portalOver([expired]);
    expect((await failureOf(holderPortal.certificates())).code).toBe('SESSION_EXPIRED');
    expect(requests).toHaveLength(1);
  });

  it('ends with what the login meets', async () => {
    const { holderPortal } = portalOver([expired], { renewal: new CertError('ACCOUNT_LOCKED', {}) });
    expect((await failureOf(holderPortal.annotations('c-1'))).code).toBe('ACCOUNT_LOCKED');
  });

  it('is as good as logged out', async () => {
    const { holderPortal, refused } = portalOver([expired], { renewal: 'second' });
    await holderPortal.logOut();
    expect(refused).toEqual([]);
  });
});

it('sends no token where none is needed', async () => {
  const { portal, tokens } = portalOver([problem(401, 'INVALID_CREDENTIALS')]);
  await failureOf(portal.meta());
  await failureOf(portal.notice());
  await failureOf(portal.logIn({ username: 'demo_nurse', password: 'Sandbox2026' }));
  expect(tokens()).toEqual([undefined, undefined, undefined]);
});

describe('the list of certificates', () => {
  it('has all pages', async () => {
    const { holderPortal, requests } = portalOver([page(['c-1', 'c-2'], 'p2'), page([], 'p3'), page(['c-3'], null)]);
    expect((await holderPortal.certificates()).map(({ id }) => id)).toEqual(['c-1', 'c-2', 'c-3']);
    expect(requests.map(({ url }) => new URL(url).search)).toEqual(['', '?cursor=p2', '?cursor=p3']);
  });

  it('keeps the pages that have not changed', async () => {
    const { holderPortal, requests } = portalOver([
      page(['c-1'], 'p2', '"1"'),
      page(['c-2'], null, 'W/"2"'),
      { status: 304 },
      page(['c-9'], null, '"3"'),
    ]);
    await holderPortal.certificates();
    expect((await holderPortal.certificates()).map(({ id }) => id)).toEqual(['c-1', 'c-9']);
    expect(requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, undefined, '"1"', 'W/"2"']);
  });

  it('asks in full where the portal names no entity tag', async () => {
    const { holderPortal, requests } = portalOver([page(['c-1'], null)]);
    await holderPortal.certificates();
    await holderPortal.certificates();
    expect(requests[1]?.headers).not.toHaveProperty('if-none-match');
  });

  it.each<[string, Answer[], number]>([
    ['goes in a circle', [page([], 'p2'), page([], 'p3'), page([], 'p2')], 3],
    ['stands still', [page([], 'p2')], 2],
    ['has no end', Array.from({ length: 300 }, (_, at) => page([], `p${at}`)), 200],
  ])('that %s is refused', async (_, answers, asked) => {
    const { holderPortal, requests } = portalOver(answers);
    expect((await failureOf(holderPortal.certificates())).code).toBe('PORTAL_PROTOCOL');
    expect(requests).toHaveLength(asked);
  });

  it('has a certificate once that is on two pages, as it was read last', async () => {
    const again = {
      ...page(['c-2', 'c-3'], null),
      body: { items: [{ ...certificate, id: 'c-2', issuer: 'new' }], nextCursor: null },
    };
    const { holderPortal } = portalOver([page(['c-1', 'c-2'], 'p2'), again]);
    expect((await holderPortal.certificates()).map(({ id, issuer }) => [id, issuer])).toEqual([
      ['c-1', certificate.issuer],
      ['c-2', 'new'],
    ]);
  });

  it.each<[string, (at: number) => Answer, number]>([
    [
      'has more certificates',
      (at) =>
        page(
          Array.from({ length: 1000 }, (_, n) => `c-${at}-${n}`),
          `p${at}`,
        ),
      3,
    ],
    ['has more bytes', (at) => ({ body: { items: [], nextCursor: `p${at}`, junk: 'x'.repeat(7_000_000) } }), 3],
  ])('that %s than any holder is refused', async (_, answer, asked) => {
    const { holderPortal, requests } = portalOver(Array.from({ length: 5 }, (_, at) => answer(at)));
    expect(await failureOf(holderPortal.certificates())).toMatchObject({
      code: 'PORTAL_PROTOCOL',
      params: { route: '/certificates', fault: { kind: 'list-too-long' } },
    });
    expect(requests).toHaveLength(asked);
  });

  it('is not there with a 304 that nobody asked for', async () => {
    const { holderPortal } = portalOver([{ status: 304 }]);
    expect((await failureOf(holderPortal.certificates())).code).toBe('PORTAL_PROTOCOL');
  });
});

describe('an answer that breaks the contract', () => {
  const broken = { ...certificate, issuedOn: 'secret-value' };

  it.each<[string, (over: ReturnType<typeof portalOver>) => Promise<unknown>, object, string]>([
    [
      'a wrong value',
      (over) => over.holderPortal.certificates(),
      { items: [certificate, broken], nextCursor: null },
      '/certificates items.1.issuedOn',
    ],
    [
      'a wrong type',
      (over) => over.holderPortal.annotations('c-1'),
      { items: [], quota: { ...quota, used: '1' } },
      '/certificates/{id}/annotations quota.used',
    ],
    [
      'a missing field',
      (over) => over.holderPortal.annotation('a-1'),
      { ...annotation, id: undefined },
      '/annotations/{id} id',
    ],
    ['another shape', (over) => over.portal.notice(), ['secret-value'], '/notice version'],
  ])('is named by route and field, not by its value: %s', async (_, call, body, place) => {
    const over = portalOver([{ body }]);
    const [route, field] = place.split(' ');
    expect(await failureOf(call(over))).toMatchObject({
      code: 'PORTAL_PROTOCOL',
      params: { route, fault: { kind: 'field', field } },
    });
    expect(over.requests).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    ['a page of the network', { headers: { 'content-type': 'text/html' }, body: 'Log in' }],
    ['half a document', { headers: { 'content-type': 'application/json' }, body: '{' }],
  ])('is no consent that was taken: %s', async (_, answer) => {
    const { holderPortal } = portalOver([answer]);
    expect((await failureOf(holderPortal.acceptNotice('1'))).code).toBe('PORTAL_PROTOCOL');
  });

  it('is no matter where it only has more', async () => {
    const { holderPortal } = portalOver([{ body: { ...certificate, colour: 'red' } }]);
    expect(await holderPortal.certificate('c-1')).toEqual(certificate);
  });
});

it('gives an identifier no way out of its place in the path', async () => {
  const { holderPortal, requests } = portalOver([{ body: certificate }]);
  await holderPortal.certificate('../meta?x=1#y');
  expect(requests[0]?.url).toBe('https://portal.example/api/v1/certificates/..%2Fmeta%3Fx%3D1%23y');
});
