import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Installation, installation } from '../../support/cert.ts';
import { ecKey, issue, pem } from '../../support/certificates.ts';
import { container } from '../../support/containers.ts';
import { signedPdf } from '../../support/hand-made-pdf.ts';
import { ORIGIN, testClock, useSandbox } from '../../support/sandbox.ts';

useSandbox();
const VALIDITY = { from: new Date('2020-01-01T00:00:00+08:00'), to: new Date('2039-12-31T23:59:59+08:00') };
const [one, two] = ['One', 'Two'].map((name) => issue({ name, key: ecKey(), ca: true, ...VALIDITY })) as [
  ReturnType<typeof issue>,
  ReturnType<typeof issue>,
];
const signer = issue({ name: 'Signer', key: ecKey(), issuer: one });
const pdf = signedPdf({ container: (content) => container(content, { signer }) });
const fingerprintOf = ({ der }: typeof one) => new X509Certificate(der).fingerprint256;
const HERE = { clock: testClock() };

function machine(): Installation {
  const cert = installation();
  const write = (name: string, contents: string | Buffer) => writeFileSync(join(cert.folder, name), contents);
  write('one.pem', pem(one.der));
  write('both.pem', `a comment\r\n${pem(one.der)}${pem(two.der)}`);
  write('two.cer', two.der);
  write('a.pdf', pdf);
  return cert;
}

const names = async (cert: Installation, options = '') =>
  (await cert.run(`trust list --json ${options}`, HERE)).json.data.trustAnchors.map(
    ({ name }: { name: string }) => name,
  );

