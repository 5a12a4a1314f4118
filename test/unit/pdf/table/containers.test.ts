/** The table of verdicts, its rows about what stands in a signature's place: SM2, no signed attributes, SHA-1. */
import { spawnSync } from 'node:child_process';
import { createHash, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReasonCode, Verdict } from '../../../../src/domain/verification.ts';
import { verifyPdf } from '../../../../src/pdf/verify-pdf.ts';
import { ecKey, issue, pem, rsaKey } from '../../../support/certificates.ts';
import { unnoticed } from '../../../support/changed-bytes.ts';
import { attribute, type ContainerOptions, container, messageDigest } from '../../../support/containers.ts';
import { algorithm, type Der, octets } from '../../../support/der.ts';
import { type PdfOptions, signedPdf } from '../../../support/hand-made-pdf.ts';
import { type OpensslSm2, opensslSm2 } from '../../../support/openssl-sm2.ts';
import { partsOf } from '../../../support/signed-file.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { requireTool } from '../../../support/tools.ts';

/** After the certificates of OpenSSL were made. */
const NOW = new Date(Date.now() + 3_600_000);
const signedAt = `D:${NOW.toISOString().replace(/[-:T]|\.\d+Z/g, '')}Z`;
const openssl = requireTool('openssl');
const CHANGES = 500;

interface Case {
  readonly root: Der;
  readonly pdf: Buffer;
}
type Make = () => Case;
type Row = readonly [row: string, verdict: Verdict, code: ReasonCode<'integrity'>, make: Make];

/** Verdict and integrity of a file: the root trusted, nobody trusted, its page changed. */
async function verdictsOn({ root, pdf }: Case) {
  const page = Buffer.from(pdf.toString('latin1').replace('0 0 1 rg', '1 0 1 rg'), 'latin1');
  const verify = (bytes: Buffer, trustAnchors: Der[]) => verifyPdf(bytes, { trustAnchors, now: NOW });
  const { verdict, layers } = await verify(pdf, [root]);
  const [untrusted, changed] = [await verify(pdf, []), await verify(page, [root])];
  return { verdict, code: layers.integrity.code, untrusted: untrusted.verdict, changed: changed.verdict };
}

const rootOf = rsaKey();
const root = issue({ name: 'Root', key: rootOf, ca: true });
const signers = {
  RSA: issue({ name: 'Signer', key: rsaKey(), issuer: root }),
  ECDSA: issue({ name: 'Signer', key: ecKey(), issuer: root }),
  'ECDSA P-384': issue({ name: 'Signer', key: ecKey('P-384'), issuer: root }),
};
const PKCS7 = 'adbe.pkcs7.detached';
const PADES = 'ETSI.CAdES.detached';

function by(
  signer: keyof typeof signers,
  over: Partial<ContainerOptions>,
  pdf: Partial<PdfOptions> = {},
  contentOf = (covered: Buffer) => covered,
): Case {
  const made = signedPdf({
    signedAt,
    format: PKCS7,
    container: (covered) => {
      const content = contentOf(covered);
      return container(content, {
        signer: signers[signer],
        ...over,
        ...(content === covered ? {} : { embedded: content }),
      });
    },
    ...pdf,
  });
  return { root: root.der, pdf: made };
}

const hash = (name: string) => (bytes: Buffer) => createHash(name).update(bytes).digest();
const bare = { withoutAttributes: true };

const withoutAttributes = (['RSA', 'ECDSA'] as const).flatMap((signer): Row[] =>
  [PKCS7, PADES, 'GM.SM2', 'any.name'].flatMap((format): Row[] =>
    ['sha256', 'sha512'].map((digest): Row => {
      const used = digest === 'sha512' && signer === 'ECDSA' ? 'sha384' : digest;
      return [
        `${signer} with ${used} under ${format}`,
        'valid',
        'UNCHANGED',
        () => by(used === 'sha384' ? 'ECDSA P-384' : signer, { ...bare, digest: used }, { format }),
      ];
    }),
  ),
);

const sha1Bare = (digest = 'sha1') => ({
  root: root.der,
  pdf: signedPdf({
    signedAt,
    format: 'adbe.x509.rsa_sha1',
    entries: `/Cert <${signers.RSA.der.toString('hex')}>`,
    container: (covered) => octets(sign(digest, covered, signers.RSA.key.privateKey)),
  }),
});

