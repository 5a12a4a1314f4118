import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { documentOf, OUTPUT } from '../../../src/commands/output.ts';
import { type Installation, installation } from '../../support/cert.ts';
import { ecKey, issue, pem } from '../../support/certificates.ts';
import { container } from '../../support/containers.ts';
import { document, signedPdf } from '../../support/hand-made-pdf.ts';
import { signedAgain } from '../../support/later-revisions.ts';
import { testClock } from '../../support/sandbox.ts';
import { sealedPdf, sealRoot } from '../../support/seals.ts';

const root = issue({ name: 'Root', key: ecKey(), ca: true });
const signer = issue({ name: '发证中心', key: ecKey(), issuer: root });
const good = signedPdf({
  information: '/CertAnnotationId (a-1) /CertScenario (self) /CertValidUntil (2027-02-21)',
  container: (content) => container(content, { signer }),
});
const changed = Buffer.from(good.toString('latin1').replace('0 0 1 rg', '1 0 1 rg'), 'latin1');
const unsigned = document({ 1: '<< /Type /Catalog >>', 2: '<< >>' });

/** Nobody is logged in, there is no portal and no network. */
const OFFLINE = {
  env: { CERT_PORTAL: '' },
  clock: testClock(),
  fetch: () => Promise.reject(new Error('the network was used')),
};

function machine(files: Readonly<Record<string, string | Buffer>>): Installation {
  const cert = installation();
  for (const [name, contents] of Object.entries({ 'root.pem': pem(root.der), ...files })) {
    mkdirSync(join(cert.folder, name, '..'), { recursive: true });
    writeFileSync(join(cert.folder, name), contents);
  }
  return cert;
}

const verdicts = (json: { data: { verifications: { path: string; verdict: string }[] } }) =>
  json.data.verifications.map(({ path, verdict }) => `${path} ${verdict}`);

