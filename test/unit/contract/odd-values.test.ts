/** What every field of the contract may be at most, and what a portal may leave out. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../../src/contract/examples.ts';
import { problem } from '../../../src/contract/problem.ts';
import * as scalars from '../../../src/contract/scalars.ts';
import * as schemas from '../../../src/contract/schemas.ts';

const SCALARS: Readonly<Record<string, unknown>> = { ...scalars };
const SCHEMAS: Readonly<Record<string, unknown>> = { ...schemas };

const fits = (schema: v.GenericSchema, value: unknown) => v.is(schema, value);

describe('a scalar', () => {
  it.each<[keyof typeof scalars, unknown, boolean]>([
    ['date', '2026-11-24', true],
    ['date', '1900-01-01', true],
    ['date', '9999-12-31', true],
    ['date', '2028-02-29', true],
    ['date', '1899-12-31', false],
    ['date', '0000-01-01', false],
    ['date', '10000-01-01', false],
    ['date', '+010000-01-01', false],
    ['date', '2026-02-29', false],
    ['date', '2026-02-31', false],
    ['date', '2026-04-31', false],
    ['date', '2026-13-01', false],
    ['instant', '2026-11-24T00:00:00Z', true],
    ['instant', '2026-11-24T00:00:00.123456789+08:00', true],
    ['instant', '9999-12-31T23:59:59+08:00', true],
    ['instant', '9999-12-31T16:00:00Z', false],
    ['instant', '9999-12-31T23:59:59-12:00', false],
    ['instant', '1899-12-31T23:59:59Z', false],
    ['instant', '2026-02-31T00:00:00Z', false],
    ['instant', '2026-11-24T25:00:00Z', false],
    ['instant', '2026-11-24T00:00:00+99:99', false],
    ['instant', '+275760-09-13T00:00:00Z', false],
    ['count', 0, true],
    ['count', 100_000, true],
    ['count', 100_001, false],
    ['count', -1, false],
    ['count', 0.5, false],
    ['count', 1e15, false],
    ['count', Number.POSITIVE_INFINITY, false],
    ['count', '1', false],
    ['days', 1, true],
    ['days', 36_525, true],
    ['days', 0, false],
    ['days', 36_526, false],
    ['days', Number.MAX_SAFE_INTEGER, false],
    ['text', '', true],
    ['text', '证'.repeat(500), true],
    ['text', '证'.repeat(501), false],
    ['prose', 'x'.repeat(20_001), false],
    ['id', 'c-1', true],
    ['id', '../x', false],
    ['id', 'x'.repeat(129), false],
    ['code', 'SELF_USE', true],
    ['code', '__proto__', false],
  ])('%s may be %j: %s', (name, value, expected) => {
    expect(fits(SCALARS[name] as v.GenericSchema, value)).toBe(expected);
  });

  it.each<[string, string]>([
    ['controls', 'a\u0000\u0007\u001b[31m\u007f\u0085\u009bb'],
    ['line breaks and separators', 'a\r\n\u2028\u2029b'],
    ['bidirectional controls', 'a\u061c\u200e\u200f\u202a\u202e\u2066\u2069b'],
    ['zero-width characters', 'a\u00ad\u180e\u200b\u2060\u2064\ufeffb'],
    ['tags', 'a\u{e0001}\u{e0041}\u{e007f}b'],
    ['variation selectors', 'a\ufe0e\ufe0f\u{e0100}\u{e01ef}b'],
    ['fillers', 'a\u115f\u1160\u3164\uffa0b'],
    ['interlinear annotations', 'a\ufff9\ufffbb'],
    ['halves of surrogate pairs', 'a\ud800\udc00\udbffb'.replace('\ud800\udc00', '\udc00\ud800')],
  ])('for people loses %s', (_, written) => {
    expect(v.parse(scalars.text, written).replace('[31m', '')).toBe('ab');
    expect(v.parse(scalars.prose, written).replaceAll(/\[31m|\n/g, '')).toBe('ab');
    expect(v.parse(schemas.annotation, { ...EXAMPLES.annotation, status: written }).status.replace('[31m', '')).toBe(
      'ab',
    );
  });

  it.each(['样𬭎䶮', '样·买买提', 'a\u200cb', '👨\u200d👩', 'e\u0301', '😀', '\ue000'])(
    'for people keeps %s',
    (written) => {
      expect(v.parse(scalars.text, written)).toBe(written);
    },
  );
});

describe('a list', () => {
  it('that is too long is refused before any of its items is looked at', () => {
    let seen = 0;
    const item = v.pipe(
      v.unknown(),
      v.check(() => {
        seen += 1;
        return true;
      }),
    );
    const { issues, success } = v.safeParse(scalars.list(item, 3), [1, 2, 3, 4]);
    expect({ success, type: issues?.[0]?.type, seen }).toEqual({ success: false, type: 'max_length', seen: 0 });
    expect(fits(scalars.list(item, 3), [1, 2, 3])).toBe(true);
    expect(seen).toBe(3);
  });

  it.each<[string, v.GenericSchema, unknown]>([
    ['certificates', schemas.certificatePage, { items: Array(1001).fill(EXAMPLES.certificate), nextCursor: null }],
    ['annotations', schemas.annotationList, { items: Array(1001).fill(EXAMPLES.annotation), quota: EXAMPLES.quota }],
    ['helplines', schemas.meta, { ...EXAMPLES.meta, helplines: Array(101).fill('1') }],
    ['scenarios', schemas.meta, { ...EXAMPLES.meta, scenarios: Array(51).fill(EXAMPLES.meta.scenarios[0]) }],
    ['scenarios: none', schemas.meta, { ...EXAMPLES.meta, scenarios: [] }],
    ['kinds of documents', schemas.meta, { ...EXAMPLES.meta, idTypes: Array(51).fill(EXAMPLES.meta.scenarios[0]) }],
  ])('of %s has an end', (_, schema, value) => expect(fits(schema, value)).toBe(false));
});

/** Fields of an example, each changed alone. */
const optional = {
  certificate: ['specialty', 'level', 'certificateNumber', 'managementNumber', 'enquiryNumber', 'approvedOn'],
  annotation: ['readyAt', 'validUntil', 'clientReference', 'failure'],
  session: ['username', 'holder'],
  challenge: ['image', 'payload'],
  lookupResult: ['status', 'qualification', 'managementNumber', 'enquiryNumber', 'approvedOn', 'issuedOn', 'issuer'],
} as const;
const withDefault = {
  meta: { helplines: [], idTypes: [] },
  quota: { nextSlotOn: null },
  certificatePage: { nextCursor: null },
} as const;

