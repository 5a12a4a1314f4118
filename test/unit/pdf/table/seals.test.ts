/** The table of verdicts, its rows about electronic seals: GB/T 38540-2020, GM/T 0031 of 2014 and 2025. */
import { describe, expect, it } from 'vitest';
import { verifyPdf } from '../../../../src/pdf/verify-pdf.ts';
import { issue, sm2Key } from '../../../support/certificates.ts';
import { tokenOf } from '../../../support/containers.ts';
import {
  bits,
  boolean,
  context,
  generalizedTime,
  integer,
  octets,
  oid,
  printable,
  sequence,
  utcTime,
  utf8,
} from '../../../support/der.ts';
import {
  at,
  digestEntry,
  EDITIONS,
  maker,
  raw,
  type SealOptions,
  sealedPdf,
  sealRoot,
  signWith,
  user,
} from '../../../support/seals.ts';

const NOW = new Date('2026-11-24T12:00:00+08:00');
const OPTIONS = { trustAnchors: [sealRoot.der], now: NOW };
const codesOf = async (pdf: Buffer, trustAnchors = [sealRoot.der]) => {
  const { verdict, layers } = await verifyPdf(pdf, { trustAnchors, now: NOW });
  return [verdict, layers.integrity.code, layers.signer.code];
};

