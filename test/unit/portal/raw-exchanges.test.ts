/**
 * Exchanges written by hand from the contract's text, byte for byte, as somebody else's portal would speak it: more
 * fields than ours, none of the optional ones, its own order and spacing. The sandbox has no part in them.
 */
import { expect, it } from 'vitest';
import type { HolderPortal } from '../../../src/ports/holder-portal.ts';
import { failureOf } from '../../support/fake-fetch.ts';
import { type ForeignPortal, foreignPortal } from '../../support/foreign-portal.ts';

const SESSION = 'authorization: Bearer eyJ0.tok-en';
const ACCEPT_JSON = ['accept: application/json', 'accept-encoding: identity'];
const ACCEPT_PDF = ['accept: application/pdf, application/problem+json', 'accept-encoding: identity'];
const JSON_BODY = 'content-type: application/json';

const lines = (...all: string[]) => all.join('\r\n');
const request = (line: string, headers: string[], body = '') =>
  lines(`${line} HTTP/1.1`, 'host: HOST', 'connection: keep-alive', ...headers, '', body);
const answer = (status: string, body = '', ...headers: string[]) =>
  lines(`HTTP/1.1 ${status}`, 'Server: gateway/2', ...headers, `Content-Length: ${Buffer.byteLength(body)}`, '', body);
const json = (status: string, body: string, ...headers: string[]) =>
  answer(status, body, 'Content-Type: application/json;charset=UTF-8', ...headers);

const CERTIFICATE = `{ "idNumberMasked":"11**************11", "holderName":"样例", "id":"2022.RN~7", "kind":"certificate",
  "qualification":"执业护士", "certificateNumber":"0001", "managementNumber":"0002", "approvedOn":"2022-05-01",
  "issuedOn":"2022-06-01", "issuer":"样张考试中心", "status":"valid", "annotationRequired":true, "annotation":null,
  "quota":null, "photo":null, "links":{"self":"/x"} }`;
const certificate = {
  id: '2022.RN~7',
  kind: 'certificate',
  qualification: '执业护士',
  holderName: '样例',
  idNumberMasked: '11**************11',
  certificateNumber: '0001',
  managementNumber: '0002',
  approvedOn: '2022-05-01',
  issuedOn: '2022-06-01',
  issuer: '样张考试中心',
  status: 'valid',
  annotationRequired: true,
  annotation: null,
  quota: null,
};

const ANNOTATION = `{"status":"generating","id":"ann-9","certificateId":"2022.RN~7","scenario":"self","validDays":90,
  "requestedAt":"2026-11-24T00:00:00Z","queue":{"position":4}}`;
const annotation = {
  id: 'ann-9',
  certificateId: '2022.RN~7',
  scenario: 'self',
  validDays: 90,
  status: 'generating',
  requestedAt: '2026-11-24T00:00:00Z',
};

const REFERENCE = '7b0c9d4e-1111-4222-8333-444455556666';
const LABEL = '{"zh":"本人调用","en":"used by the holder","fr":"par le titulaire"}';
const POLICY = `{"minLength":8,"maxLength":15,"pattern":"^.{8,15}$","description":${LABEL}}`;
const label = { zh: '本人调用', en: 'used by the holder' };
const policy = { minLength: 8, maxLength: 15, pattern: '^.{8,15}$', description: label };

interface Exchange {
  readonly call: (portals: ForeignPortal) => Promise<unknown>;
  readonly sent: string;
  readonly answer: string;
  readonly result: unknown;
}

