/** The table of verdicts, its rows about the signer's certificate: what it was made for, and when it was valid. */
import { describe, expect, it } from 'vitest';
import type { ReasonCode, Verdict } from '../../../../src/domain/verification.ts';
import { verifyPdf } from '../../../../src/pdf/verify-pdf.ts';
import { type CertificateOptions, ecKey, type Issued, issue } from '../../../support/certificates.ts';
import { container, signingTime } from '../../../support/containers.ts';
import { signedPdf } from '../../../support/hand-made-pdf.ts';

const NOW = new Date('2026-11-24T12:00:00+08:00');
const root = issue({ name: 'Root', key: ecKey(), ca: true });
const authority = issue({ name: 'Issuing', key: ecKey(), ca: true, issuer: root });

const [SIGNS, BINDS, BOTH, ISSUES] = [0x80, 0x40, 0xc0, 0x04];
const SERVER = '1.3.6.1.5.5.7.3.1';
const CLIENT = '1.3.6.1.5.5.7.3.2';

/** The code of the signer's layer, and the verdict: with the root trusted, without it, and on a changed page. */
async function verdictsOn(pdf: Buffer, anchors = [root.der]) {
  const changed = Buffer.from(pdf.toString('latin1').replace('0 0 1 rg', '1 0 1 rg'), 'latin1');
  const { verdict, layers } = await verifyPdf(pdf, { trustAnchors: anchors, now: NOW });
  const untrusted = await verifyPdf(pdf, { trustAnchors: [], now: NOW });
  const forged = await verifyPdf(changed, { trustAnchors: anchors, now: NOW });
  return { code: layers.signer.code, verdict, untrusted: untrusted.verdict, changed: forged.verdict };
}

const signedBy = (own: Partial<CertificateOptions>) =>
  signedPdf({
    container: (content) =>
      container(content, {
        signer: issue({ name: 'Signer', key: ecKey(), issuer: authority, ...own }),
        certificates: [authority.der],
      }),
  });

const use = (keyUsage: number | null, ...extendedKeyUsage: readonly string[]) =>
  extendedKeyUsage.length === 0 ? { keyUsage } : { keyUsage, extendedKeyUsage };

type Row = readonly [row: string, own: Partial<CertificateOptions>, verdict: Verdict, code: ReasonCode<'signer'>];