const WEAK: readonly Row[] = [
  [
    'adbe.pkcs7.sha1',
    'unknown',
    'ALGORITHM_WEAK',
    () => by('RSA', { digest: 'sha1' }, { format: 'adbe.pkcs7.sha1' }, hash('sha1')),
  ],
  [
    'adbe.pkcs7.sha1, no attributes',
    'unknown',
    'ALGORITHM_WEAK',
    () => by('RSA', { ...bare, digest: 'sha1' }, { format: 'adbe.pkcs7.sha1' }, hash('sha1')),
  ],
  [
    'adbe.pkcs7.sha1, its digest signed with SHA-256',
    'unknown',
    'ALGORITHM_WEAK',
    () => by('RSA', {}, { format: 'adbe.pkcs7.sha1' }, hash('sha1')),
  ],
  ['adbe.x509.rsa_sha1', 'unknown', 'ALGORITHM_WEAK', () => sha1Bare()],
  [
    'adbe.x509.rsa_sha1, its certificates in a list',
    'unknown',
    'ALGORITHM_WEAK',
    () => ({
      root: root.der,
      pdf: signedPdf({
        signedAt,
        format: 'adbe.x509.rsa_sha1',
        entries: `/Cert [<${signers.RSA.der.toString('hex')}> <${root.der.toString('hex')}>]`,
        container: (covered) => octets(sign('sha1', covered, signers.RSA.key.privateKey)),
      }),
    }),
  ],
  ['detached, with SHA-1', 'unknown', 'ALGORITHM_WEAK', () => by('RSA', { digest: 'sha1' })],
  ['detached, with SHA-1, no attributes', 'unknown', 'ALGORITHM_WEAK', () => by('ECDSA', { ...bare, digest: 'sha1' })],
];

describe.each([
  ['without signed attributes', withoutAttributes],
  ['with SHA-1', WEAK],
])('a signature %s', (_title, rows) => {
  it.each(rows)('%s: %s', async (_row, verdict, code, make) => {
    expect(await verdictsOn(make())).toEqual({ verdict, code, untrusted: 'unknown', changed: 'invalid' });
  });
});

const GM = {
  containerType: '1.2.156.10197.6.1.4.2.2',
  contentType: '1.2.156.10197.6.1.4.2.1',
  version: 1,
};
const SM2_WITH_SM3 = algorithm('1.2.156.10197.1.501');
const SM2 = algorithm('1.2.156.10197.1.301.1');

/** The two numbers of a signature in DER, 32 bytes each, and nothing around them. */
function rawNumbers(signature: Buffer): Buffer {
  const length = signature.readUInt8(3);
  const numbers = [signature.subarray(4, 4 + length), signature.subarray(6 + length)];
  return Buffer.concat(numbers.map((number) => Buffer.concat([Buffer.alloc(32), number]).subarray(-32)));
}