const EXCHANGES: Record<string, Exchange> = {
  'GET /meta': {
    call: ({ portal }) => portal.meta(),
    sent: request('GET /gateway/api/v1/meta', ACCEPT_JSON),
    answer: json(
      '200 OK',
      `{"name":"样张门户","apiVersion":"1.4","timeZone":"Asia/Shanghai","scenarios":[{"code":"self","label":${LABEL}}],
      "maxValidDays":60,"quota":{"limit":3,"windowDays":90},"annotationRequiredAfter":"2021-12-17",
      "passwordPolicy":${POLICY},"usernamePolicy":${POLICY},"idTypes":[],"helplines":[],"noticeVersion":"7",
      "features":{"idempotentSubmit":false,"echoReference":false,"qrLogin":false,"registration":false,"lookup":false,
      "faceLogin":true}}`,
    ),
    result: {
      name: '样张门户',
      apiVersion: '1.4',
      timeZone: 'Asia/Shanghai',
      scenarios: [{ code: 'self', label }],
      maxValidDays: 60,
      quota: { limit: 3, windowDays: 90 },
      annotationRequiredAfter: '2021-12-17',
      passwordPolicy: policy,
      usernamePolicy: policy,
      idTypes: [],
      helplines: [],
      noticeVersion: '7',
      features: {
        idempotentSubmit: false,
        echoReference: false,
        qrLogin: false,
        registration: false,
        lookup: false,
      },
    },
  },
  'GET /notice': {
    call: ({ portal }) => portal.notice(),
    sent: request('GET /gateway/api/v1/notice', ACCEPT_JSON),
    answer: json('200 OK', '{"body":"一\\n二\\u001b[0m","title":"服务须知","version":"7","publishedAt":0}'),
    result: { version: '7', title: '服务须知', body: '一\n二[0m' },
  },
  'POST /notice/acceptance': {
    call: ({ holderPortal }) => holderPortal.acceptNotice('7'),
    sent: request(
      'POST /gateway/api/v1/notice/acceptance',
      [...ACCEPT_JSON, JSON_BODY, SESSION, 'content-length: 15'],
      '{"version":"7"}',
    ),
    answer: answer('204 No Content'),
    result: undefined,
  },
  'POST /sessions': {
    call: ({ portal }) => portal.logIn({ username: 'demo_nurse', password: '密码Sandbox1' }),
    sent: request(
      'POST /gateway/api/v1/sessions',
      [...ACCEPT_JSON, JSON_BODY, 'content-length: 53'],
      '{"username":"demo_nurse","password":"密码Sandbox1"}',
    ),
    answer: json(
      '201 Created',
      `{"accessToken":"AbC-._~+/=1","tokenType":"Bearer","expiresAt":"2026-11-24T09:30:00.5+08:00",
      "holder":{"name":"样例","idType":"resident-id","idNumberMasked":"11****11"},
      "notice":{"version":"7","accepted":false}}`,
    ),
    result: {
      accessToken: 'AbC-._~+/=1',
      expiresAt: '2026-11-24T09:30:00.5+08:00',
      holder: { name: '样例', idType: 'resident-id', idNumberMasked: '11****11' },
      notice: { version: '7', accepted: false },
    },
  },
  'DELETE /sessions/current': {
    call: ({ holderPortal }) => holderPortal.logOut(),
    sent: request('DELETE /gateway/api/v1/sessions/current', [...ACCEPT_JSON, SESSION]),
    answer: answer('204 No Content'),
    result: undefined,
  },
  'GET /certificates': {
    call: ({ holderPortal }) => holderPortal.certificates(),
    sent: request('GET /gateway/api/v1/certificates', [...ACCEPT_JSON, SESSION]),
    answer: json('200 OK', `{"total":1,"nextCursor":null,"items":[${CERTIFICATE}]}`, 'ETag: "abc"'),
    result: [certificate],
  },
  'GET /certificates/{id}': {
    call: ({ holderPortal }) => holderPortal.certificate('2022.RN~7'),
    sent: request('GET /gateway/api/v1/certificates/2022.RN~7', [...ACCEPT_JSON, SESSION]),
    answer: json('200 OK', CERTIFICATE),
    result: certificate,
  },
  'GET /certificates/{id}/annotations': {
    call: ({ holderPortal }) => holderPortal.annotations('2022.RN~7'),
    sent: request('GET /gateway/api/v1/certificates/2022.RN~7/annotations', [...ACCEPT_JSON, SESSION]),
    answer: json(
      '200 OK',
      `{"quota":{"limit":3,"windowDays":90,"used":1,"remaining":2,"nextSlotOn":"2027-02-22"},"items":[${ANNOTATION}]}`,
    ),
    result: {
      items: [annotation],
      quota: { limit: 3, windowDays: 90, used: 1, remaining: 2, nextSlotOn: '2027-02-22' },
    },
  },
  'POST /certificates/{id}/annotations': {
    call: ({ holderPortal }) =>
      holderPortal.submitAnnotation('2022.RN~7', { scenario: 'self', validDays: 90, clientReference: REFERENCE }),
    sent: request(
      'POST /gateway/api/v1/certificates/2022.RN~7/annotations',
      [...ACCEPT_JSON, JSON_BODY, SESSION, `idempotency-key: ${REFERENCE}`, 'content-length: 91'],
      `{"scenario":"self","validDays":90,"clientReference":"${REFERENCE}"}`,
    ),
    answer: json('201 Created', ANNOTATION, 'Location: /api/v1/annotations/ann-9'),
    result: annotation,
  },
  'GET /annotations/{id}': {
    call: ({ holderPortal }) => holderPortal.annotation('ann-9'),
    sent: request('GET /gateway/api/v1/annotations/ann-9', [...ACCEPT_JSON, SESSION]),
    answer: json('200 OK', ANNOTATION, 'Retry-After: 60'),
    result: annotation,
  },
  'GET /annotations/{id}/file': {
    call: ({ holderPortal }) => read(holderPortal.file({ certificateId: '2022.RN~7', annotationId: 'ann-9' })),
    sent: request('GET /gateway/api/v1/annotations/ann-9/file', [...ACCEPT_PDF, SESSION]),
    answer: answer('200 OK', '%PDF-1.7', 'Content-Type: application/pdf', 'Content-Disposition: inline'),
    result: { start: 0, length: 8, etag: undefined, sha256: undefined, text: '%PDF-1.7' },
  },
  'GET /annotations/{id}/file, the rest of it': {
    call: ({ holderPortal }) =>
      read(holderPortal.file({ certificateId: '2022.RN~7', annotationId: 'ann-9' }, { start: 5, etag: '"v1"' })),
    sent: request('GET /gateway/api/v1/annotations/ann-9/file', [
      ...ACCEPT_PDF,
      SESSION,
      'range: bytes=5-',
      'if-match: "v1"',
    ]),
    answer: answer(
      '206 Partial Content',
      '1.7',
      'Content-Type: application/pdf',
      'Content-Range: bytes 5-7/8',
      'ETag: "v1"',
    ),
    result: { start: 5, length: 8, etag: '"v1"', sha256: undefined, text: '1.7' },
  },
  'GET /certificates/{id}/file': {
    call: ({ holderPortal }) => read(holderPortal.file({ certificateId: '2022.RN~7' })),
    sent: request('GET /gateway/api/v1/certificates/2022.RN~7/file', [...ACCEPT_PDF, SESSION]),
    answer: answer(
      '200 OK',
      '%PDF-1.7',
      'Content-Type: application/pdf',
      'Repr-Digest: sha-256=:hu26okgxut+gqLBLtBAUHi7kGCttABRJP+Jip6Mxwgs=:',
    ),
    result: {
      start: 0,
      length: 8,
      etag: undefined,
      sha256: '86edbaa24831badfa0a8b04bb410141e2ee4182b6d0014493fe262a7a331c20b',
      text: '%PDF-1.7',
    },
  },
};

