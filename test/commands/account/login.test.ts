import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { as, installation } from '../../support/cert.ts';
import { ORIGIN, useSandbox } from '../../support/sandbox.ts';

const sandbox = useSandbox();
const here = () => ({ clock: sandbox.clock });
const PASSWORD = 'Sandbox2026';

describe('cert login', () => {
  it('tries the password of the environment for its own account only', async () => {
    const cert = installation();
    const run = await cert.run('login -u demo_mixed --json', { ...here(), env: as('demo_nurse') });
    expect({ code: run.code, error: run.json.error.code }).toEqual({ code: 2, error: 'INPUT_REQUIRED' });
    expect((await sandbox.state()).received.logIns).toEqual({});
    expect((await cert.run('login -u demo_nurse --json', { ...here(), env: as('demo_nurse') })).code).toBe(0);
  });

  it('keeps password and session in the keychain, and nothing secret in the settings', async () => {
    const cert = installation();
    const { code, json } = await cert.run('login -u demo_nurse --password-stdin --json', {
      ...here(),
      stdin: `${PASSWORD}\n`,
    });
    expect(code).toBe(0);
    expect(json.data).toMatchObject({
      profile: { name: 'demo_nurse', portal: ORIGIN, username: 'demo_nurse', store: 'keychain' },
      notice: { accepted: true },
    });
    expect([...cert.secrets.entries.keys()].sort()).toEqual([
      `password:demo_nurse@${ORIGIN}`,
      `session:demo_nurse@${ORIGIN}`,
    ]);
    expect(readFileSync(join(cert.folder, 'config', 'config.json'), 'utf8')).not.toContain(PASSWORD);
    expect((await cert.run('list --json', here())).json.data.certificates).toHaveLength(2);
    expect((await sandbox.state()).received.logIns).toEqual({ demo_nurse: 1 });
  });

  it('asks for user name and password in a terminal', async () => {
    const cert = installation();
    const { code, asked } = await cert.run('login', { ...here(), answers: ['demo_nurse', PASSWORD] });
    expect({ code, questions: asked.length }).toEqual({ code: 0, questions: 2 });
  });

  it('shows the service notice at the first login and asks for consent', async () => {
    const cert = installation();
    const { code, err } = await cert.run('login -u demo_new', { ...here(), answers: [PASSWORD, true] });
    expect(code).toBe(0);
    expect(err).toContain('服务须知');
    expect((await cert.run('annotate --all --yes --json', here())).code).toBe(0);
  });

  it('stays logged in without consent, and says what is missing', async () => {
    const cert = installation();
    const declined = await cert.run('login -u demo_new', { ...here(), answers: [PASSWORD, false] });
    expect(declined.code).toBe(6);
    expect((await cert.run('list --json', here())).code).toBe(0);
  });

  it('needs consent by version without a terminal', async () => {
    const cert = installation();
    const stdin = { ...here(), stdin: PASSWORD };
    const without = await cert.run('login -u demo_new --password-stdin --json', stdin);
    expect({ code: without.code, error: without.json.error.code }).toEqual({ code: 6, error: 'NOTICE_NOT_ACCEPTED' });
    const wrong = await cert.run('login -u demo_new --password-stdin --accept-notice 2020-01 --json', stdin);
    expect(wrong.code).toBe(6);
    const right = await cert.run('login -u demo_new --password-stdin --accept-notice 2026-01 --json', stdin);
    expect(right).toMatchObject({ code: 0, json: { data: { notice: { accepted: true } } } });
  });

  it.each([
    ['login --json', {}, 2, 'INPUT_REQUIRED'],
    ['login -u demo_nurse --json', {}, 2, 'INPUT_REQUIRED'],
    ['login --password-stdin --json', { stdin: PASSWORD }, 2, 'USAGE'],
    ['login -u demo_nurse --password-stdin --json', { stdin: '' }, 2, 'INPUT_REQUIRED'],
    ['login -u demo_nurse --password-stdin --json', { stdin: 'Wrong2026x' }, 4, 'INVALID_CREDENTIALS'],
    ['login -u Demo_Nurse --password-stdin --json', { stdin: PASSWORD }, 4, 'INVALID_CREDENTIALS'],
    ['login -u demo_nurse --password-stdin --store clay --json', { stdin: PASSWORD }, 2, 'USAGE'],
    ['login -u demo_nurse --json', { env: { CERT_PORTAL: '' } }, 2, 'PORTAL_NOT_CONFIGURED'],
  ])('%s: exit', async (line, options, exit, error) => {
    const cert = installation();
    const { code, json } = await cert.run(line, { ...here(), ...options });
    expect({ code, error: json.error.code }).toEqual({ code: exit, error });
    expect(cert.secrets.entries.size).toBe(0);
  });

  it('tells when an account is locked, and until when', async () => {
    const cert = installation();
    const attempt = () => cert.run('login -u demo_nurse --password-stdin --json', { ...here(), stdin: 'Wrong2026x' });
    for (let count = 0; count < 4; count += 1) expect((await attempt()).json.error.code).toBe('INVALID_CREDENTIALS');
    const locked = await attempt();
    expect({ code: locked.code, error: locked.json.error.code }).toEqual({ code: 4, error: 'ACCOUNT_LOCKED' });
    expect(locked.out).toContain('2026-11-24 10:15');
  });

  it.each(['image', 'sms'])('lets a person answer a challenge, again after a wrong answer: %s', async (challenge) => {
    await sandbox.control('POST', '/settings', { challenge });
    const cert = installation();
    const right = async () => {
      const { challenges } = (await sandbox.control('GET', '/challenges')) as { challenges: { answer: string }[] };
      return challenges.at(-1)?.answer;
    };
    const { code, asked, err } = await cert.run('login -u demo_nurse', {
      ...here(),
      answers: [PASSWORD, 'wrong', right],
    });
    expect({ code, questions: asked.length }).toEqual({ code: 0, questions: 3 });
    expect(err.match(/was not right/g)).toHaveLength(1);
    expect(cert.viewed).toHaveLength(challenge === 'image' ? 2 : 0);
    for (const picture of cert.viewed) expect(existsSync(picture)).toBe(false);
  });

  it('gives up after three wrong answers', async () => {
    await sandbox.control('POST', '/settings', { challenge: 'sms' });
    const answers = [PASSWORD, 'wrong', 'wrong', 'wrong'];
    const { code } = await installation().run('login -u demo_nurse', { ...here(), answers });
    expect(code).toBe(4);
  });

  it('cannot answer a challenge without a person', async () => {
    await sandbox.control('POST', '/settings', { challenge: 'sms' });
    const { code, json } = await installation().run('list --json', { ...here(), env: as('demo_nurse') });
    expect({ code, error: json.error.code }).toEqual({ code: 4, error: 'CHALLENGE_REQUIRED' });
  });
});