describe('cert verify', () => {
  it('names an electronic seal, its number, its maker and its validity', async () => {
    const cert = machine({ 'sealed.pdf': sealedPdf(), 'seals.pem': pem(sealRoot.der) });
    const { json } = await cert.run('verify sealed.pdf --trust seals.pem --json', OFFLINE);
    v.parse(documentOf(OUTPUT.verify), json);
    expect(json.data.verifications[0].seal).toMatchObject({ id: '33010600000001', name: '测试专用章', maker: 'Maker' });
    for (const lang of ['en', 'zh-CN']) {
      const { out } = await cert.run(`verify sealed.pdf --trust seals.pem --lang ${lang}`, OFFLINE);
      for (const text of ['测试专用章', '33010600000001', 'Maker', '2025-01-01', '2030-01-01'])
        expect(out).toContain(text);
    }
    const untrusted = await cert.run('verify sealed.pdf --lang en', OFFLINE);
    expect(untrusted.out).toMatch(/Seal made by +Maker \(not proved\)/);
  });

  it('says valid, and ends with 0, offline and logged out', async () => {
    const cert = machine({ 'a.pdf': good });
    const { code, json } = await cert.run('verify a.pdf --trust root.pem --json', OFFLINE);
    expect(code).toBe(0);
    expect(json.data.verifications).toMatchObject([
      {
        path: 'a.pdf',
        verdict: 'valid',
        layers: {
          structure: { result: 'pass', code: 'ONE_SIGNATURE' },
          integrity: { result: 'pass', code: 'UNCHANGED' },
          signer: { result: 'pass', code: 'TRUSTED' },
          revisions: { result: 'pass', code: 'NOTHING_ADDED' },
          annotation: { result: 'pass', code: 'IN_FORCE' },
        },
        signer: { name: '发证中心', issuerName: 'Root' },
        claimedSigningTime: '2026-11-24T10:00:00+08:00',
        coverage: { addedBytes: 0 },
        annotation: { id: 'a-1', scenario: 'self', validUntil: '2027-02-21' },
      },
    ]);
  });

  it.each(['en', 'zh-CN'])('reports who, when, what and until when, in 80 columns: %s', async (lang) => {
    const cert = machine({ 'a.pdf': good, 'b.pdf': changed });
    for (const [file, code, found] of [
      ['a.pdf', 0, ['发证中心', 'Root', '2026-11-24 10:00', '2027-02-21', 'a-1', String(good.length)]],
      ['b.pdf', 7, ['✗']],
    ] as const) {
      const ended = await cert.run(`verify ${file} --trust root.pem --lang ${lang}`, { ...OFFLINE, answers: [] });
      expect(ended.code).toBe(code);
      for (const piece of found) expect(ended.out).toContain(piece);
      for (const line of `${ended.out}${ended.err}`.split('\n')) expect(columns(line)).toBeLessThanOrEqual(80);
    }
  });

  it.each([
    ['changed', changed, 'invalid', 'integrity', 'DIGEST_MISMATCH'],
    ['unsigned', unsigned, 'unknown', 'structure', 'NO_SIGNATURE'],
    ['added to', Buffer.concat([good, Buffer.from('x')]), 'invalid', 'revisions', 'ADDED_AFTER_SIGNING'],
    ['empty', Buffer.alloc(0), 'invalid', 'structure', 'NOT_A_PDF'],
  ] as const)('ends with 7 for a file that is %s', async (_name, bytes, verdict, layer, reason) => {
    const cert = machine({ 'a.pdf': bytes });
    const { code, json } = await cert.run('verify a.pdf --trust root.pem --json', OFFLINE);
    expect({ code, error: json.error.code }).toEqual({ code: 7, error: 'VERIFICATION_FAILED' });
    expect(json.data.verifications[0].verdict).toBe(verdict);
    expect(json.data.verifications[0].layers[layer].code).toBe(reason);
    expect((await cert.run('verify a.pdf --trust root.pem', OFFLINE)).out).toContain('a.pdf');
  });

  it.each(['en', 'zh-CN'])('reports each of several signatures, in 80 columns: %s', async (lang) => {
    const other = issue({ name: '复核人', key: ecKey() });
    const cert = machine({ 'a.pdf': signedAgain(good, other, []) });
    const { code, out } = await cert.run(`verify a.pdf --trust root.pem --lang ${lang}`, { ...OFFLINE, answers: [] });
    expect(code).toBe(7);
    const timesShown = (text: string) => out.split(text).length - 1;
    expect(['发证中心', '复核人', '2027-02-21'].map(timesShown)).toEqual([1, 2, 1]);
    expect(out.match(/✓ \S+/g)?.length).toBe(8);
    for (const line of out.split('\n')) expect(columns(line)).toBeLessThanOrEqual(80);
    const { json } = await cert.run('verify a.pdf --trust root.pem --json', OFFLINE);
    const { signatures, signer: first, verdict } = json.data.verifications[0];
    expect({ verdict, first: first.name }).toEqual({ verdict: 'unknown', first: '发证中心' });
    expect(signatures.map((one: { layers: { signer: { code: string } } }) => one.layers.signer.code)).toEqual([
      'TRUSTED',
      'NOT_TRUSTED',
    ]);
  });

  it('is not valid without anybody to trust', async () => {
    const { code, json } = await machine({ 'a.pdf': good }).run('verify a.pdf --json', OFFLINE);
    expect({ code, verdict: json.data.verifications[0].verdict }).toEqual({ code: 7, verdict: 'unknown' });
    expect(json.data.verifications[0].layers.signer.code).toBe('NO_TRUST_ANCHOR');
  });

  it('takes files and folders, each file once, in the order of names', async () => {
    const cert = machine({ 'd/b.pdf': good, 'd/a.PDF': good, 'd/e/c.pdf': changed, 'd/notes.txt': 'x', 'z.pdf': good });
    const { code, json } = await cert.run('verify z.pdf d d/b.pdf --trust root.pem --json', OFFLINE);
    expect(code).toBe(7);
    expect(verdicts(json)).toEqual(['z.pdf valid', 'd/a.PDF valid', 'd/b.pdf valid', 'd/e/c.pdf invalid']);
    const { out } = await cert.run('verify d --trust root.pem', OFFLINE);
    expect(out.slice(out.lastIndexOf('d/a.PDF')).match(/\bd\//g)).toHaveLength(3);
  });

  it.runIf(process.platform !== 'win32')('does not follow a link to a folder', async () => {
    const cert = machine({ 'd/a.pdf': good });
    symlinkSync(cert.folder, join(cert.folder, 'd', 'loop'));
    const { json } = await cert.run('verify d --trust root.pem --json', OFFLINE);
    expect(verdicts(json)).toEqual(['d/a.pdf valid']);
  });

  it.each([
    ['verify missing.pdf', 3, 'FILE_NOT_FOUND'],
    ['verify empty', 3, 'NO_PDF_FOUND'],
    ['verify /dev/null', 3, 'FILE_NOT_READABLE'],
    ['verify a.pdf --trust missing.pem', 3, 'FILE_NOT_FOUND'],
    ['verify a.pdf --trust a.pdf', 2, 'TRUST_FILE_INVALID'],
    ['verify a.pdf --profile nobody', 2, 'PROFILE_NOT_FOUND'],
    ['verify', 2, 'USAGE'],
  ])('%s: exit %i %s', async (line, exit, error) => {
    const cert = machine({ 'a.pdf': good });
    mkdirSync(join(cert.folder, 'empty'));
    const { code, json } = await cert.run(`${line} --json`, OFFLINE);
    expect({ code, error: json.error.code }).toEqual({ code: exit, error });
  });

  it('goes on with the others when a file is missing, and says which', async () => {
    const cert = machine({ 'a.pdf': good });
    const { code, json } = await cert.run('verify missing.pdf a.pdf --trust root.pem --json', OFFLINE);
    expect({ code, error: json.error.code }).toEqual({ code: 3, error: 'FILE_NOT_FOUND' });
    expect(verdicts(json as never)).toEqual(['a.pdf valid']);
    expect(json.data.failures).toMatchObject([{ path: 'missing.pdf', error: { code: 'FILE_NOT_FOUND' } }]);
    const both = await machine({ 'a.pdf': changed }).run('verify missing.pdf a.pdf --json', OFFLINE);
    expect({ code: both.code, error: both.json.error.code }).toEqual({ code: 7, error: 'VERIFICATION_FAILED' });
  });

  it('leaves nothing behind', async () => {
    const cert = machine({ 'a.pdf': good });
    await cert.run('verify a.pdf --trust root.pem', OFFLINE);
    expect(readdirSync(cert.folder).sort()).toEqual(['a.pdf', 'root.pem']);
  });
});

/** Columns on a terminal: two for what is wider than Latin. */
const columns = (line: string): number =>
  [...line].reduce((sum, character) => sum + (/[\u2e80-\uffef]/.test(character) ? 2 : 1), 0);

describe('paths that no shell has expanded', () => {
  it.each([
    ['*.pdf', ['a.pdf valid', 'b.pdf valid']],
    ['docs/?.pdf', ['docs/c.pdf valid']],
    ['*', ['a.pdf valid', 'b.pdf valid', 'docs/c.pdf valid']],
    ['“a.pdf”', ['a.pdf valid']],
    ['\u202aa.pdf', ['a.pdf valid']],
  ])('%j', async (operand, expected) => {
    const cert = machine({ 'a.pdf': good, 'b.pdf': good, 'docs/c.pdf': good, 'empty/.keep': '' });
    // It would be verified as the shell would have it verified.
    rmSync(join(cert.folder, 'root.pem'));
    writeFileSync(join(cert.folder, '.root.pem'), pem(root.der));
    const { code, json } = await cert.run(['verify', operand, '--trust', '.root.pem', '--json'], OFFLINE);
    expect(verdicts(json)).toEqual(expected);
    expect(code).toBe(0);
  });

  it('are below the home folder where they begin with ~', async () => {
    const cert = machine({ 'home/a.pdf': good });
    const env = { ...OFFLINE, home: join(cert.folder, 'home') };
    for (const operand of ['~/a.pdf', '~/*.pdf', '~']) {
      const { json } = await cert.run(['verify', operand, '--trust', 'root.pem', '--json'], env);
      expect(json.data.verifications).toMatchObject([{ verdict: 'valid' }]);
    }
    writeFileSync(join(cert.folder, 'home', 'r.pem'), pem(root.der));
    expect((await cert.run(['verify', '~/a.pdf', '--trust', '~/r.pem'], env)).code).toBe(0);
    expect((await cert.run(['trust', 'add', '~/r.pem'], env)).code).toBe(0);
  });

  it.each([
    ['*.png', 'FILE_NOT_FOUND', 3],
    ['nowhere/*.pdf', 'FILE_NOT_FOUND', 3],
    ['emp*', 'NO_PDF_FOUND', 3],
    ['~nurse/a.pdf', 'PATH_INVALID', 2],
    ['', 'PATH_INVALID', 2],
  ])('%j: %s', async (operand, error, exit) => {
    const cert = machine({ 'a.pdf': good, 'empty/.keep': '' });
    const { code, json } = await cert.run(['verify', operand, '--json'], OFFLINE);
    expect({ code, error: json.error.code }).toEqual({ code: exit, error });
  });

  it.skipIf(process.platform === 'win32')('are what is there under that very name', async () => {
    const cert = machine({ '*.pdf': good, 'b.pdf': unsigned, '~/a.pdf': good });
    for (const operand of ['*.pdf', '~/a.pdf']) {
      const { json } = await cert.run(['verify', operand, '--trust', 'root.pem', '--json'], OFFLINE);
      expect(verdicts(json)).toEqual([`${operand} valid`]);
    }
  });
});