async function read(file: ReturnType<HolderPortal['file']>) {
  const { body, ...said } = await file;
  let text = '';
  for await (const chunk of body) text += Buffer.from(chunk).toString();
  return { ...said, text };
}

it.each(Object.entries(EXCHANGES))('%s', async (_, { call, sent, answer, result }) => {
  const foreign = await foreignPortal(answer);
  expect(await call(foreign)).toEqual(result);
  expect(foreign.sent()).toEqual([sent]);
});

it('the pages of a list', async () => {
  const foreign = await foreignPortal(
    json('200 OK', `{"items":[${CERTIFICATE}],"nextCursor":"MjA_2"}`),
    json('200 OK', '{"items":[],"nextCursor":null}'),
  );
  expect(await foreign.holderPortal.certificates()).toEqual([certificate]);
  expect(foreign.sent()[1]).toBe(request('GET /gateway/api/v1/certificates?cursor=MjA_2', [...ACCEPT_JSON, SESSION]));
});

it('a list that has not changed', async () => {
  const foreign = await foreignPortal(
    json('200 OK', `{"items":[${CERTIFICATE}],"nextCursor":null}`, 'ETag: W/"abc"'),
    lines('HTTP/1.1 304 Not Modified', 'ETag: W/"abc"', '', ''),
  );
  await foreign.holderPortal.certificates();
  expect(await foreign.holderPortal.certificates()).toEqual([certificate]);
  expect(foreign.sent()[1]).toBe(
    request('GET /gateway/api/v1/certificates', [...ACCEPT_JSON, SESSION, 'if-none-match: W/"abc"']),
  );
});

it('a refusal', async () => {
  const foreign = await foreignPortal(
    answer(
      '409 Conflict',
      '{"status":409,"code":"QUOTA_EXHAUSTED","nextSlotOn":"2026-12-01","requestId":"req-1","instance":"/x"}',
      'Content-Type: application/problem+json',
    ),
  );
  const request = { scenario: 'self', validDays: 90, clientReference: REFERENCE };
  expect(await failureOf(foreign.holderPortal.submitAnnotation('2022.RN~7', request))).toMatchObject({
    code: 'QUOTA_EXHAUSTED',
    params: { nextSlotOn: '2026-12-01' },
    requestId: 'req-1',
  });
});
