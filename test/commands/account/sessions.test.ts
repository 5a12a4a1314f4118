import { describe, expect, it } from 'vitest';
import { CertError } from '../../../src/errors.ts';
import type { Fetch } from '../../../src/ports/http.ts';
import type { SecretStore } from '../../../src/ports/secrets.ts';
import { as, globalFetch, type Installation, installation } from '../../support/cert.ts';
import { brokenKeychain } from '../../support/memory-secrets.ts';
import { ORIGIN, useSandbox } from '../../support/sandbox.ts';

const sandbox = useSandbox({ pageSize: 100 });
const here = () => ({ clock: sandbox.clock });
const PASSWORD = 'Sandbox2026';
const passwordOf = (username: string) => `password:${username}@${ORIGIN}`;
const sessionOf = (username: string) => `session:${username}@${ORIGIN}`;

async function loggedIn(username: string): Promise<Installation> {
  const cert = installation();
  const { code } = await cert.run(`login -u ${username} --password-stdin`, { ...here(), stdin: PASSWORD });
  expect(code).toBe(0);
  return cert;
}

/** The portal ends all sessions just before the `nth` request for a path that fits. */
function sessionsEndBefore(path: RegExp, nth = 1): Fetch {
  let left = nth;
  return async (request) => {
    if (path.test(`${request.method} ${new URL(request.url).pathname}`)) left -= 1;
    if (left === 0) {
      left = -1;
      await sandbox.control('DELETE', '/sessions');
    }
    return globalFetch(request);
  };
}

const logIns = async (username: string) => (await sandbox.state()).received.logIns[username];
const token = (cert: Installation, username: string): string =>
  JSON.parse(cert.secrets.entries.get(sessionOf(username)) ?? '{}').accessToken;

/** Something between here and the portal answers every login in its place. */
function gatewayBefore(contents: string, type: string) {
  let logIns = 0;
  const fetch: Fetch = async (request) => {
    if (request.method !== 'POST' || !request.url.endsWith('/sessions')) return globalFetch(request);
    logIns += 1;
    const body = (async function* () {
      yield Buffer.from(contents);
    })();
    return { status: 401, headers: { 'content-type': type }, body };
  };
  return { fetch, logIns: () => logIns };
}

describe('a password', () => {
  it.each([
    ['an empty body', '', ''],
    ['a page', '<html>Sign in</html>', 'text/html'],
    ['JSON of its own', '{"error":"unauthorized"}', 'application/json'],
  ])('is tried once and stays stored when a gateway answers 401 with %s', async (_, contents, type) => {
    const cert = await loggedIn('demo_nurse');
    cert.secrets.entries.delete(sessionOf('demo_nurse'));
    const { fetch, logIns } = gatewayBefore(contents, type);
    const { code, json } = await cert.run('list --json', { ...here(), fetch });
    expect({ code, error: json.error.code, logIns: logIns() }).toEqual({
      code: 10,
      error: 'PORTAL_PROTOCOL',
      logIns: 1,
    });
    expect(cert.secrets.entries.get(passwordOf('demo_nurse'))).toBe(PASSWORD);
    expect((await cert.run('list --json', here())).code).toBe(0);
  });
});

describe('a session', () => {
  it('is known by its end', async () => {
    const cert = installation();
    const login = await cert.run('login -u demo_nurse --password-stdin', { ...here(), stdin: PASSWORD });
    expect(login.err).toContain('2026-11-24 10:30');
    const whoami = await cert.run('whoami', here());
    expect(whoami.out).toMatch(/keychain[\s\S]*2026-11-24 10:30/);
  });

  it.each([
    ['paging', 'demo_many', 'list --json', /GET .*\/certificates$/, 4],
    ['a download', 'demo_mixed', 'download c-mixed-ready -o - --quiet', /GET .*\/file$/, 1],
    ['an application', 'demo_nurse', 'annotate 护士 --yes --json', /POST .*\/annotations$/, 1],
    ['a look', 'demo_nurse', 'history 护士 --json', /GET .*\/annotations$/, 1],
  ])('that ends in the middle of %s is renewed once with the stored password', async (_, user, line, path, nth) => {
    const cert = await loggedIn(user);
    const before = (await sandbox.state()).annotations.length;
    const { code } = await cert.run(line, { ...here(), fetch: sessionsEndBefore(path, nth) });
    expect({ code, logIns: await logIns(user) }).toEqual({ code: 0, logIns: 2 });
    const applied = (await sandbox.state()).annotations.length - before;
    expect(applied).toBe(line.startsWith('annotate') ? 1 : 0);
  });

  it('that ends between the parts of a file is renewed', async () => {
    const cert = await loggedIn('demo_mixed');
    await sandbox.control('POST', '/faults', { route: 'annotationFile', kind: 'cut', times: 1 });
    const { code, json } = await cert.run('download c-mixed-ready -o . --json', {
      ...here(),
      fetch: sessionsEndBefore(/GET .*\/file$/, 2),
    });
    expect({ code, outcome: json.data.results[0].outcome }).toEqual({ code: 0, outcome: 'saved' });
    expect(await logIns('demo_mixed')).toBe(2);
  });

  it('that ends again and again in a long wait is renewed each time', async () => {
    await sandbox.control('POST', '/settings', { generateAfterMs: 3 * 3_600_000, sessionLifeMs: 30 * 60_000 });
    const cert = await loggedIn('demo_nurse');
    expect((await cert.run('annotate 护士 --yes --wait --json', here())).code).toBe(0);
    const times = await logIns('demo_nurse');
    expect(times).toBeGreaterThanOrEqual(6);
    expect(times).toBeLessThanOrEqual(8);
    expect((await cert.run('list --json', here())).code).toBe(0);
    expect(await logIns('demo_nurse')).toBe(times);
  });
});

