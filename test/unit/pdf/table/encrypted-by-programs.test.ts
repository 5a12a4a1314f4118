/** Encrypted files by other programs, signed behind; and what other programs say of ours. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyPdf } from '../../../../src/pdf/verify-pdf.ts';
import { ecKey, issue } from '../../../support/certificates.ts';
import { container } from '../../../support/containers.ts';
import { ENCRYPTIONS, type Encryption, encryptedWith } from '../../../support/encrypted-pdf.ts';
import { document, signedBehind, signedPdf } from '../../../support/hand-made-pdf.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { requireTool } from '../../../support/tools.ts';

const root = issue({ name: 'Root', key: ecKey(), ca: true });
const signer = issue({ name: 'Signer', key: ecKey(), issuer: root });
const TRUSTED = { trustAnchors: [root.der], now: new Date('2026-11-24T12:00:00+08:00') };

const signature = (content: Buffer) => container(content, { signer });

const inFile = (pdf: Buffer): string => {
  const path = join(temporaryFolder(), 'file.pdf');
  writeFileSync(path, pdf);
  return path;
};

const PLAIN = document({
  1: '<< /Type /Catalog /Pages 2 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
  4: '<< /CertAnnotationId (a-1) /CertValidUntil (2027-02-21) >>',
});

/** A file that qpdf encrypts, signed by a revision behind it. */
function encryptedByQpdf(
  cipher: Encryption['cipher'],
  encrypt: readonly string[],
  layout: readonly string[],
  damaged = (pdf: Buffer) => pdf,
): Buffer {
  const before = inFile(PLAIN);
  const after = join(temporaryFolder(), 'after.pdf');
  execFileSync('qpdf', ['--allow-weak-crypto', ...layout, '--encrypt', '', 'owner', ...encrypt, '--', before, after]);
  const qpdf = (...args: string[]) => execFileSync('qpdf', [...args, after], { encoding: 'utf8' });
  const key = /key = (\w+)/.exec(qpdf('--show-encryption', '--show-encryption-key'))?.[1] ?? '';
  const trailer = qpdf('--show-object=trailer');
  const entries = trailer.match(/\/(Info|Encrypt) \d+ 0 R|\/ID \[.*?\]/g) ?? [];
  const number = Number(/\/Root (\d+)/.exec(trailer)?.[1]);
  return signedBehind(
    damaged(readFileSync(after)),
    { number, text: qpdf(`--show-object=${number}`) },
    {
      container: signature,
      objects: encryptedWith({ key, cipher, dictionary: '' }).objects,
      trailer: entries.join(' '),
    },
  );
}

const LAYOUTS = { 'a table': [], streams: ['--object-streams=generate'], 'a linearized file': ['--linearize'] };
const CIPHERS: [string, Encryption['cipher'], string[]][] = [
  ['RC4, 40 bits', 'rc4', ['40']],
  ['RC4, 128 bits', 'rc4', ['128']],
  ['RC4 by a crypt filter', 'rc4', ['128', '--use-aes=n', '--force-V4']],
  ['AES-128', 'aes-128', ['128', '--use-aes=y']],
  ['AES-128, metadata in plain text', 'aes-128', ['128', '--use-aes=y', '--cleartext-metadata']],
  ['AES-256, R5', 'aes-256', ['256', '--force-R5']],
  ['AES-256, R6', 'aes-256', ['256']],
];
const BY_QPDF = CIPHERS.flatMap(([name, cipher, encrypt]) =>
  Object.entries(LAYOUTS).map(
    ([layout, args]) => [`${name}, ${layout}`, () => encryptedByQpdf(cipher, encrypt, args)] as const,
  ),
);

/** Poppler knows the length of a key in bits only. */
const inBits = ([name]: readonly [string, unknown]) => !name.includes('in bytes');

const qpdf = requireTool('qpdf');

describe.skipIf(!qpdf)('a file that qpdf encrypted', () => {
  it.each(BY_QPDF)('%s: is valid when it is signed, and states its annotation', async (_name, make) => {
    expect(await verifyPdf(make(), TRUSTED)).toMatchObject({
      verdict: 'valid',
      claimedSigningTime: '2026-11-24T10:00:00+08:00',
      annotation: { id: 'a-1', validUntil: '2027-02-21' },
    });
  });

  it.each(CIPHERS)('%s: states its annotation where it has to be searched for objects', async (_name, cipher, args) => {
    const withoutIndex = (pdf: Buffer) =>
      Buffer.from(pdf.toString('latin1').replace('/Type /XRef', '/Type /None'), 'latin1');
    const pdf = encryptedByQpdf(cipher, args, LAYOUTS.streams, withoutIndex);
    expect(pdf.includes('/Type /None')).toBe(true);
    expect(await verifyPdf(pdf, TRUSTED)).toMatchObject({ verdict: 'valid', annotation: { validUntil: '2027-02-21' } });
  });
});

const OURS = Object.entries(ENCRYPTIONS).map(([name, encryption]) => {
  const information = '/CertValidUntil (2027-02-21)';
  return [name, () => signedPdf({ container: signature, information, ...encryptedWith(encryption) })] as const;
});

describe.skipIf(!qpdf)('qpdf agrees', () => {
  it.each(OURS)('on %s', (_name, make) => {
    const path = inFile(make());
    const { status, stdout } = spawnSync('qpdf', ['--check', path], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, expect.stringContaining('No syntax or stream encoding errors')]);
    expect(execFileSync('qpdf', ['--show-object=7', path], { encoding: 'utf8' })).toContain('(2027-02-21)');
  });
});

describe.skipIf(!requireTool('pdfsig'))('poppler agrees', () => {
  it.each([...OURS.filter(inBits), ...(qpdf ? BY_QPDF : [])])('on %s', (_name, make) => {
    const path = inFile(make());
    const report = (tool: string, option: string) =>
      execFileSync(tool, [option, path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    expect(report('pdfsig', '-nocert')).toContain('Signature is Valid.');
    expect(report('pdfinfo', '-custom')).toMatch(/CertValidUntil:\s+2027-02-21/);
  });
});
