import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Certificate, ContentInfo, SignedData } from 'pkijs';
import { describe, expect, it } from 'vitest';
import type { SignatureKind } from '../../../src/sandbox/state.ts';
import { partsOf, pdfsig, type SignedFile, signedFile } from '../../support/signed-file.ts';
import { requireTool } from '../../support/tools.ts';

describe.skipIf(!['pdfsig', 'certutil'].every((tool) => requireTool(tool)))('a signed PDF, read by poppler', () => {
  it.each(['p256', 'rsa'] as const)('is valid, trusted and signed whole: %s', async (signature) => {
    const file = await signedFile({ signature });
    const report = pdfsig(file.path, file);
    for (const line of [
      'Signature is Valid.',
      'Certificate is Trusted.',
      'Total document signed',
      'Signature Type: ETSI.CAdES.detached',
      'Signing Hash Algorithm: SHA-256',
      'Signer Certificate Common Name: 电子证书演示用章',
    ])
      expect(report).toContain(line);
    expect(report.match(/Signature #/g)).toHaveLength(1);
  });

  it('is not trusted without its root, nor with that of another sandbox', async () => {
    const [file, other] = [await signedFile(), await signedFile()];
    expect(pdfsig(file.path, file, { trusted: false })).not.toContain('Certificate is Trusted.');
    expect(pdfsig(file.path, other)).not.toContain('Certificate is Trusted.');
  });

  it('is no longer valid when a byte is another', async () => {
    const file = await signedFile();
    const changed = Buffer.from(file.bytes);
    const place = changed.indexOf('a-mixed-ready');
    changed.write('b', place);
    const path = join(file.folder, 'changed.pdf');
    writeFileSync(path, changed);
    expect(place).toBeGreaterThan(0);
    expect(pdfsig(path, file)).toContain('Digest Mismatch');
  });

  it('has no signature where none is wanted', async () => {
    const file = await signedFile({ signature: 'none' });
    expect(pdfsig(file.path, file)).not.toContain('Signature #');
  });
});

describe.skipIf(!requireTool('qpdf'))('a signed PDF, read by qpdf', () => {
  it.each(['p256', 'rsa', 'sm2', 'ses'] as const)('has no errors: %s', async (signature) => {
    const { path } = await signedFile({ signature });
    expect(execFileSync('qpdf', ['--check', path], { encoding: 'utf8' })).toContain(
      'No syntax or stream encoding errors',
    );
  });
});

describe.skipIf(!['pdfinfo', 'pdftoppm'].every((tool) => requireTool(tool)))('a signed PDF', () => {
  it('tells programs what annotation it is, under the signature', async () => {
    const { path } = await signedFile();
    const info = execFileSync('pdfinfo', ['-custom', path], { encoding: 'utf8' });
    expect(info).toMatch(/CertAnnotationId:\s*a-mixed-ready\n/);
    expect(info).toMatch(/CertScenario:\s*self\n/);
    expect(info).toMatch(/CertValidUntil:\s*\d{4}-\d{2}-\d{2}\n/);
  });

  it('looks as it does without a signature', async () => {
    const picture = async (signature: SignatureKind) => {
      const { path } = await signedFile({ signature, now: () => new Date('2026-11-24T10:00:00+08:00') });
      execFileSync('pdftoppm', ['-r', '50', '-gray', '-singlefile', path, path]);
      return readFileSync(`${path}.pgm`);
    };
    expect((await picture('p256')).equals(await picture('none'))).toBe(true);
  });
});

describe.skipIf(!requireTool('openssl'))('a signature, checked by OpenSSL', () => {
  it.each(['p256', 'rsa'] as const)('is a CAdES signature of these bytes: %s', async (signature) => {
    const file = await signedFile({ signature });
    const { container, content } = written(file);
    const args = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', container, '-content', content];
    const { stderr } = spawnSync('openssl', [...args, '-CAfile', file.root, '-purpose', 'any', '-out', '/dev/null']);
    expect(String(stderr)).toContain('CAdES Verification successful');
  });

  it('is one of SM2 with SM3, up to the root', async () => {
    const file = await signedFile({ signature: 'sm2' });
    const { container, content } = partsOf(file.bytes);
    const info = ContentInfo.fromBER(Uint8Array.from(container));
    const { certificates = [], signerInfos } = new SignedData({ schema: info.content });
    const [signer] = signerInfos;
    const own = certificates.find(
      (candidate): candidate is Certificate =>
        candidate instanceof Certificate && candidate.serialNumber.isEqual(signer?.sid.serialNumber),
    );
    const issuer = certificates.find((candidate) => candidate !== own) as Certificate;
    const paths = saved(file, {
      'own.pem': pem('CERTIFICATE', own?.toSchema().toBER()),
      'issuer.pem': pem('CERTIFICATE', issuer.toSchema().toBER()),
      'key.pem': pem('PUBLIC KEY', own?.subjectPublicKeyInfo.toSchema().toBER()),
      'signed.der': Buffer.from(signer?.signedAttrs?.encodedValue ?? new ArrayBuffer()),
      'signature.der': Buffer.from(signer?.signature.valueBlock.valueHexView ?? []),
      content,
    });
    const identity = 'distid:1234567812345678';
    const run = (args: readonly string[]) => execFileSync('openssl', args, { encoding: 'utf8' });

    const chain = ['verify', '-vfyopt', identity, '-CAfile', file.root, '-untrusted', paths('issuer.pem')];
    expect(run([...chain, paths('own.pem')])).toContain('OK');
    const key = ['-pubin', '-inkey', paths('key.pem'), '-sigfile', paths('signature.der')];
    expect(
      run(['pkeyutl', '-verify', '-rawin', '-digest', 'sm3', '-pkeyopt', identity, ...key, '-in', paths('signed.der')]),
    ).toContain('Signature Verified Successfully');
    const digest = signer?.signedAttrs?.attributes.find(({ type }) => type === '1.2.840.113549.1.9.4')?.values[0];
    expect(run(['dgst', '-sm3', '-hex', paths('content')])).toContain(
      Buffer.from(digest.valueBlock.valueHexView).toString('hex'),
    );
  });
});

const pem = (label: string, der: ArrayBuffer = new ArrayBuffer()) =>
  `-----BEGIN ${label}-----\n${Buffer.from(der)
    .toString('base64')
    .replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`;

function saved({ folder }: SignedFile, files: Readonly<Record<string, string | Buffer>>) {
  for (const [name, contents] of Object.entries(files)) writeFileSync(join(folder, name), contents);
  return (name: keyof typeof files & string) => join(folder, name);
}

function written(file: SignedFile): { container: string; content: string } {
  const paths = saved(file, { ...partsOf(file.bytes) });
  return { container: paths('container'), content: paths('content') };
}