describe.skipIf(!openssl)('SM2 in CMS', () => {
  let maker: OpensslSm2;
  let somebody: OpensslSm2;
  const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'cert-test-')));
  beforeAll(() => {
    maker = opensslSm2('1234567812345678', folders[0]);
    somebody = opensslSm2('somebody@example', folders[1]);
  });
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  function sm2(
    over: Partial<ContainerOptions>,
    pdf: Partial<PdfOptions> = {},
    contentOf = (covered: Buffer) => covered,
  ): Case {
    const options = {
      signer: maker.signer,
      sign: maker.sign,
      digest: 'sm3',
      signatureAlgorithm: SM2_WITH_SM3,
      ...over,
    };
    const made = signedPdf({
      signedAt,
      format: PKCS7,
      container: (covered) => {
        const content = contentOf(covered);
        return container(content, { ...options, ...(content === covered ? {} : { embedded: content }) });
      },
      ...pdf,
    });
    return { root: maker.root, pdf: made };
  }
  const raw = { signature: rawNumbers };
  const named = (dotted: string) => ({ ...GM, contentType: dotted });

  const ROWS: readonly Row[] = [
    ...['GM.SM2', 'GM.sm2seal', 'GM.sm2cms.detached', PKCS7, PADES, 'any.name'].flatMap((format): Row[] => [
      [`under ${format}`, 'valid', 'UNCHANGED', () => sm2({}, { format })],
      [
        `under ${format}, national identifiers, no attributes`,
        'valid',
        'UNCHANGED',
        () => sm2({ ...GM, ...bare, signatureAlgorithm: SM2 }, { format }),
      ],
    ]),
    ['national identifiers', 'valid', 'UNCHANGED', () => sm2(GM)],
    ['national identifiers outside only', 'valid', 'UNCHANGED', () => sm2(named('1.2.840.113549.1.7.1'))],
    [
      'national identifier of the content only',
      'valid',
      'UNCHANGED',
      () => sm2({ contentType: GM.contentType, version: 1 }),
    ],
    ['SM3 without a key', 'valid', 'UNCHANGED', () => sm2({ digestOid: '1.2.156.10197.1.401.1' })],
    ['r‖s', 'valid', 'UNCHANGED', () => sm2(raw)],
    ['r‖s, no attributes', 'valid', 'UNCHANGED', () => sm2({ ...raw, ...bare, ...GM }, { format: 'GM.SM2' })],
    [
      'its SM3 inside, no attributes',
      'valid',
      'UNCHANGED',
      () => sm2({ ...bare, ...GM }, { format: 'GM.sm2cms.detached' }, hash('sm3')),
    ],
    [
      'its SM3 inside, no attributes, r‖s',
      'valid',
      'UNCHANGED',
      () => sm2({ ...bare, ...raw }, { format: 'GM.sm2cms.detached' }, hash('sm3')),
    ],
    [
      'its SM3 inside, attributes over it',
      'valid',
      'UNCHANGED',
      () => sm2({}, { format: 'GM.sm2cms.detached' }, hash('sm3')),
    ],
    ['its SHA-1 inside', 'unknown', 'ALGORITHM_WEAK', () => sm2(bare, {}, hash('sha1'))],
  ];

  it.each(ROWS)('%s: %s', async (_row, verdict, code, make) => {
    expect(await verdictsOn(make())).toEqual({ verdict, code, untrusted: 'unknown', changed: 'invalid' });
  });

  it.each<Row>([
    [
      'another identity',
      'invalid',
      'SIGNATURE_MISMATCH',
      () => ({ ...sm2({ signer: somebody.signer, sign: somebody.sign }), root: somebody.root }),
    ],
    [
      'another identity, no attributes',
      'invalid',
      'SIGNATURE_MISMATCH',
      () => ({ ...sm2({ ...bare, signer: somebody.signer, sign: somebody.sign }), root: somebody.root }),
    ],
    ['the key of another', 'invalid', 'SIGNATURE_MISMATCH', () => sm2({ sign: somebody.sign })],
    [
      'the SM3 of something else inside',
      'invalid',
      'DIGEST_MISMATCH',
      () => sm2(bare, {}, (covered) => hash('sm3')(covered.subarray(1))),
    ],
    ['r‖s of zeros', 'invalid', 'SIGNATURE_MISMATCH', () => sm2({ signature: () => Buffer.alloc(64) })],
    ['r‖s beyond the order', 'invalid', 'SIGNATURE_MISMATCH', () => sm2({ signature: () => Buffer.alloc(64, 0xff) })],
    [
      'r‖s with a byte too many',
      'invalid',
      'SIGNATURE_MISMATCH',
      () => sm2({ signature: (one) => Buffer.concat([rawNumbers(one), Buffer.alloc(1)]) }),
    ],
    [
      'r‖s with s ‖ r',
      'invalid',
      'SIGNATURE_MISMATCH',
      () => sm2({ signature: (one) => Buffer.concat([rawNumbers(one).subarray(32), rawNumbers(one).subarray(0, 32)]) }),
    ],
  ])('%s: %s', async (_row, verdict, code, make) => {
    expect(await verdictsOn(make())).toMatchObject({ verdict, code });
  });

  it.each<[string, Make]>([
    ['attributes', () => sm2(GM, { roomBytes: 1_000 })],
    ['no attributes, r‖s', () => sm2({ ...raw, ...bare }, { roomBytes: 1_000 })],
    ['its SM3 inside', () => sm2(bare, { roomBytes: 1_000 }, hash('sm3'))],
  ])('no changed byte goes unnoticed: %s', { timeout: 60_000 }, async (_row, make) => {
    const { root: anchor, pdf } = make();
    const isValid = async (changed: Buffer) =>
      (await verifyPdf(changed, { trustAnchors: [anchor], now: NOW })).verdict === 'valid';
    expect(await isValid(pdf)).toBe(true);
    expect(await unnoticed(pdf, CHANGES, isValid)).toEqual([]);
  });
});

