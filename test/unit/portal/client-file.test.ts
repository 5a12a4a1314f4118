import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Answer, failureOf, problem, systemError } from '../../support/fake-fetch.ts';
import { portalOver } from '../../support/portal-over.ts';

const COPY = { certificateId: 'c-1', annotationId: 'a-1' };
const RESUME = { start: 4, etag: '"1"' };
const pdf = (headers: Record<string, string> = {}, body: Answer['body'] = '%PDF', status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/pdf', ...headers },
  body,
});
const MIB = 1024 * 1024;

async function read(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const digest = createHash('sha256').update('%PDF');
const [base64, hex] = [digest.copy().digest('base64'), digest.digest('hex')];

describe('a file', () => {
  it.each([
    [{ certificateId: 'c-1' }, '/certificates/c-1/file'],
    [COPY, '/annotations/a-1/file'],
  ])('of %j is at %s', async (source, path) => {
    const { holderPortal, requests } = portalOver([pdf()]);
    const answer = await holderPortal.file(source);
    expect(await read(answer.body)).toBe('%PDF');
    expect(requests[0]?.url).toBe(`https://portal.example/api/v1${path}`);
    expect(requests[0]?.headers).not.toHaveProperty('range');
  });

  it.each<[string, Record<string, string>, object]>([
    ['nothing', {}, { length: undefined, etag: undefined, sha256: undefined }],
    ['its length', { 'content-length': '4' }, { length: 4 }],
    ['a length that is none', { 'content-length': '-4' }, { length: undefined }],
    ['its entity tag', { etag: '"1"' }, { etag: '"1"' }],
    ['its digest', { 'repr-digest': `sha-256=:${base64}:` }, { sha256: hex }],
    ['several digests', { 'repr-digest': `sha-512=:AAAA:, sha-256=:${base64}:` }, { sha256: hex }],
    ['only another digest', { 'repr-digest': 'sha-512=:AAAA:' }, { sha256: undefined }],
    ['a digest that is none', { 'repr-digest': 'sha-256=:AAAA:' }, { sha256: undefined }],
    ['its type with a parameter', { 'content-type': 'Application/PDF; x=1' }, { start: 0 }],
  ])('of which the portal says %s', async (_, headers, expected) => {
    expect(await portalOver([pdf(headers)]).holderPortal.file(COPY)).toMatchObject({ start: 0, ...expected });
  });

  it.each<[string, Answer, string]>([
    ['a web page', { headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html>' }, 'text/html'],
    ['a picture', { headers: { 'content-type': 'image/png' }, body: '%PDF' }, 'image/png'],
    ['without a type', { body: '%PDF' }, '-'],
    ['not there', { status: 204 }, '-'],
  ])('that is %s is no PDF', async (_, answer, type) => {
    const { code, params } = await failureOf(portalOver([answer]).holderPortal.file(COPY));
    expect({ code, params }).toEqual({ code: 'FILE_NOT_PDF', params: { type } });
  });

  it.each<[string, Answer, object]>([
    ['a part that nobody asked for', pdf({ 'content-range': 'bytes 0-3/8' }, '%PDF', 206), { kind: 'part' }],
    ['too long', pdf({ 'content-length': String(50 * MIB + 1) }), { kind: 'too-long', maxBytes: 50 * MIB }],
  ])('that is %s is damaged', async (_, answer, damage) => {
    const { code, params } = await failureOf(portalOver([answer]).holderPortal.file(COPY));
    expect({ code, params }).toEqual({ code: 'FILE_DAMAGED', params: { damage } });
  });

  it('that is compressed is not what was asked for', async () => {
    const { holderPortal } = portalOver([pdf({ 'content-encoding': 'gzip' })]);
    expect(await failureOf(holderPortal.file(COPY))).toMatchObject({
      code: 'PORTAL_PROTOCOL',
      params: { fault: { kind: 'coding', name: 'gzip' } },
    });
  });

  it('is not read beyond 50 MiB', async () => {
    let pieces = 0;
    async function* endless() {
      for (;;) {
        pieces += 1;
        yield Buffer.alloc(MIB);
      }
    }
    const { body } = await portalOver([pdf({}, endless())]).holderPortal.file(COPY);
    expect((await failureOf(read(body))).code).toBe('FILE_DAMAGED');
    expect(pieces).toBe(51);
  });

  it('whose connection drops ends with the drop', async () => {
    async function* dropped() {
      yield Buffer.from('%P');
      throw systemError('UND_ERR_SOCKET');
    }
    const { body } = await portalOver([pdf({}, dropped())]).holderPortal.file(COPY);
    expect((await failureOf(read(body))).code).toBe('CONNECTION_LOST');
  });

  it.each([
    [409, 'ANNOTATION_GENERATING'],
    [409, 'ANNOTATION_REQUIRED'],
    [409, 'ANNOTATION_FAILED'],
    [410, 'ANNOTATION_EXPIRED'],
    [409, 'CERTIFICATE_REVOKED'],
  ])('that the portal withholds (%i %s)', async (status, code) => {
    const error = await failureOf(portalOver([problem(status, code)]).holderPortal.file(COPY));
    expect(error).toMatchObject({ code, params: { certificate: 'c-1' } });
  });
});

describe('the rest of a file', () => {
  it('is asked for with its range and its entity tag', async () => {
    const { holderPortal, requests } = portalOver([
      pdf({ 'content-range': 'bytes 4-7/8', 'content-length': '4' }, 'rest', 206),
    ]);
    const answer = await holderPortal.file(COPY, RESUME);
    expect(answer).toMatchObject({ start: 4, length: 8 });
    expect(await read(answer.body)).toBe('rest');
    expect(requests[0]?.headers).toMatchObject({ range: 'bytes=4-', 'if-match': '"1"' });
  });

  it('may come without the length of the whole', async () => {
    const { holderPortal } = portalOver([pdf({ 'content-range': 'bytes 4-7/*', 'content-length': '4' }, 'rest', 206)]);
    expect(await holderPortal.file(COPY, RESUME)).toMatchObject({ start: 4, length: undefined });
  });

  it('may be the whole file', async () => {
    const { holderPortal } = portalOver([pdf({ 'content-length': '8' }, '%PDFrest')]);
    expect(await holderPortal.file(COPY, RESUME)).toMatchObject({ start: 0, length: 8 });
  });

  it.each([
    ['another part', 'bytes 3-7/8'],
    ['another unit', 'pages 4-7/8'],
    ['no range', ''],
  ])('is damaged when it is %s', async (_, range) => {
    const { holderPortal } = portalOver([pdf({ 'content-range': range }, 'rest', 206)]);
    expect((await failureOf(holderPortal.file(COPY, RESUME))).code).toBe('FILE_DAMAGED');
  });

  it.each([
    [412, 'FILE_CHANGED'],
    [416, 'RANGE_NOT_SATISFIABLE'],
  ])('is refused when there is none (%i)', async (status, code) => {
    const error = await failureOf(portalOver([problem(status, code)]).holderPortal.file(COPY, RESUME));
    expect(error).toMatchObject({ code: 'PORTAL_REFUSED', params: { status } });
  });
});
