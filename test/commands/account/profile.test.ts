import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Installation, installation } from '../../support/cert.ts';
import { hasty, holdLock } from '../../support/hold-lock.ts';
import { ORIGIN, useSandbox } from '../../support/sandbox.ts';

const sandbox = useSandbox();
const here = () => ({ clock: sandbox.clock });

async function withAccounts(...usernames: string[]): Promise<Installation> {
  const cert = installation();
  for (const username of usernames)
    await cert.run(`login -u ${username} --password-stdin`, { ...here(), stdin: 'Sandbox2026' });
  return cert;
}

const namesOf = async (cert: Installation) =>
  (await cert.run('profile list --json')).json.data.profiles.map(
    ({ name, current }: { name: string; current: boolean }) => (current ? `*${name}` : name),
  );

describe('cert profile', () => {
  it('lists, uses and removes accounts', async () => {
    const cert = await withAccounts('demo_nurse', 'demo_full');
    const { json } = await cert.run('profile list --json');
    expect(json.data.profiles).toMatchObject([
      { name: 'demo_nurse', portal: ORIGIN, current: false },
      { name: 'demo_full', portal: ORIGIN, current: true },
    ]);
    const other = await cert.run('list --profile demo_nurse --json', here());
    expect(other.json.data.certificates).toHaveLength(2);
    expect((await cert.run('profile use demo_nurse')).code).toBe(0);
    expect((await cert.run('list --json', here())).json.data.certificates).toHaveLength(2);
    expect((await cert.run('profile remove demo_full', here())).code).toBe(0);
    expect([...cert.secrets.entries.keys()].filter((name) => name.includes('demo_full'))).toEqual([]);
    expect(await namesOf(cert)).toEqual(['*demo_nurse']);
  });

  it('ends the session at the portal when it removes an account', async () => {
    const cert = await withAccounts('demo_nurse');
    const token = JSON.parse(cert.secrets.entries.get(`session:demo_nurse@${ORIGIN}`) ?? '{}').accessToken;
    await cert.run('profile remove demo_nurse', here());
    const { json } = await cert.run('list --json', { ...here(), env: { CERT_TOKEN: token } });
    expect(json.error.code).toBe('SESSION_EXPIRED');
  });

  it('moves a name, and what else a profile holds, and leaves the secrets where they are', async () => {
    const cert = await withAccounts('demo_nurse', 'demo_full');
    const path = join(cert.folder, 'config', 'config.json');
    const config = JSON.parse(readFileSync(path, 'utf8'));
    config.profiles.demo_full.novelty = { kept: true };
    writeFileSync(path, JSON.stringify(config));
    const before = [...cert.secrets.entries];
    const { code, json } = await cert.run(['profile', 'rename', 'demo_full', '我的 账号', '--json']);
    expect({ code, profile: json.data.profile }).toEqual({
      code: 0,
      profile: { name: '我的 账号', portal: ORIGIN, username: 'demo_full', store: 'keychain' },
    });
    expect([...cert.secrets.entries]).toEqual(before);
    expect(await namesOf(cert)).toEqual(['demo_nurse', '*我的 账号']);
    expect((await cert.run(['list', '--profile', '我的 账号', '--json'], here())).code).toBe(0);
    await cert.run('login -u demo_full --password-stdin', { ...here(), stdin: 'Sandbox2026' });
    expect(await namesOf(cert)).toEqual(['demo_nurse', '*我的 账号']);
    expect(JSON.parse(readFileSync(path, 'utf8')).profiles['我的 账号'].novelty).toEqual({ kept: true });
  });

  it('takes its trust anchors along, and into the grave', async () => {
    const cert = await withAccounts('demo_nurse');
    const path = join(cert.folder, 'config', 'trust.json');
    const trusted = () => JSON.parse(readFileSync(path, 'utf8')).profiles;
    writeFileSync(
      path,
      JSON.stringify({ schemaVersion: 1, everyProfile: [], profiles: { demo_nurse: ['AAAA'], other: [] } }),
    );
    expect((await cert.run('profile rename demo_nurse mine --json')).code).toBe(0);
    expect(trusted()).toEqual({ mine: ['AAAA'], other: [] });
    expect((await cert.run('profile rename mine mine --json')).code).toBe(0);
    expect(trusted()).toEqual({ mine: ['AAAA'], other: [] });
    expect((await cert.run('profile remove mine --json', here())).code).toBe(0);
    expect(trusted()).toEqual({ other: [] });
  });

  it.each(['config', 'trust'])(
    'is renamed as a whole or not at all: another process keeps the lock of %s',
    async (name) => {
      const cert = await withAccounts('demo_full', 'demo_nurse');
      const folder = join(cert.folder, 'config');
      const anchors = { schemaVersion: 1, everyProfile: [], profiles: { demo_nurse: ['AAAA'], other: ['BBBB'] } };
      writeFileSync(join(folder, 'trust.json'), JSON.stringify(anchors));
      const kept = () =>
        ['config', 'trust'].map((file) => JSON.parse(readFileSync(join(folder, `${file}.json`), 'utf8')));
      const before = kept();
      const owner = holdLock(join(folder, 'locks'), name);
      const { code, json } = await cert.run('profile rename demo_nurse mine --json', { clock: hasty(sandbox.clock) });
      expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'FILE_NOT_WRITABLE' });
      expect(kept()).toEqual(before);
      expect(await namesOf(cert)).toEqual(['demo_full', '*demo_nurse']);
      writeFileSync(owner, '');
      expect((await cert.run('profile rename demo_nurse mine --json', here())).code).toBe(0);
      expect(kept()[1].profiles).toEqual({ mine: ['AAAA'], other: ['BBBB'] });
      expect(await namesOf(cert)).toEqual(['demo_full', '*mine']);
    },
  );

  it.each([
    [['use', 'nobody'], 'PROFILE_NOT_FOUND'],
    [['remove', 'nobody'], 'PROFILE_NOT_FOUND'],
    [['rename', 'nobody', 'somebody'], 'PROFILE_NOT_FOUND'],
    [['use', 'constructor'], 'PROFILE_NOT_FOUND'],
    [['rename', 'demo_nurse', 'demo_full'], 'PROFILE_EXISTS'],
    [['rename', 'demo_nurse', ''], 'USAGE'],
    [['rename', 'demo_nurse', '__proto__'], 'USAGE'],
    [['rename', 'demo_nurse', 'a\nb'], 'USAGE'],
    [['rename', 'demo_nurse', ' a'], 'USAGE'],
    [['rename', 'demo_nurse', '\u202eabc'], 'USAGE'],
    [['rename', 'demo_nurse', 'a'.repeat(65)], 'USAGE'],
    [['rename', 'demo_nurse', '--', '-a'], 'USAGE'],
    [['rename', 'demo_nurse'], 'USAGE'],
  ])('%j: exit 2 %s, and nothing changes', async (args, error) => {
    const cert = await withAccounts('demo_full', 'demo_nurse');
    const [action = '', ...operands] = args;
    const { code, json } = await cert.run(['profile', '--json', action, ...operands]);
    expect({ code, error: json.error.code }).toEqual({ code: 2, error });
    expect(await namesOf(cert)).toEqual(['demo_full', '*demo_nurse']);
  });

  it.each([{ CERT_TOKEN: 'a-token-of-a-script' }, { CERT_USERNAME: 'demo_full', CERT_PASSWORD: 'Sandbox2026' }])(
    'is not chosen together with credentials of the environment',
    async (env) => {
      const cert = await withAccounts('demo_nurse');
      const { code, json } = await cert.run('list --profile demo_nurse --json', { ...here(), env });
      expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'ENVIRONMENT_INVALID' });
      expect((await sandbox.state()).received.logIns).toEqual({ demo_nurse: 1 });
    },
  );
});

describe('cert whoami', () => {
  it.each([
    ['whoami', {}, 'config', 'demo_full', 'profile', 'environment'],
    ['whoami --profile demo_nurse', {}, 'flag', 'demo_nurse', 'profile', 'environment'],
    ['whoami', { CERT_PROFILE: 'demo_nurse' }, 'environment', 'demo_nurse', 'profile', 'environment'],
    [`whoami --portal ${ORIGIN}`, {}, 'config', 'demo_full', 'profile', 'flag'],
    ['whoami', { CERT_PORTAL: '' }, 'config', 'demo_full', 'profile', 'profile'],
  ])('%s with %j says where each value came from', async (line, env, nameSource, name, userSource, portalSource) => {
    const cert = await withAccounts('demo_nurse', 'demo_full');
    const { json } = await cert.run(`${line} --json`, { ...here(), env: env as Record<string, string> });
    expect(json.data.profile).toMatchObject({
      name,
      nameSource,
      username: { value: name, source: userSource },
      portal: { value: ORIGIN, source: portalSource },
      secretsIn: 'keychain',
    });
  });
});