describe('cert logout and whoami', () => {
  it('says who is logged in, and erases the secrets here and the session there', async () => {
    const cert = installation();
    await cert.run('login -u demo_nurse --password-stdin', { ...here(), stdin: PASSWORD });
    const { json } = await cert.run('whoami --json', here());
    expect(json.data.profile).toMatchObject({
      name: 'demo_nurse',
      portal: { value: ORIGIN, source: 'environment' },
      secretsIn: 'keychain',
      sessionExpiresAt: '2026-11-24T10:30:00+08:00',
      holder: { name: '样**' },
    });
    const token = JSON.parse(cert.secrets.entries.get(`session:demo_nurse@${ORIGIN}`) ?? '{}').accessToken;
    expect((await cert.run('logout --json', here())).code).toBe(0);
    expect(cert.secrets.entries.size).toBe(0);
    const after = await cert.run('list --json', { ...here(), env: { CERT_TOKEN: token } });
    expect({ code: after.code, error: after.json.error.code }).toEqual({ code: 4, error: 'SESSION_EXPIRED' });
    expect((await cert.run('whoami --json', here())).json.error.code).toBe('LOGIN_REQUIRED');
  });

  it('logs out offline too, with a warning', async () => {
    const cert = installation();
    await cert.run('login -u demo_nurse --password-stdin', { ...here(), stdin: PASSWORD });
    await sandbox.control('POST', '/faults', { route: 'logOut', kind: 'drop-before', times: 9 });
    const { code, json } = await cert.run('logout --json', here());
    expect({ code, warnings: json.warnings.length, left: cert.secrets.entries.size }).toEqual({
      code: 0,
      warnings: 1,
      left: 0,
    });
  });
});