const extensions = sequence(sequence(oid('1.2.156.10197.6.7.2.2.1'), boolean(false), octets(Buffer.from('2.1'))));
const timestamping = issue({ name: 'Time', key: sm2Key(), issuer: sealRoot, extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'] });
const stray = issue({ name: 'Stray', key: sm2Key(), issuer: issue({ name: 'Nobody', key: sm2Key(), ca: true }) });
const [from, to] = [at('2019-01-01T00:00:00'), at('2026-10-01T00:00:00')];
const gone = issue({ name: 'Gone', key: sm2Key(), issuer: sealRoot, from, to });
const server = issue({
  name: 'Maker',
  key: sm2Key(),
  issuer: sealRoot,
  keyUsage: 0xc0,
  extendedKeyUsage: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.8'],
});
const sealedAt = at('2026-11-24T02:00:00');

const ANY_EDITION: Readonly<Record<string, SealOptions>> = {
  'as the edition has it': {},
  'certificates by their digests, the algorithm as a text': { users: [digestEntry(printable('SM3'), user)] },
  'certificates by their digests, the algorithm as an identifier': {
    users: [digestEntry(printable('1.2.156.10197.1.401'), user)],
  },
  'several users': { users: [octets(maker.der), octets(user.der)] },
  'the signature as two numbers': { sign: (data) => raw(signWith(user)(data)) },
  'the signature of the seal as two numbers': { makerSigns: (data) => raw(signWith(maker)(data)) },
  'an extension of the seal, FALSE written out': { info: (parts) => [...parts, extensions] },
  'an extension of the seal with a tag': { info: (parts) => [...parts, context(0, extensions)] },
  'the version of 2014': { version: integer(1) },
  'version 3': { version: integer(3) },
  'the version of 2020': { version: integer(4) },
  'the seal of 2014 inside': { sealEdition: 2014 },
  'the seal of 2020 inside': { sealEdition: 2020 },
  'the seal of 2025 inside': { sealEdition: 2025 },
  'times as UTCTime': {
    property: (parts) => [...parts.slice(0, -3), ...[from, from, at('2030-01-01T00:00:00')].map(utcTime)],
  },
  'times as GeneralizedTime': {
    property: (parts) => [...parts.slice(0, -3), ...[from, from, at('2030-01-01T00:00:00')].map(generalizedTime)],
  },
  'sealed in the first second of the seal': { from: sealedAt },
  'sealed in the last second of the seal': { to: sealedAt },
  'a maker that is the user': { maker: user },
  'a maker whose certificate has expired since the seal was made': { maker: gone },
  'a maker with the certificate of a server that binds': { maker: server },
};

describe.each(EDITIONS)('a seal of %i is valid', (edition) => {
  it.each(Object.entries(ANY_EDITION))('%s', async (_name, options) => {
    const pdf = sealedPdf({ edition, ...options });
    expect(await codesOf(pdf)).toEqual(['valid', 'UNCHANGED', 'TRUSTED']);
    expect(await codesOf(pdf, [])).toEqual(['unknown', 'UNCHANGED', 'NO_TRUST_ANCHOR']);
    const changed = Buffer.from(pdf.toString('latin1').replace('0 0 1 rg', '1 0 1 rg'), 'latin1');
    expect(await codesOf(changed)).toEqual(['invalid', 'DIGEST_MISMATCH', 'NOT_CHECKED']);
  });

  it.each(['GM.sm2seal', 'GM.SM2', 'GM.sm2cms.detached', 'adbe.pkcs7.detached', 'ETSI.CAdES.detached', 'Any.Name'])(
    'under the name %s',
    async (format) => {
      expect(await codesOf(sealedPdf({ edition }, { format }))).toEqual(['valid', 'UNCHANGED', 'TRUSTED']);
    },
  );

  it.each([
    ['no room left', (digits: string) => digits.trimEnd()],
    ['white space behind it', (digits: string) => digits.padEnd(8_000, ' \r\n\t')],
    ['digits in capitals', (digits: string) => digits.toUpperCase().padEnd(8_000, '0')],
  ])('%s', async (_name, room) => {
    const digitsOf = (digits: string) => digits.slice(0, 8 + 2 * Number.parseInt(digits.slice(4, 8), 16));
    const roomBytes = room('') === '' ? digitsOf(hexOf(sealedPdf({ edition, ...STEADY }))).length / 2 : 4_000;
    const pdf = sealedPdf({ edition, ...STEADY }, { roomBytes, hole: (digits) => room(digitsOf(digits)) });
    expect(await codesOf(pdf)).toEqual(['valid', 'UNCHANGED', 'TRUSTED']);
  });
});

/** Signatures that always take the same room. */
const STEADY: SealOptions = {
  sign: (data) => raw(signWith(user)(data)),
  makerSigns: (data) => raw(signWith(maker)(data)),
};
const hexOf = (pdf: Buffer): string => /\/Contents <([0-9a-f]+)/.exec(pdf.toString('latin1'))?.[1] ?? '';

it('does not take the certificate of a web server for that of a maker', async () => {
  const web = issue({ name: 'Web', key: sm2Key(), issuer: sealRoot, extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] });
  expect((await verifyPdf(sealedPdf({ maker: web }), OPTIONS)).verdict).not.toBe('valid');
});

describe('the time of sealing in the edition of 2014', () => {
  it.each([
    ['UTCTime', bits(utcTime(sealedAt))],
    ['GeneralizedTime', bits(generalizedTime(sealedAt))],
    ['text', bits(Buffer.from('2026-11-24T02:00:00.123Z'))],
    ['text with an offset', bits(Buffer.from('2026-11-24T10:00:00+08:00'))],
    ['an OCTET STRING', octets(utcTime(sealedAt))],
    ['a time itself', utcTime(sealedAt)],
  ])('may be %s', async (_name, timeInfo) => {
    const options = { edition: 2014, timeInfo } as const;
    const { verdict, claimedSigningTime } = await verifyPdf(sealedPdf(options, { signedAt: '' }), OPTIONS);
    expect({ verdict, claimedSigningTime }).toEqual({
      verdict: 'valid',
      claimedSigningTime: '2026-11-24T10:00:00+08:00',
    });
    const late = await verifyPdf(sealedPdf({ ...options, to: at('2026-11-24T01:59:59') }), OPTIONS);
    expect(late.layers.signer.code).toBe('SEAL_EXPIRED');
  });
});

it('takes an extension of the signature, and an OCTET STRING for a BIT STRING', async () => {
  const extended = sealedPdf({ toSign: (parts) => [...parts, context(0, extensions)] });
  expect(await codesOf(extended)).toEqual(['valid', 'UNCHANGED', 'TRUSTED']);
  const octetString = sealedPdf({
    edition: 2014,
    toSign: (parts) => parts.map((part, index) => (index === 3 ? octets(part.subarray(3)) : part)),
  });
  expect(await codesOf(octetString)).toEqual(['valid', 'UNCHANGED', 'TRUSTED']);
});

describe('a timestamp on the signature', () => {
  const stamped = (timestamp: SealOptions['timestamp'] & object) => codesOf(sealedPdf({ edition: 2025, timestamp }));

  it('is checked', async () => {
    expect(await stamped((signature) => tokenOf(signature, timestamping))).toEqual(['valid', 'UNCHANGED', 'TRUSTED']);
    const untagged = sealedPdf({
      signature: (parts) => [...parts, bits(tokenOf(parts.at(-1)?.subarray(3) ?? Buffer.alloc(0), timestamping))],
    });
    expect(await codesOf(untagged)).toEqual(['valid', 'UNCHANGED', 'TRUSTED']);
  });

  it.each([
    ['of another signature', () => tokenOf(Buffer.alloc(70), timestamping)],
    ['with a certificate of nobody', (of: Buffer) => tokenOf(of, timestamping, [stray.der])],
    ['that somebody changed', (of: Buffer) => tokenOf(of, { ...timestamping, key: sm2Key() })],
    ['that is none', () => utf8('yesterday')],
    ['that is not even ASN.1', () => Buffer.from('ts')],
  ])('leaves a doubt where it is one %s', async (_name, timestamp) => {
    expect(await stamped(timestamp)).toEqual(['unknown', 'UNSIGNED_CONTENT', 'TRUSTED']);
  });
});

it('is told with its name, its number, its maker and how long it is valid', async () => {
  const { seal, signer } = await verifyPdf(sealedPdf(), OPTIONS);
  expect(signer?.name).toBe('User');
  expect(seal).toEqual({
    id: '33010600000001',
    name: '测试专用章',
    maker: 'Maker',
    validFrom: '2025-01-01T08:00:00+08:00',
    validUntil: '2030-01-01T08:00:00+08:00',
  });
});

it('shows no control characters and no identity number in the name of a seal', async () => {
  const pdf = sealedPdf({
    property: ([type, , ...rest]) => [type ?? utf8(''), utf8('张三\u001b[2J\n110101199003070011'), ...rest],
  });
  expect((await verifyPdf(pdf, OPTIONS)).seal?.name).toBe('张三 [2J 110101********0011');
});
