import { describe, expect, it } from 'vitest';
import { CertError, type ErrorCode } from '../../../src/errors.ts';
import { type Answer, failureOf, problem, systemError } from '../../support/fake-fetch.ts';
import { annotation, portalOver } from '../../support/portal-over.ts';

const REQUEST = { scenario: 'self', validDays: 90, clientReference: '3d7c1f60-0000-4000-8000-000000000001' };
const submitted: Answer = { status: 201, body: annotation };
const html = { 'content-type': 'text/html' };
const json = { 'content-type': 'application/json' };

const submit = (answers: (Answer | Error)[], renewal?: string | Error) => {
  const over = portalOver(answers, renewal === undefined ? {} : { renewal });
  return { ...over, outcome: over.holderPortal.submitAnnotation('c-1', REQUEST) };
};

async function* cutShort() {
  yield Buffer.from('{"id":');
  throw systemError('ECONNRESET', { syscall: 'read' });
}

it('sends its reference as the idempotency key, and once', async () => {
  const { outcome, requests } = submit([submitted]);
  expect(await outcome).toEqual(annotation);
  expect(requests).toHaveLength(1);
  expect(requests[0]?.headers['idempotency-key']).toBe(REQUEST.clientReference);
});

describe('the outcome is unknown', () => {
  it.each<[string, Answer | Error]>([
    ['a connection lost before the answer', systemError('ECONNRESET', { syscall: 'read' })],
    ['a connection closed', systemError('UND_ERR_SOCKET')],
    ['a connection lost amid the answer', { status: 201, headers: json, body: cutShort() }],
    ['a network that broke while it waited', systemError('EHOSTUNREACH', { syscall: 'read' })],
    ['a connection out of time while it waited', systemError('ETIMEDOUT', { syscall: 'read' })],
    ['encryption that broke while it waited', systemError('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC')],
    ['no answer in time', systemError('UND_ERR_HEADERS_TIMEOUT')],
    ['the rest of the answer not in time', systemError('UND_ERR_BODY_TIMEOUT')],
    ['an error of no known kind', new TypeError('Failed to fetch')],
    ['garbage', systemError('', { name: 'HTTPParserError' })],
    ['a server error', problem(500, 'INTERNAL_ERROR')],
    ['a server error in disguise', problem(500, 'QUOTA_EXHAUSTED')],
    ['an expired session in disguise', problem(502, 'SESSION_EXPIRED')],
    ['a bad gateway', { status: 502, headers: html, body: '<html>' }],
    ['unavailability', problem(503, 'TEMPORARILY_UNAVAILABLE', {}, { 'retry-after': '1' })],
    ['a refusal without a reason', { status: 408, headers: html, body: '<html>' }],
    ['a redirect', { status: 307, headers: { location: '/again' } }],
    ['a page of the network', { headers: html, body: '<h1>Log in</h1>' }],
    ['an empty answer', { status: 204 }],
    ['half a document', { status: 201, headers: json, body: '{"id":' }],
    ['an answer without an id', { status: 201, body: { ...annotation, id: undefined } }],
    ['an interruption', new CertError('INTERRUPTED', {})],
  ])('after %s', async (_, answer) => {
    const { outcome, requests } = submit([answer], 'second');
    const error = await failureOf(outcome);
    expect(error).toMatchObject({ code: 'OUTCOME_UNKNOWN', params: { certificate: 'c-1' } });
    expect(error.cause).toBeInstanceOf(CertError);
    expect(requests).toHaveLength(1);
  });
});

describe('what was answered is told as it is', () => {
  it.each<[string, Answer | Error, ErrorCode]>([
    ['no such host', systemError('ENOTFOUND', { syscall: 'getaddrinfo' }), 'DNS_FAILED'],
    ['a refused connection', systemError('ECONNREFUSED', { syscall: 'connect' }), 'CONNECTION_REFUSED'],
    ['no way to the host', systemError('EHOSTUNREACH', { syscall: 'connect' }), 'CONNECTION_REFUSED'],
    ['no connection in time', systemError('UND_ERR_CONNECT_TIMEOUT'), 'TIMED_OUT'],
    ['no connection in the system’s time', systemError('ETIMEDOUT', { syscall: 'connect' }), 'TIMED_OUT'],
    ['an untrusted certificate', systemError('DEPTH_ZERO_SELF_SIGNED_CERT'), 'TLS_FAILED'],
    ['a certificate for another host', systemError('ERR_TLS_CERT_ALTNAME_INVALID'), 'TLS_FAILED'],
    ['a proxy that refuses', new Error('Proxy response (407) !== 200 when HTTP Tunneling'), 'PROXY_FAILED'],
    ['several addresses that refuse', new AggregateError([systemError('ECONNREFUSED')]), 'CONNECTION_REFUSED'],
    [
      'the global fetch not connected',
      new TypeError('fetch failed', { cause: systemError('ECONNREFUSED') }),
      'CONNECTION_REFUSED',
    ],
    ['no slot', problem(409, 'QUOTA_EXHAUSTED'), 'QUOTA_EXHAUSTED'],
    ['a revoked certificate', problem(409, 'CERTIFICATE_REVOKED'), 'CERTIFICATE_REVOKED'],
    ['no need', problem(409, 'ANNOTATION_NOT_REQUIRED'), 'ANNOTATION_NOT_REQUIRED'],
    ['a notice to accept', problem(403, 'NOTICE_NOT_ACCEPTED'), 'NOTICE_NOT_ACCEPTED'],
    ['an invalid request', problem(422, 'VALID_DAYS_OUT_OF_RANGE'), 'PORTAL_REFUSED'],
    ['a reason of the portal’s own', problem(403, 'MAINTENANCE_WINDOW'), 'PORTAL_REFUSED'],
    ['no such certificate', problem(404, 'NOT_FOUND'), 'CERTIFICATE_NOT_FOUND'],
    ['too many requests', problem(429, 'RATE_LIMITED', {}, { 'retry-after': '1' }), 'RATE_LIMITED'],
    ['an expired session', problem(401, 'SESSION_EXPIRED'), 'SESSION_EXPIRED'],
  ])('after %s', async (_, answer, code) => {
    const { outcome, requests } = submit([answer]);
    expect((await failureOf(outcome)).code).toBe(code);
    expect(requests).toHaveLength(1);
  });

  it.each<[string, Answer, ErrorCode]>([
    ['a problem', problem(401, 'SESSION_EXPIRED'), 'SESSION_EXPIRED'],
    ['a page', { status: 401, headers: html, body: '<html>' }, 'OUTCOME_UNKNOWN'],
    ['a page that is not found', { status: 404, headers: html, body: '<html>' }, 'ROUTE_NOT_FOUND'],
    ['a page that forbids', { status: 403, headers: html, body: '<html>' }, 'OUTCOME_UNKNOWN'],
  ])('and nothing is sent again, nor a session renewed, after %s', async (_, answer, code) => {
    const { outcome, requests, refused } = submit([answer, submitted], 'second');
    expect((await failureOf(outcome)).code).toBe(code);
    expect(requests).toHaveLength(1);
    expect(refused).toEqual([]);
  });

  it.each([301, 302, 303, 307, 308])('and no redirect is followed: %i', async (status) => {
    const { outcome, requests } = submit([{ status, headers: { location: '/api/v1/again' } }, submitted]);
    expect((await failureOf(outcome)).code).toBe('OUTCOME_UNKNOWN');
    expect(requests).toHaveLength(1);
  });
});