describe('a stored password that is wrong', () => {
  it.each([
    ['list --json', 'demo_nurse'],
    ['wait --json', 'demo_mixed'],
  ])('is tried once, and never by a later run: %s', async (line, user) => {
    const cert = await loggedIn(user);
    cert.secrets.entries.set(passwordOf(user), 'Changed2026');
    await sandbox.control('POST', '/clock', { advanceMs: 31 * 60_000 });
    const refused = await cert.run(line, here());
    expect({ code: refused.code, error: refused.json.error.code }).toEqual({ code: 4, error: 'INVALID_CREDENTIALS' });
    expect(await logIns(user)).toBe(2);
    for (let run = 0; run < 3; run += 1) expect((await cert.run(line, here())).code).toBe(4);
    expect({ logIns: await logIns(user), left: cert.secrets.entries.has(passwordOf(user)) }).toEqual({
      logIns: 2,
      left: false,
    });
  });

  it('of an account that is locked is kept, and the end of the lock and the way out are told', async () => {
    const cert = await loggedIn('demo_nurse');
    for (let attempt = 0; attempt < 5; attempt += 1)
      await cert.run('list', { ...here(), env: as('demo_nurse', 'Wrong2026x') });
    await sandbox.control('DELETE', '/sessions');
    const locked = await cert.run('list --json', here());
    expect({ code: locked.code, error: locked.json.error.code }).toEqual({ code: 4, error: 'ACCOUNT_LOCKED' });
    expect(locked.out).toContain('2026-11-24 10:15');
    expect(locked.json.error.hint).toMatch(/reset the password.*log in again.*000-00000000/);
    await sandbox.control('POST', '/clock', { advanceMs: 16 * 60_000 });
    expect((await cert.run('list --json', here())).code).toBe(0);
  });
});

