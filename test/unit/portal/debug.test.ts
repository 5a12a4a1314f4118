import { describe, expect, it } from 'vitest';
import { createDebugLog, type DebugLog } from '../../../src/portal/debug.ts';

function told(tell: (log: DebugLog) => void): string[] {
  const lines: string[] = [];
  tell(createDebugLog((line) => void lines.push(line)));
  return lines;
}

const shownUrl = (url: string) =>
  told((log) => log.request({ method: 'GET', url, headers: {} }))[0]?.replace('> GET ', '');
const shownBody = (body: unknown) => told((log) => log.body(body))[0]?.replace('<   ', '') ?? '';

describe('what --debug shows', () => {
  it.each([
    ['https://portal.test/api/v1/certificates/c-1', 'https://portal.test/api/v1/certificates/c-1'],
    ['https://portal.test/api/v1/certificates?cursor=abc', 'https://portal.test/api/v1/certificates?cursor=***'],
    ['https://portal.test/a?110105194912310021=1', 'https://portal.test/a?***=***'],
    ['https://portal.test/a/11010519491231002X', 'https://portal.test/a/11**************2X'],
    ['https://user:Secret1@portal.test/a', 'https://portal.test/a'],
  ])('of the address %s is %s', (address, shown) => {
    expect(shownUrl(address)).toBe(shown);
  });

  it('of a request is all but what it carries', () => {
    const headers = { authorization: 'Bearer Secret1', accept: 'application/json', 'x-more': 'Secret2' };
    const body = JSON.stringify({ username: 'Secret3', password: 'Secret4', challenge: { id: 'ch-1', answer: '1' } });
    expect(told((log) => log.request({ method: 'POST', url: 'https://portal.test/a', headers, body }))).toEqual([
      '> POST https://portal.test/a',
      '>   authorization: ***; accept: application/json; x-more: ***',
      '>   {"username":"***","password":"***","challenge":{"id":"ch-1","answer":"***"}}',
    ]);
  });

  it('of an answer is its status, its time and its harmless headers', () => {
    const headers = { 'x-request-id': 'r-1', 'set-cookie': 'Secret1', etag: 'W/"1"', server: 'a\u001b[31mb' };
    expect(told((log) => log.answer({ status: 200, headers }, 12))).toEqual([
      '< 200 12 ms',
      '<   x-request-id: r-1; set-cookie: ***; etag: W/"1"; server: a?[31mb',
    ]);
  });

  it.each([
    [
      { accessToken: 'Secret1', expiresAt: '2026-11-24T10:00:00+08:00' },
      '{"accessToken":"***","expiresAt":"2026-11-24T10:00:00+08:00"}',
    ],
    [
      { status: 'ready', validDays: 90, accepted: true, quota: null },
      '{"status":"ready","validDays":90,"accepted":true,"quota":null}',
    ],
    [
      { items: [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }] },
      '{"items":[{"id":"a"},{"id":"b"},{"id":"c"},"+1"]}',
    ],
    [{ id: '11010519491231002X', idNumber: 110105194912310 }, '{"id":"11**************2X","idNumber":"***"}'],
    [{ status: 'a name of somebody', code: '样张' }, '{"status":"***","code":"***"}'],
    [{ 样张甲: 1 }, '{"***":1}'],
    [{ '110105194912310021': true }, '{"***":true}'],
    [['Secret1'], '["***"]'],
    ['Secret1', '"***"'],
    [undefined, '-'],
  ])('of the body %j is %s', (body, shown) => {
    expect(shownBody(body)).toBe(shown);
  });

  it('is nothing that was sent, or was said before, wherever it comes back', () => {
    const headers = { authorization: 'Bearer Token-1' };
    const lines = told((log) => {
      log.request({
        method: 'POST',
        url: 'https://portal.test/a',
        headers,
        body: '{"password":"Secret1","name":"样张"}',
      });
      log.body({ accessToken: 'Token-2' });
      log.answer({ status: 200, headers: { server: 'Secret1 Token-1', etag: '"Token-2"' } }, 1);
      log.body({ Secret1: 1, id: 'Token-2' });
    });
    expect(lines.slice(-3)).toEqual(['< 200 1 ms', '<   server: *** ***; etag: "***"', '<   {"***":1,"id":"***"}']);
  });

  it.each([
    [5, '{"id":{"id":{"id":{"id":{"id":1}}}}}'],
    [6, '{"id":{"id":{"id":{"id":{"id":{"id":1}}}}}}'],
    [7, '{"id":{"id":{"id":{"id":{"id":{"id":"***"}}}}}}'],
    [5_000, '{"id":{"id":{"id":{"id":{"id":{"id":"***"}}}}}}'],
  ])('of a body that is %i deep is what lies on top', (levels, shown) => {
    let deep: unknown = 1;
    for (let level = 0; level < levels; level += 1) deep = { id: deep };
    expect(shownBody(deep)).toBe(shown);
  });

  it('of a body that is deeper than calls can be is its beginning, without the secrets at its end', () => {
    let deep: unknown = [{ password: 'Secret1"\\' }];
    for (let level = 0; level < 200_000; level += 1) deep = [deep];
    const lines = told((log) => {
      log.body(deep);
      log.answer({ status: 200, headers: { server: 'Secret1"\\', 'x-request-id': 'Secret1' } }, 1);
      log.body({ 'Secret1"\\': 1, id: 'Secret1"\\' });
    });
    expect(lines).toEqual([
      '<   [[[[[["***"]]]]]]',
      '< 200 1 ms',
      '<   server: ***; x-request-id: Secret1',
      '<   {"***":1,"id":"***"}',
    ]);
  });

  it('of a body without end is its beginning', () => {
    let deep: unknown = 'Secret1';
    for (let depth = 0; depth < 50; depth += 1) deep = { more: deep };
    expect(shownBody(deep)).not.toContain('Secret1');
    const wide = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [
        `field${'abcdefghij'[index % 10]}${'x'.repeat(index % 30)}${'y'.repeat(index % 7)}`,
        1,
      ]),
    );
    expect(shownBody(wide).length).toBeLessThan(1_600);
  });
});