it.each<[string, Make]>([
  ['RSA, no attributes', () => by('RSA', bare)],
  ['ECDSA, no attributes', () => by('ECDSA', bare)],
])('no changed byte goes unnoticed: %s', { timeout: 60_000 }, async (_row, make) => {
  const { root: anchor, pdf } = make();
  const isValid = async (changed: Buffer) =>
    (await verifyPdf(changed, { trustAnchors: [anchor], now: NOW })).verdict === 'valid';
  expect(await isValid(pdf)).toBe(true);
  expect(await unnoticed(pdf, CHANGES, isValid)).toEqual([]);
});

it.each<[string, Make]>([
  ['adbe.pkcs7.sha1', () => by('RSA', bare, { format: 'adbe.pkcs7.sha1' }, hash('sha1'))],
  ['adbe.x509.rsa_sha1', () => sha1Bare()],
])('no changed byte is called unchanged: %s', { timeout: 60_000 }, async (_row, make) => {
  const { root: anchor, pdf } = make();
  const isUnchanged = async (changed: Buffer) => {
    const { layers } = await verifyPdf(changed, { trustAnchors: [anchor], now: NOW });
    return (
      layers.structure.result === 'pass' &&
      layers.integrity.code === 'ALGORITHM_WEAK' &&
      layers.revisions.result === 'pass'
    );
  };
  expect(await isUnchanged(pdf)).toBe(true);
  // What stands in the signature's own place nobody signs, and of a weak signature nothing more is asked.
  const place = [pdf.indexOf('/Contents <'), pdf.indexOf('0000>')] as const;
  const found = await unnoticed(pdf, CHANGES, isUnchanged);
  expect(found.filter((at) => at < place[0] || at > place[1])).toEqual([]);
});

/** What OpenSSL says of the container over that content: nothing where it holds. */
function opensslSays({ root: anchor, pdf }: Case): string {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  const { container: cms, content } = partsOf(pdf);
  writeFileSync(at('cms'), cms);
  writeFileSync(at('content'), content);
  writeFileSync(at('root.pem'), pem(anchor));
  const purpose = ['-CAfile', 'root.pem', '-purpose', 'any'];
  const args = ['cms', '-verify', '-inform', 'DER', '-in', 'cms', '-content', 'content', '-binary', ...purpose];
  const { status, stderr } = spawnSync('openssl', [...args, '-out', 'out'], { cwd: folder, encoding: 'utf8' });
  return status === 0 ? '' : stderr;
}

describe.skipIf(!openssl)('OpenSSL agrees', () => {
  it.each(withoutAttributes.filter(([row]) => row.endsWith(PKCS7)))('on %s', (_row, _verdict, _code, make) => {
    const made = make();
    expect(opensslSays(made)).toBe('');
    const changed = Buffer.from(made.pdf.toString('latin1').replace('0 0 1 rg', '1 0 1 rg'), 'latin1');
    expect(opensslSays({ ...made, pdf: changed })).not.toBe('');
  });
});

/** It takes the digest of `adbe.pkcs7.sha1` for one of the signer's own algorithm. */
describe.skipIf(!requireTool('pdfsig'))('poppler agrees', () => {
  it.each(WEAK.filter(([row]) => /^adbe.pkcs7.sha1(, no attributes)?$/.test(row)))(
    'on %s',
    (_row, _verdict, _code, make) => {
      const path = join(temporaryFolder(), 'file.pdf');
      writeFileSync(path, make().pdf);
      expect(spawnSync('pdfsig', ['-nocert', path], { encoding: 'utf8' }).stdout).toContain('Signature is Valid.');
    },
  );
});

describe('a signed attribute of a type that is not known', () => {
  const root = issue({ name: 'Root', key: ecKey(), ca: true });
  const signer = issue({ name: 'Signer', key: ecKey(), issuer: root });
  const verdictOn = async (more: Der) => {
    const pdf = signedPdf({ container: (content) => container(content, { signer, attributes: { more } }) });
    const options = { trustAnchors: [root.der], now: new Date('2026-11-24T12:00:00+08:00') };
    const { verdict, layers } = await verifyPdf(pdf, options);
    return [verdict, layers.integrity.code];
  };

  it.each([
    ['one value', [octets(Buffer.from('a'))]],
    ['two values', [octets(Buffer.from('a')), octets(Buffer.from('b'))]],
    ['no value', []],
  ])('may have %s', async (_, values) => {
    expect(await verdictOn(attribute('1.2.3.4', ...values))).toEqual(['valid', 'UNCHANGED']);
  });

  it('is none where another of that type is known', async () => {
    expect(await verdictOn(messageDigest(Buffer.alloc(0)))).toEqual(['invalid', 'CMS_MALFORMED']);
  });
});
