import { execFileSync } from 'node:child_process';
import { constants, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDer } from '../../../src/pdf/asn1/element.ts';
import { verifyPdf } from '../../../src/pdf/verify-pdf.ts';
import { ecKey, extension, issue, type Key, revocationList, rsaKey } from '../../support/certificates.ts';
import { algorithmProtection, type ContainerOptions, container, timestamp } from '../../support/containers.ts';
import { algorithm, context, indefinite, integer, octets, oid, sequence } from '../../support/der.ts';
import { document, type PdfOptions, signedBehind, signedPdf, withRevision } from '../../support/hand-made-pdf.ts';
import { signedFile } from '../../support/signed-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { requireTool } from '../../support/tools.ts';

const NOW = new Date('2026-11-24T12:00:00+08:00');
const root = issue({ name: 'Root', key: rsaKey(), ca: true });
const authority = issue({ name: 'Issuing', key: ecKey(), ca: true, issuer: root });

const signerWith = (key: Key) => issue({ name: 'Signer', key, issuer: authority });
const signer = signerWith(ecKey());
const timestamping = issue({ name: 'Time', key: ecKey(), issuer: root, extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'] });

function file(over: Partial<ContainerOptions> = {}, pdf: Partial<PdfOptions> = {}): Buffer {
  const options = { signer, certificates: [authority.der], ...over };
  return signedPdf({ container: (content) => container(content, options), ...pdf });
}

/** RSASSA-PSS with SHA-256 and a salt of 32 bytes. */
function pss(): Buffer {
  const rsa = signerWith(rsaKey());
  const sha256 = algorithm('2.16.840.1.101.3.4.2.1');
  const parameters = sequence(
    context(0, sha256),
    context(1, algorithm('1.2.840.113549.1.1.8', sha256)),
    context(2, integer(32)),
  );
  return file({
    signer: rsa,
    signatureAlgorithm: algorithm('1.2.840.113549.1.1.10', parameters),
    sign: (data) =>
      sign('sha256', data, { key: rsa.key.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
  });
}

const rsaSigner = signerWith(rsaKey());
const certified =
  '/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P 1 /V /1.2 >> >>]';

/** Forms that signatures have in files of other producers. `poppler` says whether it can check them. */
const SIGNATURES: Readonly<Record<string, readonly [poppler: boolean, make: () => Buffer]>> = {
  'P-256': [true, () => file()],
  'P-384': [true, () => file({ signer: signerWith(ecKey('P-384')), digest: 'sha384' })],
  'P-521': [true, () => file({ signer: signerWith(ecKey('P-521')), digest: 'sha512' })],
  'RSA, its algorithm with the digest': [true, () => file({ signer: rsaSigner })],
  'RSA, its algorithm without the digest': [
    true,
    () =>
      file({ signer: rsaSigner, signatureAlgorithm: algorithm('1.2.840.113549.1.1.1', Buffer.from('0500', 'hex')) }),
  ],
  'RSA with SHA-512': [true, () => file({ signer: rsaSigner, digest: 'sha512' })],
  'RSASSA-PSS': [false, pss],
  'the format of Adobe': [true, () => file({}, { format: 'adbe.pkcs7.detached' })],
  'the format of Adobe, no certificate named': [
    true,
    () => file({ attributes: { signingCertificate: null } }, { format: 'adbe.pkcs7.detached' }),
  ],
  'the format of Adobe, nothing but the signature': [
    true,
    () => file({ withoutAttributes: true }, { format: 'adbe.pkcs7.detached' }),
  ],
  'a timestamp': [
    true,
    () =>
      file({ unsigned: (signature) => [timestamp(signature, timestamping)], certificates: [authority.der, root.der] }),
  ],
  'attributes that name the algorithms': [
    true,
    () =>
      file({
        attributes: {
          more: algorithmProtection(algorithm('2.16.840.1.101.3.4.2.1'), oid('1.2.840.10045.4.3.2')),
        },
      }),
  ],
  'a revocation list': [true, () => file({ revocationLists: [revocationList(authority)] })],
  'as many certificates as are read': [
    true,
    () => file({ certificates: Array(63).fill(authority.der) }, { roomBytes: 60_000 }),
  ],
  'its root inside too': [true, () => file({ certificates: [authority.der, root.der] })],
  'outer layers in BER': [
    true,
    () =>
      signedPdf({
        container: (content) => {
          const [type, wrapped] = parseDer(container(content, { signer, certificates: [authority.der] })).children;
          const data = wrapped?.children[0]?.children.map(({ raw }) => raw) ?? [];
          return indefinite(0x30, type?.raw ?? Buffer.alloc(0), indefinite(0xa0, indefinite(0x30, ...data)));
        },
      }),
  ],
  'the signer by its key': [
    false,
    () => {
      const keyId = Buffer.from('0123456789abcdef', 'hex');
      const extensions = [extension('2.5.29.14', octets(keyId))];
      return file({ signer: issue({ name: 'Signer', key: ecKey(), issuer: authority, extensions }), keyId });
    },
  ],
  'digits in capitals': [true, () => file({}, { hole: (digits) => digits.toUpperCase() })],
  'no room left': [
    true,
    () => {
      const size = container(Buffer.alloc(0), { signer: rsaSigner, certificates: [authority.der] }).length;
      return file({ signer: rsaSigner }, { roomBytes: size });
    },
  ],
  'a line break in front of it, signed too': [true, () => file({}, { front: '\r\n' })],
  'a certification that forbids changes': [
    true,
    () => file({}, { entries: certified, catalog: '/Perms << /DocMDP 5 0 R >>' }),
  ],
  'a name written with numbers': [true, () => file({}, { entries: '/#4eame (x)' })],
};

describe('a good file', () => {
  it.each(Object.entries(SIGNATURES))('is valid: %s', async (_name, [, make]) => {
    expect(await verifyPdf(make(), { trustAnchors: [root.der], now: NOW })).toMatchObject({ verdict: 'valid' });
  });

  it('is valid with an authority or the signer itself as the trust anchor', async () => {
    for (const [anchor, certificates] of [
      [authority, [authority.der]],
      [signer, []],
    ] as const)
      expect((await verifyPdf(file({ certificates }), { trustAnchors: [anchor.der], now: NOW })).verdict).toBe('valid');
  });

  it.each([
    ['any', '2.5.29.37.0'],
    ['signing documents', '1.3.6.1.5.5.7.3.36'],
    ['client authentication, as on Chinese seals', '1.3.6.1.5.5.7.3.2'],
  ])('is valid with a certificate for %s', async (_name, usage) => {
    const usual = issue({ name: 'Signer', key: ecKey(), issuer: authority, extendedKeyUsage: [usage] });
    expect((await verifyPdf(file({ signer: usual }), { trustAnchors: [root.der], now: NOW })).verdict).toBe('valid');
  });

  it('is not trusted without an anchor, and says so', async () => {
    const { verdict, layers } = await verifyPdf(file(), { trustAnchors: [], now: NOW });
    expect({ verdict, integrity: layers.integrity.code, signer: layers.signer.code }).toEqual({
      verdict: 'unknown',
      integrity: 'UNCHANGED',
      signer: 'NO_TRUST_ANCHOR',
    });
  });

  it('gives the facts of a report', async () => {
    const information = '/CertAnnotationId (a-1) /CertScenario (self) /CertValidUntil (2027-02-21)';
    const made = file({}, { information });
    expect(await verifyPdf(made, { trustAnchors: [root.der], now: NOW })).toMatchObject({
      signer: { name: 'Signer', subject: 'CN=Signer', issuer: 'CN=Issuing', issuerName: 'Issuing' },
      claimedSigningTime: '2026-11-24T10:00:00+08:00',
      coverage: { fileBytes: made.length, coveredBytes: made.length, addedBytes: 0 },
      annotation: { id: 'a-1', scenario: 'self', validUntil: '2027-02-21' },
    });
  });

  it('shows no identity number of a signer', async () => {
    const person = issue({ name: '张三@110101199003070011@1\u001b[2J', key: ecKey(), issuer: authority });
    const { signer: shown } = await verifyPdf(file({ signer: person }), { trustAnchors: [], now: NOW });
    expect(shown?.subject).toBe('CN=张三@110101********0011@1 [2J');
  });

  it.each([
    ['2026-11-24', undefined, 'IN_FORCE'],
    ['2026-11-23', undefined, 'ANNOTATION_EXPIRED'],
    ['2027-01-01', { id: 'a-1', validUntil: '2027-01-01' }, 'IN_FORCE'],
    ['2027-01-01', { validUntil: '2027-01-02' }, 'ANNOTATION_MISMATCH'],
    ['2027-01-01', { id: 'a-2' }, 'ANNOTATION_MISMATCH'],
    [undefined, { id: 'a-1', validUntil: '2026-11-24' }, 'IN_FORCE_BY_RECORD'],
    [undefined, { validUntil: '2026-11-23' }, 'ANNOTATION_EXPIRED'],
    [undefined, { id: 'a-1' }, 'NONE_STATED'],
    [undefined, undefined, 'NONE_STATED'],
  ])('states %s, expected %j: %s', async (stated, expected, code) => {
    const information = stated === undefined ? '' : `/CertAnnotationId (a-1) /CertValidUntil (${stated})`;
    const options = { trustAnchors: [root.der], now: new Date('2026-11-24T23:59:59+08:00'), expected };
    expect((await verifyPdf(file({}, { information }), options)).layers.annotation.code).toBe(code);
  });
});

const qpdf = requireTool('qpdf');

/** The file as qpdf writes it anew, then signed behind. */
function rewritten(...args: readonly string[]): Buffer {
  const folder = temporaryFolder();
  const [before, after] = [join(folder, 'before.pdf'), join(folder, 'after.pdf')];
  writeFileSync(
    before,
    document({
      1: '<< /Type /Catalog /Pages 2 0 R >>',
      2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
      4: '<< /Producer (by hand) >>',
    }),
  );
  execFileSync('qpdf', [...args, before, after]);
  const show = (object: string) => execFileSync('qpdf', [`--show-object=${object}`, after], { encoding: 'utf8' });
  const number = Number(/\/Root (\d+)/.exec(show('trailer'))?.[1]);
  return signedBehind(
    readFileSync(after),
    { number, text: show(String(number)) },
    {
      container: (content) => container(content, { signer, certificates: [authority.der] }),
    },
  );
}

const LAYOUTS: Readonly<Record<string, () => Buffer>> = {
  'cross-references as a table': () => rewritten(),
  'cross-references and objects in streams': () => rewritten('--object-streams=generate'),
  linearized: () => rewritten('--linearize'),
  'linearized, objects in streams': () => rewritten('--linearize', '--object-streams=generate'),
  'written for people': () => rewritten('--qdf'),
  'revisions before the signature': () => {
    const base = withRevision(
      document({ 1: '<< /Type /Catalog /Pages 2 0 R >>', 2: '<< /Kids [] /Count 0 /Type /Pages >>', 3: '<< >>' }),
      {
        3: '<< /Title (again) >>',
      },
    );
    return signedBehind(
      base,
      { number: 1, text: '<< /Type /Catalog /Pages 2 0 R >>' },
      {
        container: (content) => container(content, { signer, certificates: [authority.der] }),
      },
    );
  },
};

describe.skipIf(!qpdf)('a signed file, laid out', () => {
  it.each(Object.entries(LAYOUTS))('%s: valid', async (_name, make) => {
    expect(await verifyPdf(make(), { trustAnchors: [root.der], now: NOW })).toMatchObject({ verdict: 'valid' });
  });
});

describe.skipIf(!requireTool('pdfsig'))('poppler agrees', () => {
  const pdfsig = (pdf: Buffer) => {
    const path = join(temporaryFolder(), 'file.pdf');
    writeFileSync(path, pdf);
    return execFileSync('pdfsig', ['-nocert', path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  };

  it.each(Object.entries(SIGNATURES).filter(([, [poppler]]) => poppler))('on %s', (_name, [, make]) => {
    const report = pdfsig(make());
    expect(report).toContain('Signature is Valid.');
    expect(report).toContain('Total document signed');
  });

  it.each(qpdf ? Object.entries(LAYOUTS) : [])('on %s', (_name, make) => {
    expect(pdfsig(make())).toContain('Signature is Valid.');
  });

  it.each(['p256', 'rsa'] as const)('on a file of the sandbox: %s', async (signature) => {
    const { bytes } = await signedFile({ signature });
    expect(pdfsig(bytes)).toContain('Signature is Valid.');
  });
});

it.each(['p256', 'rsa', 'sm2', 'ses'] as const)('a file of the sandbox is valid: %s', async (signature) => {
  const { bytes, root: anchor } = await signedFile({ signature });
  const trusted = Buffer.from(readFileSync(anchor, 'utf8').replace(/-----[^-]+-----/g, ''), 'base64');
  const { verdict, layers } = await verifyPdf(bytes, { trustAnchors: [trusted], now: new Date() });
  expect({ verdict, annotation: layers.annotation.code }).toEqual({ verdict: 'valid', annotation: 'IN_FORCE' });
});