describe('what a portal may leave out', () => {
  it.each(Object.entries(optional).flatMap(([name, fields]) => fields.map((field) => [name, field] as const)))(
    '%s.%s is absent, whether it is left out or null',
    (name, field) => {
      const schema = SCHEMAS[name] as v.GenericSchema;
      const example: object = EXAMPLES[name as keyof typeof optional];
      const { [field as never]: _, ...rest } = example;
      expect(v.parse(schema, { ...rest, [field]: null })).toEqual(v.parse(schema, rest));
      expect((v.parse(schema, rest) as Record<string, unknown>)[field]).toBeUndefined();
      expect(fits(schema, { ...rest, [field]: 7 })).toBe(false);
    },
  );

  it.each(
    Object.entries(withDefault).flatMap(([name, fields]) => Object.entries(fields).map((f) => [name, ...f] as const)),
  )('%s.%s counts as %j', (name, field, expected) => {
    const schema = SCHEMAS[name] as v.GenericSchema;
    const { [field as never]: _, ...rest } = EXAMPLES[name as keyof typeof withDefault] as object;
    for (const given of [rest, { ...rest, [field]: null }])
      expect((v.parse(schema, given) as Record<string, unknown>)[field]).toEqual(expected);
  });

  it('a feature that is not named is not there', () => {
    const features = { echoReference: true, lookup: null, teleport: true };
    expect(v.parse(schemas.meta, { ...EXAMPLES.meta, features }).features).toEqual({
      idempotentSubmit: false,
      echoReference: true,
      qrLogin: false,
      registration: false,
      lookup: false,
    });
    expect(fits(schemas.meta, { ...EXAMPLES.meta, features: { lookup: 'yes' } })).toBe(false);
  });

  it.each(['holderName', 'issuedOn', 'issuer', 'status', 'kind', 'annotationRequired', 'annotation', 'quota'])(
    'is not the %s of a certificate',
    (field) => expect(fits(schemas.certificate, { ...EXAMPLES.certificate, [field]: undefined })).toBe(false),
  );
});

describe('a QR code', () => {
  it.each([
    ['https://portal.example/qr/1', true],
    ['', false],
    ['x'.repeat(2_000), true],
    ['x'.repeat(2_001), false],
    ['证'.repeat(666), true],
    ['证'.repeat(667), false],
  ])('%.30j can be shown: %s', (payload, expected) => {
    expect(fits(schemas.qrLogin, { ...EXAMPLES.qrLogin, payload })).toBe(expected);
    expect(fits(schemas.challenge, { ...EXAMPLES.challenge, kind: 'qr', payload })).toBe(expected);
  });

  it('of a challenge is there', () => {
    expect(fits(schemas.challenge, { ...EXAMPLES.challenge, kind: 'qr' })).toBe(false);
  });

  it.each([
    [{ status: 'pending' }, { status: 'pending' }],
    [{ status: 'scanned' }, { status: 'pending' }],
    [{ status: 'expired' }, { status: 'expired' }],
    [
      { status: 'confirmed', session: EXAMPLES.session },
      { status: 'confirmed', session: EXAMPLES.session },
    ],
  ])('in the state %j', (state, expected) => expect(v.parse(schemas.qrLoginState, state)).toEqual(expected));

  it.each([{ status: 'confirmed' }, { status: null }, { status: 'x'.repeat(101) }, {}])(
    'is in no state with %j',
    (state) => expect(fits(schemas.qrLoginState, state)).toBe(false),
  );
});

describe('a refusal', () => {
  it.each<[string, object]>([
    ['attemptsLeft', { attemptsLeft: 1e15 }],
    ['until', { until: '+275760-09-13T00:00:00Z' }],
    ['nextSlotOn', { nextSlotOn: '2026-02-31' }],
    ['detail', { detail: 'x'.repeat(501) }],
    ['requestId', { requestId: 'a b' }],
    ['challenge', { challenge: { ...EXAMPLES.challenge, kind: 'slider' } }],
    ['fields', { fields: Array(51).fill({ field: 'a', message: 'b' }) }],
    ['status', { status: '409' }],
  ])('keeps its other facts when %s is odd', (name, odd) => {
    const facts = { code: 'QUOTA_EXHAUSTED', title: 'No slot', validUntil: '2026-12-01' };
    expect(v.parse(problem, { ...facts, ...odd })).toEqual({ ...facts, [name]: undefined });
  });
});
