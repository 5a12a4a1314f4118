import { describe, expect, it } from 'vitest';
import { CertError } from '../../../src/errors.ts';
import { receive } from '../../../src/wallet/receive.ts';
import { PDF, portalFile, sha256 } from '../../support/portal-file.ts';

const lost = new CertError('CONNECTION_LOST', { host: 'portal.example' });
const timedOut = new CertError('TIMED_OUT', { host: 'portal.example', afterMs: 1 });
const changed = Buffer.from(PDF);
changed[3_000] = 0x79;
const half = PDF.subarray(0, 2_500);

function memory() {
  let written = Buffer.alloc(0);
  return {
    written: () => written,
    write: async (chunk: Uint8Array) => {
      written = Buffer.concat([written, chunk]);
    },
    clear: async () => {
      written = Buffer.alloc(0);
    },
  };
}

async function received(...scripts: Parameters<typeof portalFile>) {
  const { open, asked } = portalFile(...scripts);
  const sink = memory();
  const result = await receive(open, sink).then(
    (file) => file,
    (error) => error,
  );
  return { result, asked, written: sink.written() };
}

describe('receiving a PDF', () => {
  const whole = { sha256: sha256(PDF), bytes: PDF.length };

  it.each([
    ['with everything said', {}],
    ['without a length', { length: undefined }],
    ['without a digest', { sha256: undefined }],
  ])('gives it whole, %s', async (_, script) => {
    const { result, asked, written } = await received(script);
    expect(result).toEqual(whole);
    expect(asked).toEqual([undefined]);
    expect(written).toEqual(PDF);
  });

  it('resumes where each connection dropped', async () => {
    const { result, asked, written } = await received(
      { body: half, end: lost },
      { start: 2_500, body: PDF.subarray(2_500, 4_000), end: timedOut },
      { start: 4_000, body: Buffer.alloc(0), end: lost },
      { start: 4_000, body: PDF.subarray(4_000) },
    );
    expect(result).toEqual(whole);
    expect(asked).toEqual([undefined, 2_500, 4_000, 4_000]);
    expect(written).toEqual(PDF);
  });

  it('starts over when the portal does', async () => {
    const { result, asked, written } = await received({ body: half, end: lost }, { start: 0 });
    expect(result).toEqual(whole);
    expect(asked).toEqual([undefined, 2_500]);
    expect(written).toEqual(PDF);
  });

  it.each([412, 416])('starts over when the file is another one by now (%i)', async (status) => {
    const refusal = new CertError('PORTAL_REFUSED', { status, said: 'changed' });
    const { result, asked, written } = await received({ body: half, end: lost }, { refusal }, {});
    expect(result).toEqual(whole);
    expect(asked).toEqual([undefined, 2_500, undefined]);
    expect(written).toEqual(PDF);
  });

  it.each([
    ['digest', changed.subarray(2_500)],
    ['length', PDF.subarray(2_500, -1)],
  ])('holds a resumed file to the %s that only the first answer named', async (_, rest) => {
    const resumed = { start: 2_500, length: undefined, sha256: undefined, body: rest };
    const { result } = await received({ body: half, end: lost }, resumed, { body: half, end: lost }, resumed);
    expect(result).toMatchObject({ code: 'FILE_DAMAGED' });
  });

  it('gives up when the portal refuses to go on', async () => {
    const refusal = new CertError('ANNOTATION_EXPIRED', { certificate: 'c-1' });
    const { result, asked } = await received({ body: half, end: lost }, { refusal });
    expect(result).toBe(refusal);
    expect(asked).toEqual([undefined, 2_500]);
  });

  it.each([
    ['without an entity tag', { etag: undefined, body: half, end: lost }],
    ['before the first byte', { body: Buffer.alloc(0), end: lost }],
  ])('asks for the whole file again after a drop %s', async (_, script) => {
    const { result, asked } = await received(script, {});
    expect(result).toEqual(whole);
    expect(asked).toEqual([undefined, undefined]);
  });

  it('gives up after three resumptions', async () => {
    const drop = { start: 2_500, body: Buffer.alloc(0), end: lost };
    const { result, asked } = await received({ body: half, end: lost }, drop, drop, drop, drop);
    expect(result).toBe(lost);
    expect(asked).toEqual([undefined, 2_500, 2_500, 2_500]);
  });

  it('does not resume what ended for another reason', async () => {
    const interrupted = new CertError('INTERRUPTED', {});
    const { result, asked } = await received({ body: half, end: interrupted });
    expect(result).toBe(interrupted);
    expect(asked).toHaveLength(1);
  });

  it('refuses a part that was not asked for', async () => {
    const { result } = await received({ body: half, end: lost }, { start: 100 });
    expect(result).toMatchObject({ code: 'PORTAL_PROTOCOL' });
  });

  const plain = (text: string) => ({ body: Buffer.from(text), length: text.length, sha256: sha256(Buffer.from(text)) });
  const damaged = [
    ['too short', { body: half }, { kind: 'length', bytes: half.length, expected: PDF.length }],
    ['too long', { body: Buffer.concat([PDF, PDF]) }, { kind: 'length', bytes: 2 * PDF.length, expected: PDF.length }],
    ['changed', { body: changed }, { kind: 'digest' }],
    ['empty', plain(''), { kind: 'start' }],
    ['a page of HTML', plain('<!doctype html> %PDF- %%EOF'), { kind: 'start' }],
    ['without its end', plain(`%PDF-1.7 %%EOF${' '.repeat(1_024)}`), { kind: 'end' }],
  ] as const;

  it.each(damaged)('fetches a file that is %s once more', async (_, script) => {
    const { result, asked, written } = await received(script, {});
    expect(result).toEqual(whole);
    expect(asked).toEqual([undefined, undefined]);
    expect(written).toEqual(PDF);
  });

  it.each(damaged)('refuses a file that is %s twice', async (_, script, damage) => {
    const { result, asked } = await received(script, script);
    expect(result).toMatchObject({ code: 'FILE_DAMAGED', params: { damage } });
    expect(asked).toHaveLength(2);
  });
});