describe('cert trust', () => {
  it('makes a verdict valid from then on, until it is removed', async () => {
    const cert = machine();
    expect((await cert.run('verify a.pdf', HERE)).code).toBe(7);
    const added = await cert.run('trust add one.pem --json', HERE);
    expect(added.json.data.trustAnchors).toMatchObject([
      { name: 'One', sha256: fingerprintOf(one).replaceAll(':', '').toLowerCase(), profile: null },
    ]);
    expect((await cert.run('verify a.pdf', HERE)).code).toBe(0);
    expect((await cert.run(`trust remove ${fingerprintOf(one)}`, HERE)).code).toBe(0);
    expect((await cert.run('verify a.pdf', HERE)).code).toBe(7);
    expect(await names(cert)).toEqual([]);
  });

  it('finds a fingerprint as a dialog of Windows copies it', async () => {
    const cert = machine();
    await cert.run('trust add one.pem', HERE);
    const copied = `\u200e${fingerprintOf(one).replaceAll(':', ' ').toLowerCase()}`;
    expect((await cert.run(['trust', 'remove', copied], HERE)).code).toBe(0);
    expect(await names(cert)).toEqual([]);
  });

  it('takes several certificates of a file, DER too, each once', async () => {
    const cert = machine();
    await cert.run('trust add both.pem', HERE);
    await cert.run('trust add two.cer', HERE);
    await cert.run('trust add both.pem', HERE);
    expect(await names(cert)).toEqual(['One', 'Two']);
    const { out } = await cert.run('trust list', HERE);
    for (const shown of ['CN=One', '2020-01-01', '2039-12-31', fingerprintOf(two).replaceAll(':', '').toLowerCase()])
      expect(out).toContain(shown);
  });

  it.runIf(process.platform !== 'win32')('keeps them for the owner alone', async () => {
    const cert = machine();
    await cert.run('trust add one.pem', HERE);
    expect(statSync(join(cert.folder, 'config')).mode & 0o777).toBe(0o700);
    expect(statSync(join(cert.folder, 'config', 'trust.json')).mode & 0o777).toBe(0o600);
  });

  it('belongs to the profile in use; what was added without one is for every profile', async () => {
    const cert = machine();
    await cert.run('trust add two.cer', HERE);
    for (const username of ['demo_nurse', 'demo_full'])
      await cert.run(`login -u ${username} --password-stdin`, { ...HERE, stdin: 'Sandbox2026' });
    const { json } = await cert.run('trust add one.pem --profile demo_nurse --json', HERE);
    expect(json.data.trustAnchors[0].profile).toBe('demo_nurse');
    expect(await names(cert, '--profile demo_nurse')).toEqual(['One', 'Two']);
    expect(await names(cert, '--profile demo_full')).toEqual(['Two']);
    expect((await cert.run('verify a.pdf --profile demo_nurse', HERE)).code).toBe(0);
    expect((await cert.run('verify a.pdf', HERE)).code).toBe(7);
    expect((await cert.run('trust list', { ...HERE, env: { CERT_PORTAL: ORIGIN } })).out).not.toContain('CN=One');
  });

  it('goes with the name of a profile, and with the profile', async () => {
    const cert = machine();
    const logIn = () => cert.run('login -u demo_nurse --password-stdin', { ...HERE, stdin: 'Sandbox2026' });
    await logIn();
    await cert.run('trust add one.pem', HERE);
    expect((await cert.run('profile rename demo_nurse other', HERE)).code).toBe(0);
    expect(await names(cert, '--profile other')).toEqual(['One']);
    expect((await cert.run('profile remove other', HERE)).code).toBe(0);
    await logIn();
    expect(await names(cert)).toEqual([]);
    await cert.run('profile rename demo_nurse other', HERE);
    expect(await names(cert)).toEqual([]);
  });

  it('keeps both of two that are added at once', async () => {
    const cert = machine();
    await Promise.all(['one.pem', 'two.cer'].map((file) => cert.run(`trust add ${file}`, HERE)));
    expect((await names(cert)).sort()).toEqual(['One', 'Two']);
  });

  it.each([
    ['trust add missing.pem', 3, 'FILE_NOT_FOUND'],
    ['trust add a.pdf', 2, 'TRUST_FILE_INVALID'],
    ['trust add empty.pem', 2, 'TRUST_FILE_INVALID'],
    ['trust add key.pem', 2, 'TRUST_FILE_INVALID'],
    ['trust add cut.pem', 2, 'TRUST_FILE_INVALID'],
    ['trust add junk.pem', 2, 'TRUST_FILE_INVALID'],
    ['trust add half.pem', 2, 'TRUST_FILE_INVALID'],
    ['trust add long.pem', 2, 'TRUST_FILE_INVALID'],
    ['trust remove 0123456789', 3, 'TRUST_ANCHOR_NOT_FOUND'],
    ['trust remove 1', 3, 'TRUST_ANCHOR_NOT_FOUND'],
    ['trust', 2, 'USAGE'],
    ['trust add', 2, 'USAGE'],
  ])('%s: exit %i %s, nothing is trusted', async (line, exit, error) => {
    const cert = machine();
    const begin = '-----BEGIN CERTIFICATE-----\n';
    const files = {
      'empty.pem': '',
      'key.pem': '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n',
      'cut.pem': pem(one.der).slice(0, 200),
      'junk.pem': `${begin}%%%%\n-----END CERTIFICATE-----\n`,
      'half.pem': `${pem(one.der)}${pem(two.der.subarray(0, 100))}`,
      'long.pem': begin.repeat(40_000),
    };
    for (const [name, contents] of Object.entries(files)) writeFileSync(join(cert.folder, name), contents);
    const { code, json } = await cert.run(`${line} --json`, HERE);
    expect({ code, error: json.error.code }).toEqual({ code: exit, error });
    expect(await names(cert)).toEqual([]);
  });

  it('does not say yes to a fingerprint that fits two', async () => {
    const cert = machine();
    await cert.run('trust add both.pem', HERE);
    const { code } = await cert.run(['trust', 'remove', '', '--json'], HERE);
    expect(code).toBe(3);
    expect(await names(cert)).toEqual(['One', 'Two']);
  });

  it.each([
    '{"schemaVersion":1',
    '{"schemaVersion":2}',
    '{"schemaVersion":1,"everyProfile":["%"],"profiles":{}}',
    '[]',
  ])('leaves a damaged file as it is: %s', async (contents) => {
    const cert = machine();
    await cert.run('trust add one.pem', HERE);
    const path = join(cert.folder, 'config', 'trust.json');
    writeFileSync(path, contents);
    for (const line of ['trust add two.cer', 'trust list', 'verify a.pdf']) {
      const { code, json } = await cert.run(`${line} --json`, HERE);
      expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'CONFIG_INVALID' });
    }
    expect(readFileSync(path, 'utf8')).toBe(contents);
  });
});