const USAGES: readonly Row[] = [
  ['nothing about usage', use(null), 'valid', 'TRUSTED'],
  ['digitalSignature', use(SIGNS), 'valid', 'TRUSTED'],
  ['nonRepudiation', use(BINDS), 'valid', 'TRUSTED'],
  ...[
    CLIENT,
    '1.3.6.1.5.5.7.3.4',
    '1.3.6.1.5.5.7.3.36',
    '1.2.840.113583.1.1.5',
    '1.3.6.1.4.1.311.10.3.12',
    '2.5.29.37.0',
  ].flatMap((usage): Row[] => [
    [`the usage ${usage}`, use(SIGNS, usage), 'valid', 'TRUSTED'],
    [`the usage ${usage} beside signing code`, use(BINDS, '1.3.6.1.5.5.7.3.3', usage), 'valid', 'TRUSTED'],
  ]),
  ['clientAuth and serverAuth with nonRepudiation', use(BOTH, SERVER, CLIENT), 'valid', 'TRUSTED'],
  ['clientAuth and serverAuth with nonRepudiation alone', use(BINDS, CLIENT, SERVER), 'valid', 'TRUSTED'],
  ['clientAuth and serverAuth, a web server’s', use(SIGNS, SERVER, CLIENT), 'unknown', 'CERTIFICATE_FOR_OTHER_PURPOSE'],
  ['clientAuth and serverAuth, no key usage', use(null, SERVER, CLIENT), 'unknown', 'CERTIFICATE_FOR_OTHER_PURPOSE'],
  ['serverAuth with nonRepudiation', use(BOTH, SERVER), 'unknown', 'CERTIFICATE_FOR_OTHER_PURPOSE'],
  ['codeSigning', use(BOTH, '1.3.6.1.5.5.7.3.3'), 'unknown', 'CERTIFICATE_FOR_OTHER_PURPOSE'],
  ['timeStamping', use(BOTH, '1.3.6.1.5.5.7.3.8'), 'unknown', 'CERTIFICATE_FOR_OTHER_PURPOSE'],
  ['OCSPSigning', use(BOTH, '1.3.6.1.5.5.7.3.9'), 'unknown', 'CERTIFICATE_FOR_OTHER_PURPOSE'],
  ['a usage of nobody', use(BOTH, '1.2.3.4'), 'unknown', 'CERTIFICATE_FOR_OTHER_PURPOSE'],
  ['neither digitalSignature nor nonRepudiation', use(0x20), 'invalid', 'KEY_USAGE_WRONG'],
  ['no bit of key usage', use(0), 'invalid', 'KEY_USAGE_WRONG'],
  ['keyEncipherment for documents', use(0x20, '1.3.6.1.5.5.7.3.36'), 'invalid', 'KEY_USAGE_WRONG'],
  ['a CA’s certificate', { ca: true, keyUsage: ISSUES }, 'invalid', 'KEY_USAGE_WRONG'],
  ['a CA’s certificate that may sign', { ca: true, keyUsage: BOTH | ISSUES }, 'valid', 'TRUSTED'],
  ['a CA’s certificate without key usage', { ca: true, keyUsage: null }, 'valid', 'TRUSTED'],
];

describe('a certificate made for', () => {
  it.each(USAGES)('%s', async (_row, own, verdict, code) => {
    const untrusted = verdict === 'valid' ? 'unknown' : verdict;
    expect(await verdictsOn(signedBy(own))).toEqual({ code, verdict, untrusted, changed: 'invalid' });
  });

  it('certificates, and signs a document all the same: not even a trusted root may', async () => {
    const pdf = signedPdf({ container: (content) => container(content, { signer: root }) });
    expect(await verdictsOn(pdf)).toMatchObject({ code: 'KEY_USAGE_WRONG', verdict: 'invalid' });
  });
});

const BEGIN = new Date('2026-11-20T08:00:00Z');
const END = new Date('2026-11-22T08:00:00Z');
const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
const plus = (from: Date, ms: number) => new Date(from.getTime() + ms);

const CLOCKS: readonly (readonly [row: string, at: Date, code: ReasonCode<'signer'>])[] = [
  ['at notBefore', BEGIN, 'TRUSTED'],
  ['2 s before notBefore', plus(BEGIN, -2 * SECOND), 'TRUSTED'],
  ['24 h before notBefore', plus(BEGIN, -24 * HOUR), 'TRUSTED'],
  ['24 h and 1 s before notBefore', plus(BEGIN, -24 * HOUR - SECOND), 'CERTIFICATE_NOT_YET_VALID'],
  ['years before notBefore', new Date('2021-01-01T00:00:00Z'), 'CERTIFICATE_NOT_YET_VALID'],
  ['at notAfter', END, 'TRUSTED'],
  ['1 s after notAfter', plus(END, SECOND), 'TRUSTED'],
  ['10 min after notAfter', plus(END, 10 * MINUTE), 'TRUSTED'],
  ['10 min and 1 s after notAfter', plus(END, 10 * MINUTE + SECOND), 'CERTIFICATE_EXPIRED'],
  ['a day after notAfter', plus(END, 24 * HOUR), 'CERTIFICATE_EXPIRED'],
];