describe('a token', () => {
  /** The token of a session that somebody else has made. */
  const someToken = async (username = 'demo_nurse') => token(await loggedIn(username), username);

  it('is checked, kept, and used by later runs', async () => {
    const cert = installation();
    const login = await cert.run('login --with-token -u demo_nurse --json', {
      ...here(),
      stdin: `${await someToken()}\n`,
    });
    expect(login).toMatchObject({
      code: 0,
      json: { data: { profile: { username: 'demo_nurse', sessionExpiresAt: null }, notice: null } },
    });
    expect([...cert.secrets.entries.keys()]).toEqual([sessionOf('demo_nurse')]);
    expect((await cert.run('list --json', here())).code).toBe(0);
    const whoami = await cert.run('whoami --json', here());
    expect(whoami.json.data.profile).toMatchObject({ secretsIn: 'keychain', sessionExpiresAt: null, holder: null });
    expect((await cert.run('whoami', here())).out).toContain('not known');
  });

  it('is asked for in a terminal, and replaces a password', async () => {
    const cert = await loggedIn('demo_nurse');
    const login = await cert.run('login --with-token', { ...here(), answers: [token(cert, 'demo_nurse')] });
    expect({ code: login.code, asked: login.asked }).toEqual({ code: 0, asked: ['Token'] });
    expect([...cert.secrets.entries.keys()]).toEqual([sessionOf('demo_nurse')]);
    expect(login.err).toContain('No password is kept');
  });

  it('can accept the service notice', async () => {
    const cert = installation();
    const line = 'login --with-token -u demo_new --accept-notice 2026-01 --json';
    const { code, json } = await cert.run(line, { ...here(), stdin: await someToken('demo_mixed') });
    expect({ code, notice: json.data.notice }).toEqual({ code: 0, notice: { version: '2026-01', accepted: true } });
  });

  it.each([
    ['login --with-token -u demo_nurse --json', 'ended-token', 4, 'TOKEN_REFUSED'],
    ['login --with-token -u demo_nurse --json', 'two words', 2, 'USAGE'],
    ['login --with-token -u demo_nurse --json', 'short', 2, 'USAGE'],
    ['login --with-token -u demo_nurse --json', 'x'.repeat(1_501), 2, 'USAGE'],
    ['login --with-token -u demo_nurse --json', '', 2, 'INPUT_REQUIRED'],
    ['login --with-token --json', 'ended', 2, 'INPUT_REQUIRED'],
    ['login --with-token --password-stdin -u demo_nurse --json', 'ended', 2, 'USAGE'],
    ['login --with-token --store none -u demo_nurse --json', 'ended', 2, 'USAGE'],
  ])('that cannot be kept: %s < %j', async (line, stdin, exit, error) => {
    const cert = installation();
    const { code, json } = await cert.run(line, { ...here(), stdin });
    expect({ code, error: json.error.code }).toEqual({ code: exit, error });
    expect(cert.secrets.entries.size).toBe(0);
  });

  it('cannot be renewed: a wait ends with the line that resumes it', async () => {
    const cert = installation();
    await cert.run('login --with-token -u demo_mixed', { ...here(), stdin: await someToken('demo_mixed') });
    await sandbox.control('DELETE', '/sessions');
    const { code, json } = await cert.run('list --json', here());
    expect({ code, error: json.error.code }).toEqual({ code: 4, error: 'SESSION_EXPIRED' });
    expect(json.error.hint).toContain('cert login --with-token');
  });

  it.each([
    ['wait c-mixed-generating --json', 'cert wait c-mixed-generating'],
    ['get c-mixed-generating --yes --json', 'c-mixed-generating'],
  ])('of the environment that ends in the middle tells how to resume: %s', async (line, resume) => {
    const env = { CERT_TOKEN: await someToken('demo_mixed') };
    const fetch = sessionsEndBefore(/GET .*\/annotations\/[^/]+$/, 1);
    const { code, json } = await installation().run(line, { ...here(), env, fetch });
    expect({ code, error: json.error.code }).toEqual({ code: 4, error: 'SESSION_EXPIRED' });
    expect(json.error.hint).toContain('CERT_TOKEN');
    expect(json.error.hint).toContain(resume);
    expect(await logIns('demo_mixed')).toBe(1);
  });
});

describe('cert logout', () => {
  it('leaves a profile for which no store is asked any more', async () => {
    const cert = await loggedIn('demo_nurse');
    expect((await cert.run('logout', here())).code).toBe(0);
    const keychain = brokenKeychain(new CertError('SECRET_STORE_LOCKED', { store: 'keychain' }));
    const { code, json } = await cert.run('list --json', { ...here(), keychain });
    expect({ code, error: json.error.code }).toEqual({ code: 4, error: 'LOGIN_REQUIRED' });
  });

  it('fails where the secrets cannot be erased, without a word about the portal', async () => {
    const cert = await loggedIn('demo_nurse');
    const keychain = brokenKeychain(new CertError('SECRET_STORE_LOCKED', { store: 'keychain' }));
    const { code, err } = await cert.run('logout', { ...here(), keychain });
    expect(code).toBe(11);
    expect(err).not.toContain('portal');
  });

  it('of all goes on past one whose secrets cannot be erased, and tells which', async () => {
    const cert = await loggedIn('demo_nurse');
    for (const username of ['demo_full', 'demo_mixed'])
      await cert.run(`login -u ${username} --password-stdin`, { ...here(), stdin: 'Sandbox2026' });
    const keychain: SecretStore = {
      ...cert.secrets,
      delete: async (key) => {
        if (key.username === 'demo_full') throw new CertError('SECRET_STORE_LOCKED', { store: 'keychain' });
        return cert.secrets.delete(key);
      },
    };
    const { code, json } = await cert.run('logout --all --json', { ...here(), keychain });
    expect({ code, error: json.error.code }).toEqual({ code: 11, error: 'SECRET_STORE_LOCKED' });
    expect(json.data).toEqual({ loggedOut: ['demo_nurse', 'demo_mixed'] });
    const kept = [...cert.secrets.entries.keys()].map((name) => name.replace(/^\w+:|@.*$/g, ''));
    expect(new Set(kept)).toEqual(new Set(['demo_full']));
  });
});
