import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { as, installation } from '../support/cert.ts';
import { useSandbox } from '../support/sandbox.ts';

const sandbox = useSandbox();
const here = () => ({ clock: sandbox.clock });

describe('cert info and history', () => {
  it('shows every number with its label', async () => {
    const { out } = await installation().run('info 护士 --lang zh-CN', { ...here(), env: as('demo_nurse') });
    for (const label of ['证书编号', '管理号', '查询编号', '批准日期', '制发日期']) expect(out).toContain(label);
    expect(out).not.toContain('样张甲');
  });

  it('shows slots used and the day on which the next one frees', async () => {
    const { code, json } = await installation().run('history c-full --json', { ...here(), env: as('demo_full') });
    expect(code).toBe(0);
    expect(json.data.annotations).toHaveLength(3);
    expect(json.data.quota).toEqual({ limit: 3, windowDays: 90, used: 3, remaining: 0, nextSlotOn: '2026-12-24' });
    const { out } = await installation().run('history c-full', { ...here(), env: as('demo_full') });
    expect(out).toContain('2026-12-24');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('has no slots for a certificate that needs no annotation', async () => {
    const { json } = await installation().run('history c-nurse-2019 --json', { ...here(), env: as('demo_nurse') });
    expect(json.data).toEqual({ certificateId: 'c-nurse-2019', annotations: [], quota: null });
  });
});

describe('cert config', () => {
  it('sets, gets, lists and removes settings, and they take effect', async () => {
    const cert = installation();
    await cert.run('config set days 30');
    await cert.run('config set lang zh-CN');
    expect((await cert.run('config get days --json')).json.data.setting).toEqual({ key: 'days', value: 30 });
    expect((await cert.run('config list')).out).toContain('zh-CN');
    const { json } = await cert.run('annotate 护士 --dry-run --json', { ...here(), env: as('demo_nurse') });
    expect(json.data.plan[0].validDays).toBe(30);
    expect((await cert.run('annotate 护士 --dry-run', { ...here(), env: as('demo_nurse') })).err).toContain('不提交');
    await cert.run(['config', 'set', 'days', '']);
    expect((await cert.run('config get days --json')).json.data.setting.value).toBeNull();
  });

  it.each([
    ['config set days 3651', 'VALID_DAYS_OUT_OF_RANGE'],
    ['config set lang fr', 'USAGE'],
    ['config set portal http://portal.example', 'PORTAL_NOT_HTTPS'],
    ['config set colour red', 'USAGE'],
    ['config get colour', 'USAGE'],
  ])('%s: exit 2 %s', async (line, error) => {
    const { code, json } = await installation().run(`${line} --json`);
    expect({ code, error: json.error.code }).toEqual({ code: 2, error });
  });

  it('leaves a damaged file as it is', async () => {
    const cert = installation();
    await cert.run('config set days 30');
    const path = join(cert.folder, 'config', 'config.json');
    writeFileSync(path, '{"schemaVersion":1,');
    const { code, json } = await cert.run('config set days 40 --json');
    expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'CONFIG_INVALID' });
    expect(readFileSync(path, 'utf8')).toBe('{"schemaVersion":1,');
  });
});

describe('the command line', () => {
  it.each([
    ['lst --json', 'USAGE'],
    ['list --colour --json', 'USAGE'],
    ['list extra --json', 'USAGE'],
    ['wait --timeout --json', 'USAGE'],
    ['profile use --json', 'USAGE'],
    ['profile --json', 'USAGE'],
    ['list --lang fr --json', 'USAGE'],
    ['--json', 'USAGE'],
    ['sandbox --port 70000 --json', 'USAGE'],
    ['sandbox --challenge riddle --json', 'USAGE'],
    ['sandbox --web D --json', 'USAGE'],
    ['sandbox --web-labels 2020 --json', 'USAGE'],
    ['list --portal ftp://x --json', 'PORTAL_URL_INVALID'],
    ['list --portal http://portal.example --json', 'PORTAL_NOT_HTTPS'],
    ['list --profile nobody --json', 'PROFILE_NOT_FOUND'],
  ])('%s: exit 2 %s, one document', async (line, error) => {
    const { code, json } = await installation().run(line);
    expect({ code, ok: json.ok, error: json.error.code }).toEqual({ code: 2, ok: false, error });
  });

  it.each([
    [{ CERT_LANG: 'fr' }, 'ENVIRONMENT_INVALID'],
    [{ CERT_USERNAME: 'demo_nurse' }, 'ENVIRONMENT_INVALID'],
    [{ CERT_PASSWORD: 'x' }, 'ENVIRONMENT_INVALID'],
    [{ CERT_TOKEN: 'two words' }, 'ENVIRONMENT_INVALID'],
    [{ CERT_PORTAL: '' }, 'PORTAL_NOT_CONFIGURED'],
    [{ CERT_PORTAL: 'portal' }, 'PORTAL_URL_INVALID'],
  ])('with %j: exit 2 %s', async (env, error) => {
    const { code, json } = await installation().run('list --json', { env: env as Record<string, string> });
    expect({ code, error: json.error.code }).toEqual({ code: 2, error });
  });

  it('takes global options before and after the command', async () => {
    const options = { ...here(), env: as('demo_nurse') };
    expect((await installation().run('--json list', options)).json.ok).toBe(true);
    expect((await installation().run('list --json', options)).json.ok).toBe(true);
  });

  it('takes no command for a language', async () => {
    const { code, err } = await installation().run('zh');
    expect(code).toBe(2);
    expect(err).not.toMatch(/[\u4e00-\u9fff]/);
  });

  it.each([
    ['list --help', 'Usage'],
    ['annotate --help --lang zh-CN', '加注有效期'],
    ['help annotate', '--days'],
    ['profile --help', 'remove'],
    ['--help --lang zh-CN', '用法'],
  ])('%s shows help and exits 0', async (line, text) => {
    const { code, out } = await installation().run(line);
    expect(code).toBe(0);
    expect(out).toContain(text);
  });

  it('suggests what was meant', async () => {
    expect((await installation().run('lst')).err).toContain('list');
  });

  it('prints nothing but the result with --quiet', async () => {
    const { err } = await installation().run('list --quiet', { ...here(), env: as('demo_nurse') });
    expect(err).toBe('');
  });

  it('tells with --debug what it does, without secrets', async () => {
    const { err } = await installation().run('list --debug', { ...here(), env: as('demo_nurse') });
    expect(err).toContain('/certificates');
    expect(err).not.toMatch(/Sandbox2026|Bearer/);
  });
});
