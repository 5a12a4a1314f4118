/** Each kind of answer that is none, on every route that reads one: it is named for what it is, and never taken. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../../src/contract/examples.ts';
import type { ProtocolFault } from '../../../src/errors.ts';
import { type Answer, failureOf } from '../../support/fake-fetch.ts';
import { portalOver } from '../../support/portal-over.ts';

const json = { 'content-type': 'application/json' };
const wide = (element: string) => `[${`${element},`.repeat(300_000)}${element}]`;
const within = (member: string): Answer => ({ headers: json, body: `{"items":${member},"x":${member}}` });

const FAULTS: Record<string, [Answer, ProtocolFault]> = {
  'lists too deep': [within('['.repeat(1_000_000)), { kind: 'too-deep', most: 64 }],
  'objects too deep': [within('{"a":'.repeat(500_000)), { kind: 'too-deep', most: 64 }],
  'too many objects': [within(wide('{}')), { kind: 'too-many', most: 250_000 }],
  'too many zeros': [within(wide('0')), { kind: 'too-many', most: 250_000 }],
  'a string too long': [
    { headers: json, body: `"${'x'.repeat(9_000_000)}"` },
    { kind: 'too-long', maxBytes: 8_388_608 },
  ],
  'a page of a network that wants a login': [
    { headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<h1>Log in to the Wi-Fi</h1>' },
    { kind: 'web-page' },
  ],
  'such a page under a false name': [{ headers: json, body: '<!DOCTYPE html>' }, { kind: 'web-page' }],
  'the announcement of such a network': [{ status: 511, body: 'Log in' }, { kind: 'web-page' }],
  'another site': [
    { status: 302, headers: { location: 'https://login.example/hotel?from=portal' } },
    { kind: 'elsewhere', host: 'login.example' },
  ],
  nothing: [{ headers: json }, { kind: 'empty' }],
  'nothing of no type': [{}, { kind: 'empty' }],
  'JSON as plain text': [
    { headers: { 'content-type': 'text/plain' }, body: '{}' },
    { kind: 'content-type', type: 'text/plain' },
  ],
  'a refusal as a success': [
    { headers: { 'content-type': 'application/problem+json' }, body: '{"code":"SESSION_EXPIRED"}' },
    { kind: 'problem', status: 200 },
  ],
  'compressed JSON': [
    { headers: { ...json, 'content-encoding': 'gzip' }, body: gzipSync('{}') },
    { kind: 'coding', name: 'gzip' },
  ],
  'JSON compressed by Brotli': [
    { headers: { ...json, 'content-encoding': 'br' }, body: 'abc' },
    { kind: 'coding', name: 'br' },
  ],
  'compressed JSON, unannounced': [
    { headers: json, body: gzipSync('{}') },
    { kind: 'coding', name: 'gzip' },
  ],
  'UTF-16': [
    { headers: json, body: Buffer.from('\ufeff{}', 'utf16le') },
    { kind: 'charset', name: 'UTF-16' },
  ],
  GBK: [
    { headers: json, body: Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xd0, 0xd5]), Buffer.from('"}')]) },
    { kind: 'charset', name: 'GBK' },
  ],
  'GBK that could be UTF-8': [
    { headers: { 'content-type': 'application/json; charset=GBK' }, body: '{}' },
    { kind: 'charset', name: 'GBK' },
  ],
  'half a document': [{ headers: json, body: '{"a":' }, { kind: 'not-json' }],
};

const CALLS: Record<string, (over: ReturnType<typeof portalOver>) => Promise<unknown>> = {
  meta: ({ portal }) => portal.meta(),
  notice: ({ portal }) => portal.notice(),
  logIn: ({ portal }) => portal.logIn(EXAMPLES.credentials),
  startQrLogin: ({ portal }) => portal.startQrLogin(),
  qrLogin: ({ portal }) => portal.qrLogin('qr-1'),
  certificates: ({ holderPortal }) => holderPortal.certificates(),
  certificate: ({ holderPortal }) => holderPortal.certificate('c-1'),
  annotations: ({ holderPortal }) => holderPortal.annotations('c-1'),
  annotation: ({ holderPortal }) => holderPortal.annotation('a-1'),
  lookUp: ({ portal }) => portal.lookUp(EXAMPLES.lookup),
  register: ({ portal }) => portal.register(EXAMPLES.registration),
  acceptNotice: ({ holderPortal }) => holderPortal.acceptNotice('1'),
};

describe.each(Object.entries(FAULTS))('%s', (_, [answer, fault]) => {
  it.each(Object.entries(CALLS))('is no answer to %s', async (_, call) => {
    const over = portalOver([answer]);
    const error = await failureOf(call(over));
    expect({ code: error.code, fault: (error.params as { fault: unknown }).fault }).toEqual({
      code: 'PORTAL_PROTOCOL',
      fault,
    });
    expect(over.requests).toHaveLength(1);
  });

  it('leaves the outcome of a submission open', async () => {
    const { holderPortal, requests } = portalOver([answer]);
    const request = { scenario: 'self', validDays: 90, clientReference: 'reference-1' };
    expect((await failureOf(holderPortal.submitAnnotation('c-1', request))).code).toBe('OUTCOME_UNKNOWN');
    expect(requests).toHaveLength(1);
  });

  it('is no file', async () => {
    const { holderPortal } = portalOver([answer]);
    expect((await failureOf(holderPortal.file({ certificateId: 'c-1', annotationId: 'a-1' }))).code).toMatch(
      /^(PORTAL_PROTOCOL|FILE_NOT_PDF)$/,
    );
  });
});

describe('a refusal', () => {
  const refusal = (body: string | Buffer): Answer => ({
    status: 409,
    headers: { 'content-type': 'application/problem+json' },
    body,
  });
  it.each<[string, string]>([
    ['too many objects', `{"code":"QUOTA_EXHAUSTED","fields":${wide('{}')}}`],
    ['too many zeros', `{"code":"QUOTA_EXHAUSTED","fields":${wide('0')}}`],
    ['lists too deep', `{"code":"QUOTA_EXHAUSTED","fields":${'['.repeat(500_000)}`],
    ['more than a megabyte', `{"code":"QUOTA_EXHAUSTED","detail":"${'x'.repeat(1_100_000)}"}`],
  ])('with %s is none that can be read', async (_, body) => {
    for (const call of Object.values(CALLS)) {
      const error = await failureOf(call(portalOver([refusal(body)])));
      expect(error).toMatchObject({ code: 'PORTAL_PROTOCOL', params: { fault: { kind: 'no-problem', status: 409 } } });
    }
  });

  it('with more wrong fields than a form has keeps its code', async () => {
    const fields = Array(51).fill({ field: 'name', message: 'x' });
    const body = JSON.stringify({ code: 'QUOTA_EXHAUSTED', nextSlotOn: '2026-12-01', fields });
    expect(await failureOf(portalOver([refusal(body)]).holderPortal.certificate('c-1'))).toMatchObject({
      code: 'QUOTA_EXHAUSTED',
      params: { nextSlotOn: '2026-12-01' },
    });
  });

  it('says no more than a line', async () => {
    const fields = Array(50).fill({ field: 'f'.repeat(400), message: 'm'.repeat(400) });
    const error = await failureOf(portalOver([refusal(JSON.stringify({ code: 'TEAPOT', fields }))]).portal.meta());
    expect((error.params as { said: string }).said).toMatch(/^f{400}: m+…$/);
    expect((error.params as { said: string }).said).toHaveLength(501);
  });

  it('in another encoding is not read by halves', async () => {
    const body = Buffer.concat([
      Buffer.from('{"code":"TEAPOT","detail":"'),
      Buffer.from([0xd0, 0xd5]),
      Buffer.from('"}'),
    ]);
    expect((await failureOf(portalOver([refusal(body)]).holderPortal.certificate('c-1'))).code).toBe('PORTAL_PROTOCOL');
  });
});

it('takes a byte order mark for nothing', async () => {
  const { portal } = portalOver([{ headers: json, body: `\ufeff${JSON.stringify(EXAMPLES.notice)}` }]);
  expect(await portal.notice()).toEqual(EXAMPLES.notice);
});

it('takes a charset that says UTF-8 for nothing special', async () => {
  const headers = { 'content-type': 'application/json; charset="UTF-8"', 'content-encoding': 'identity' };
  const { portal } = portalOver([{ headers, body: JSON.stringify(EXAMPLES.notice) }]);
  expect(await portal.notice()).toEqual(EXAMPLES.notice);
});

describe('a success whose body is a refusal', () => {
  it.each<[object, ProtocolFault]>([
    [{ code: 'SESSION_EXPIRED' }, { kind: 'problem', status: 200 }],
    [
      { code: 'ANYTHING', status: 403 },
      { kind: 'problem', status: 200 },
    ],
    [
      { code: 'OK', data: {} },
      { kind: 'field', field: 'version' },
    ],
    [
      { code: 0, data: {} },
      { kind: 'field', field: 'version' },
    ],
  ])('%j', async (body, fault) => {
    expect(await failureOf(portalOver([{ body }]).portal.notice())).toMatchObject({ params: { fault } });
  });
});

describe('an entity tag', () => {
  it.each(['"审"', '"a\u0000b"', 'no quotes', `"${'x'.repeat(201)}"`])('%.20j is not sent back', async (etag) => {
    const page = { headers: { etag }, body: { items: [], nextCursor: null } };
    const { holderPortal, requests } = portalOver([page]);
    await holderPortal.certificates();
    await holderPortal.certificates();
    expect(requests[1]?.headers).not.toHaveProperty('if-none-match');
    const pdf = { headers: { etag, 'content-type': 'application/pdf' }, body: '%PDF' };
    expect((await portalOver([pdf]).holderPortal.file({ certificateId: 'c-1' })).etag).toBeUndefined();
  });
});