/** A file that claims its time in the signed attributes, or only in the signature dictionary. */
function signedAt(at: Date, where: 'attribute' | 'dictionary', issuer: Issued = authority) {
  const signer = issue({ name: 'Signer', key: ecKey(), issuer, from: BEGIN, to: END });
  return signedPdf({
    signedAt: `D:${at.toISOString().replace(/[-:T]|\.\d+Z/g, '')}Z`,
    container: (content) =>
      container(content, {
        signer,
        certificates: [issuer.der],
        ...(where === 'attribute' ? { attributes: { time: signingTime(at) } } : {}),
      }),
  });
}

describe('a claimed signing time', () => {
  it.each(CLOCKS)('%s', async (_row, at, code) => {
    const verdict = code === 'TRUSTED' ? 'valid' : 'invalid';
    const untrusted = code === 'TRUSTED' ? 'unknown' : 'invalid';
    for (const where of ['attribute', 'dictionary'] as const)
      expect(await verdictsOn(signedAt(at, where))).toEqual({ code, verdict, untrusted, changed: 'invalid' });
  });

  it.each([
    ['begins with the signer’s', { from: BEGIN }, plus(BEGIN, -2 * SECOND), 'TRUSTED'],
    ['begins after the signer’s', { from: plus(BEGIN, SECOND) }, plus(BEGIN, -2 * SECOND), 'CERTIFICATE_NOT_YET_VALID'],
    ['begins after the time', { from: plus(BEGIN, HOUR) }, BEGIN, 'CERTIFICATE_NOT_YET_VALID'],
    ['ends with the signer’s', { to: END }, plus(END, 2 * SECOND), 'TRUSTED'],
    ['ends before the signer’s', { to: plus(END, -SECOND) }, plus(END, 2 * SECOND), 'CERTIFICATE_EXPIRED'],
    ['ends before the time', { to: plus(END, -HOUR) }, END, 'CERTIFICATE_EXPIRED'],
  ] as const)('is no excuse for an authority whose certificate %s', async (_row, own, at, code) => {
    const issuer = issue({ name: 'Issuing', key: ecKey(), ca: true, issuer: root, ...own });
    expect((await verdictsOn(signedAt(at, 'attribute', issuer))).code).toBe(code);
  });
});

describe('a certificate that the file leaves out', () => {
  const pdf = signedPdf({
    container: (content) => container(content, { signer: issue({ name: 'Signer', key: ecKey(), issuer: authority }) }),
  });
  const verdict = async (...anchors: readonly Issued[]) => {
    const { verdict, layers } = await verifyPdf(pdf, { trustAnchors: anchors.map(({ der }) => der), now: NOW });
    return [verdict, layers.signer.code];
  };

  it('is named as missing, the root trusted, and can be given', async () => {
    expect(await verdict(root)).toEqual(['unknown', 'ISSUER_CERTIFICATE_MISSING']);
    expect(await verdict()).toEqual(['unknown', 'NO_TRUST_ANCHOR']);
    expect(await verdict(root, authority)).toEqual(['valid', 'TRUSTED']);
    expect(await verdict(authority)).toEqual(['valid', 'TRUSTED']);
    const { signer } = await verifyPdf(pdf, { trustAnchors: [root.der], now: NOW });
    expect(signer?.issuer).toBe('CN=Issuing');
  });

  it('is not replaced by one of the same name', async () => {
    const impostor = issue({ name: 'Issuing', key: ecKey(), ca: true, issuer: root });
    expect(await verdict(root, impostor)).toEqual(['unknown', 'NOT_TRUSTED']);
  });

  it('is not the matter where the signer is its own authority, or the chain goes on', async () => {
    const own = signedPdf({
      container: (content) => container(content, { signer: issue({ name: 'Self', key: ecKey() }) }),
    });
    const whole = signedBy({});
    for (const other of [own, whole]) {
      const { layers } = await verifyPdf(other, {
        trustAnchors: [issue({ name: 'Else', key: ecKey(), ca: true }).der],
        now: NOW,
      });
      expect(layers.signer.code).toBe('NOT_TRUSTED');
    }
  });
});
