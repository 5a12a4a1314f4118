import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CertError } from '../../../src/errors.ts';
import { installation } from '../../support/cert.ts';
import { brokenKeychain } from '../../support/memory-secrets.ts';
import { onDisk } from '../../support/on-disk.ts';
import { useSandbox } from '../../support/sandbox.ts';

const sandbox = useSandbox();
const here = () => ({ clock: sandbox.clock });
const PASSWORD = 'Sandbox2026';
const PASSPHRASE = 'planted passphrase';
const env = { CERT_PASSPHRASE: PASSPHRASE };
const LOGIN = 'login -u demo_nurse --password-stdin --json';
const NO_KEYCHAIN = [
  new CertError('SECRET_STORE_UNAVAILABLE', { store: 'keychain', reason: 'no-service' }),
  new CertError('SECRET_STORE_LOCKED', { store: 'keychain' }),
  new CertError('SECRET_STORE_DISMISSED', { store: 'keychain' }),
  new CertError('SECRET_STORE_TIMED_OUT', { store: 'keychain', afterMs: 3_000 }),
];

describe('--store file', () => {
  it('keeps the login in an encrypted file, for later runs with the passphrase', async () => {
    const cert = installation();
    const login = await cert.run(`${LOGIN} --store file`, { ...here(), env, stdin: PASSWORD });
    expect(login).toMatchObject({ code: 0, json: { data: { profile: { store: 'file' } } } });
    expect(cert.secrets.entries.size).toBe(0);
    expect(onDisk(cert.folder)).not.toMatch(/planted|Sandbox2026|accessToken/);

    expect((await cert.run('list --json', { ...here(), env })).code).toBe(0);
    expect((await cert.run('whoami --json', { ...here(), env })).json.data.profile.secretsIn).toBe('file');
    writeFileSync(join(cert.folder, 'phrase'), `${PASSPHRASE}\n`);
    expect((await cert.run('list --json --passphrase-file phrase', here())).code).toBe(0);
    expect((await sandbox.state()).received.logIns).toEqual({ demo_nurse: 1 });

    const nobody = await cert.run('list --json', here());
    expect({ code: nobody.code, error: nobody.json.error.code }).toEqual({ code: 2, error: 'INPUT_REQUIRED' });
    expect(nobody.json.error.hint).toContain('CERT_PASSPHRASE');
    const wrong = await cert.run('list --json', { ...here(), env: { CERT_PASSPHRASE: 'another one' } });
    expect({ code: wrong.code, error: wrong.json.error.code }).toEqual({ code: 11, error: 'PASSPHRASE_WRONG' });

    expect((await cert.run('logout --json', { ...here(), env })).code).toBe(0);
    expect(existsSync(join(cert.folder, 'config', 'secrets.age'))).toBe(false);
  });

  it('has a person choose the passphrase before the password, and stays where it is at the next login', async () => {
    const cert = installation();
    const login = await cert.run('login -u demo_nurse --store file', {
      ...here(),
      answers: [PASSPHRASE, PASSPHRASE, PASSWORD],
    });
    expect({ code: login.code, last: login.asked.at(-1) }).toEqual({ code: 0, last: 'Password' });
    const again = await cert.run('login -u demo_nurse', { ...here(), answers: ['not this one', PASSPHRASE, PASSWORD] });
    expect({ code: again.code, inKeychain: cert.secrets.entries.size }).toEqual({ code: 0, inKeychain: 0 });
  });

  it.each([
    [{}, 'INPUT_REQUIRED', 2],
    [{ CERT_PASSPHRASE: 'short' }, 'PASSPHRASE_TOO_SHORT', 2],
  ])('needs a passphrase before anything is sent: %j', async (environment, error, exit) => {
    const options = { ...here(), env: environment as Record<string, string>, stdin: PASSWORD };
    const { code, json } = await installation().run(`${LOGIN} --store file`, options);
    expect({ code, error: json.error.code }).toEqual({ code: exit, error });
    expect((await sandbox.state()).received.logIns).toEqual({});
  });
});

describe('a login without a keychain', () => {
  it.each(NO_KEYCHAIN)('fails before the password is used: $code', async (failure) => {
    const { code, json } = await installation().run(LOGIN, {
      ...here(),
      stdin: PASSWORD,
      keychain: brokenKeychain(failure),
    });
    expect({ code, error: json.error.code }).toEqual({ code: 11, error: failure.code });
    expect(json.error.hint).toContain('--store file');
    expect(json.error.hint).toContain('CERT_TOKEN');
    expect((await sandbox.state()).received.logIns).toEqual({});
  });

  it.each(NO_KEYCHAIN)('offers a person to keep nothing: $code', async (failure) => {
    const keychain = brokenKeychain(failure);
    const login = await installation().run('login -u demo_nurse', {
      ...here(),
      keychain,
      answers: ['Nowhere', PASSWORD],
    });
    expect(login.code).toBe(0);
  });

  it('offers a person the encrypted file', async () => {
    const cert = installation();
    const keychain = brokenKeychain(NO_KEYCHAIN[0] as CertError);
    const answers = ['encrypted file', PASSPHRASE, PASSPHRASE, PASSWORD];
    expect((await cert.run('login -u demo_nurse', { ...here(), keychain, answers })).code).toBe(0);
    expect((await cert.run('list --json', { ...here(), keychain, env })).code).toBe(0);
  });

  it('offers nothing to somebody who asked for the keychain', async () => {
    const keychain = brokenKeychain(NO_KEYCHAIN[0] as CertError);
    const { code } = await installation().run('login -u demo_nurse --store keychain', {
      ...here(),
      keychain,
      answers: [],
    });
    expect(code).toBe(11);
  });

  it('is not needed with a token', async () => {
    const keychain = brokenKeychain(NO_KEYCHAIN[0] as CertError);
    const { json } = await installation().run('list --json', {
      ...here(),
      keychain,
      env: { CERT_TOKEN: 'ended-token' },
    });
    expect(json.error.code).toBe('SESSION_EXPIRED');
  });
});
