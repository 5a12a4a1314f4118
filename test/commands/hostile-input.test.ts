/** Nonsense on the command line and in the environment: one clear line, the right exit code, nothing sent. */
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/errors.ts';
import { as, installation } from '../support/cert.ts';
import { expectFailure, snapshot } from '../support/hostile.ts';
import { useSandbox } from '../support/sandbox.ts';

const sandbox = useSandbox();
const ESCAPES = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202ecba\u2028';
const LONG = 'x'.repeat(2_000);

const sent = async () => (await sandbox.state()).received;

describe('the command line', () => {
  it.each<[ErrorCode, string[]]>([
    ['USAGE', []],
    ['USAGE', ['']],
    ['USAGE', [ESCAPES]],
    ['USAGE', [LONG]],
    ['USAGE', ['__proto__']],
    ['USAGE', ['constructor']],
    ['USAGE', ['list', ESCAPES]],
    ['USAGE', ['list', `--${ESCAPES}`]],
    ['USAGE', ['list', '--lang']],
    ['USAGE', ['list', '--lang', ESCAPES]],
    ['USAGE', ['list', '--lang', '']],
    ['PORTAL_URL_INVALID', ['list', '--portal', '']],
    ['PORTAL_URL_INVALID', ['list', '--portal', ESCAPES]],
    ['PORTAL_URL_INVALID', ['list', '--portal', 'javascript:alert(1)']],
    ['PORTAL_URL_INVALID', ['list', '--portal', 'file:///etc/passwd']],
    ['PORTAL_URL_INVALID', ['list', '--portal', 'https://']],
    ['PORTAL_URL_INVALID', ['list', '--portal', 'https://a b']],
    ['PORTAL_URL_INVALID', ['list', '--portal', 'https://portal.test/?a=1']],
    ['PORTAL_URL_INVALID', ['list', '--portal', 'https://portal.test:99999']],
    ['PORTAL_NOT_HTTPS', ['list', '--portal', 'http://127.0.0.1.evil.test']],
    ['PORTAL_NOT_HTTPS', ['list', '--portal', 'http://localhost.evil.test']],
    ['PORTAL_NOT_HTTPS', ['list', '--portal', 'http://0.0.0.0']],
    ['CERTIFICATE_NOT_FOUND', ['info', '']],
    ['CERTIFICATE_NOT_FOUND', ['info', '../../etc/passwd']],
    ['CERTIFICATE_NOT_FOUND', ['info', '*']],
    ['CERTIFICATE_NOT_FOUND', ['info', '.*']],
    ['CERTIFICATE_NOT_FOUND', ['info', '(a+)+$']],
    ['CERTIFICATE_NOT_FOUND', ['info', ESCAPES]],
    ['CERTIFICATE_NOT_FOUND', ['info', LONG]],
    ['CERTIFICATE_NOT_FOUND', ['info', '--', '--json']],
    ['CERTIFICATE_NOT_FOUND', ['history', '__proto__']],
    ['CERTIFICATE_NOT_FOUND', ['annotate', 'c-nurse-2023', ESCAPES, '--yes']],
    ['CERTIFICATE_NOT_FOUND', ['get', ESCAPES, '--yes']],
    ['CERTIFICATE_NOT_FOUND', ['download', ESCAPES]],
    ['CERTIFICATE_NOT_FOUND', ['view', ESCAPES]],
    ['CERTIFICATE_NOT_FOUND', ['wait', ESCAPES]],
    ['CERTIFICATE_AMBIGUOUS', ['info', '护']],
    ['INPUT_REQUIRED', ['annotate', 'c-nurse-2023']],
    ['INPUT_REQUIRED', ['get', 'c-nurse-2023']],
    ['USAGE', ['annotate', '--all', 'c-nurse-2023', '--yes']],
    ...['0', '-1', '91', '1.5', '1e1', '', ' 1', '٣', 'NaN', '9007199254740993', ESCAPES].map(
      (days): [ErrorCode, string[]] => [
        'VALID_DAYS_OUT_OF_RANGE',
        ['annotate', 'c-nurse-2023', '--yes', `--days=${days}`],
      ],
    ),
    ['SCENARIO_NOT_SUPPORTED', ['annotate', 'c-nurse-2023', '--yes', '--scenario', ESCAPES]],
    ['SCENARIO_NOT_SUPPORTED', ['get', 'c-nurse-2023', '--yes', '--scenario', '']],
    ...['', '0x1', '-5s', '1y', '367d', '1s 1s', LONG, ESCAPES].map((time): [ErrorCode, string[]] => [
      'USAGE',
      ['wait', `--timeout=${time}`],
    ]),
    ...['0', '-1', '3601', 'x', ''].map((seconds): [ErrorCode, string[]] => [
      'USAGE',
      ['wait', `--interval=${seconds}`],
    ]),
    ...['-1', '3651', 'x', ''].map((days): [ErrorCode, string[]] => ['USAGE', ['get', `--min-days=${days}`]]),
    ...['-1', '100', 'x'].map((slots): [ErrorCode, string[]] => ['USAGE', ['get', `--reserve=${slots}`]]),
    ['USAGE', ['download', '--all', '-o', '-']],
    ['USAGE', ['config', 'set', '__proto__', 'x']],
    ['USAGE', ['config', 'set', 'constructor', 'x']],
    ['USAGE', ['config', 'set', ESCAPES, 'x']],
    ['USAGE', ['config', 'set', 'lang', ESCAPES]],
    ['VALID_DAYS_OUT_OF_RANGE', ['config', 'set', 'days', ESCAPES]],
    ['PORTAL_URL_INVALID', ['config', 'set', 'portal', ESCAPES]],
    ['USAGE', ['config', 'get', 'toString']],
    ['PROFILE_NOT_FOUND', ['profile', 'use', ESCAPES]],
    ['PROFILE_NOT_FOUND', ['profile', 'remove', 'hasOwnProperty']],
    ['PROFILE_NOT_FOUND', ['profile', 'rename', LONG, 'x']],
    ['USAGE', ['login', '-u', 'demo_nurse', '--password-stdin', '--store', ESCAPES]],
    ['INPUT_UNLIKELY', ['login', '-u', ESCAPES]],
    ['INPUT_REQUIRED', ['login', '-u', 'demo_nurse']],
    ['USAGE', ['logout', '--purge']],
    ['USAGE', ['sandbox', '--port', '-1']],
    ['USAGE', ['sandbox', '--port', '65536']],
    ['USAGE', ['sandbox', '--generate-after', ESCAPES]],
    ['USAGE', ['sandbox', '--challenge', ESCAPES]],
    ['USAGE', ['sandbox', '--session-life', 'soon']],
    ['USAGE', ['help', ESCAPES]],
  ])('%s: %j', async (error, args) => {
    const cert = installation();
    const before = snapshot(cert.folder);
    const env = args.includes('login') ? {} : as('demo_nurse');
    await expectFailure(cert, args, error, { clock: sandbox.clock, env });
    expect(snapshot(cert.folder)).toEqual(before);
    expect((await sent()).submissions).toBe(0);
  });

  it('takes nonsense from standard input for no password', async () => {
    for (const stdin of ['', '\n', 'two\nlines', 'x'.repeat(5_000), '\u0000']) {
      const cert = installation();
      const { code } = await cert.run('login -u demo_nurse --password-stdin --json', { clock: sandbox.clock, stdin });
      expect({ stdin: stdin.slice(0, 9), code }).toEqual({ stdin: stdin.slice(0, 9), code: 2 });
      expect(cert.secrets.entries.size).toBe(0);
    }
  });
});

describe('the environment', () => {
  it.each<[ErrorCode, Record<string, string>]>([
    ...['fr', 'english', ESCAPES, LONG].map((CERT_LANG): [ErrorCode, Record<string, string>] => [
      'ENVIRONMENT_INVALID',
      { CERT_LANG },
    ]),
    ...['portal', ' ', 'https//portal.test', 'ftp://portal.test', 'https://u:p@portal.test', ESCAPES, LONG].map(
      (CERT_PORTAL): [ErrorCode, Record<string, string>] => ['PORTAL_URL_INVALID', { CERT_PORTAL }],
    ),
    ['PORTAL_NOT_HTTPS', { CERT_PORTAL: 'http://portal.test' }],
    ['PORTAL_NOT_CONFIGURED', { CERT_PORTAL: '' }],
    ...['nobody', '__proto__', 'toString', ESCAPES, LONG].map((CERT_PROFILE): [ErrorCode, Record<string, string>] => [
      'PROFILE_NOT_FOUND',
      { CERT_PROFILE },
    ]),
    ...['two words', 'a\nb', 'schlüssel', '令牌', ESCAPES, '\u0007'].map(
      (CERT_TOKEN): [ErrorCode, Record<string, string>] => ['ENVIRONMENT_INVALID', { CERT_TOKEN }],
    ),
    ['SESSION_EXPIRED', { CERT_TOKEN: 'token-of-nobody' }],
    ['ENVIRONMENT_INVALID', { CERT_TOKEN: LONG }],
    ['ENVIRONMENT_INVALID', { CERT_USERNAME: 'demo_nurse', CERT_PASSWORD: '' }],
    ['ENVIRONMENT_INVALID', { CERT_USERNAME: '', CERT_PASSWORD: 'x' }],
    ['INPUT_UNLIKELY', as(ESCAPES)],
    ['INVALID_CREDENTIALS', as('__proto__')],
    ['PORTAL_REFUSED', as(LONG)],
    ['ENVIRONMENT_INVALID', { CERT_CONFIG_DIR: 'relative/folder' }],
    ['ENVIRONMENT_INVALID', { CERT_CONFIG_DIR: '.' }],
    ['ENVIRONMENT_INVALID', { CERT_CONFIG_DIR: '~/cert' }],
    ['ENVIRONMENT_INVALID', { CERT_CONFIG_DIR: ESCAPES }],
  ])('%s: %j', async (error, env) => {
    await expectFailure(installation(), ['list'], error, {
      clock: sandbox.clock,
      env: { ...(env.CERT_TOKEN || env.CERT_USERNAME !== undefined ? {} : as('demo_nurse')), ...env },
    });
  });

  it.each([
    ['annotate', 'c-nurse-2023', '--yes'],
    ['view', 'c-nurse-2019'],
    ['get', 'c-nurse-2019'],
  ])('a state folder that is no path: cert %s %s', async (...args) => {
    for (const CERT_STATE_DIR of ['state', './state', ESCAPES])
      await expectFailure(installation(), args, 'ENVIRONMENT_INVALID', {
        clock: sandbox.clock,
        env: { ...as('demo_nurse'), CERT_STATE_DIR },
      });
    expect((await sent()).submissions).toBe(0);
  });

  it.each([null, '', 'relative', '.'])('the home folder is %j', async (home) => {
    const lost = { clock: sandbox.clock, home, env: { ...as('demo_nurse'), CERT_CONFIG_DIR: '', CERT_STATE_DIR: '' } };
    await expectFailure(installation(), ['list'], 'ENVIRONMENT_INVALID', lost);
    await expectFailure(installation(), ['config', 'set', 'days', '30'], 'ENVIRONMENT_INVALID', lost);
    for (const line of ['--help', 'help privacy', 'help exit-codes', 'list --help'])
      expect((await installation().run(line, lost)).code).toBe(0);
    const cert = installation();
    const found = await cert.run('list --json', {
      ...lost,
      env: { ...lost.env, CERT_CONFIG_DIR: `${cert.folder}/c`, CERT_STATE_DIR: `${cert.folder}/s` },
    });
    expect(found.code).toBe(0);
  });

  it.each([
    { XDG_CONFIG_HOME: 'relative', XDG_STATE_HOME: 'relative' },
    { TERM: ESCAPES },
    { LANG: ESCAPES, LC_ALL: LONG },
    { COLUMNS: 'x' },
    { CERT_DEBUG: ESCAPES },
    { CERT_NO_INPUT: ESCAPES },
    { NO_COLOR: ESCAPES },
  ])('what does not matter is no failure: %j', async (env) => {
    const { code, json } = await installation().run('list --json', {
      clock: sandbox.clock,
      env: { ...as('demo_nurse'), ...env } as Record<string, string>,
    });
    expect({ code, ok: json.ok }).toEqual({ code: 0, ok: true });
  });
});

describe('what cannot be seen', () => {
  const UNSEEN = ['\ufeff', '\u200b', '\u202a', '\u00a0', ' '];
  const json = async (args: readonly string[], env: Record<string, string>) => {
    const { code, json } = await installation().run([...args, '--json'], { clock: sandbox.clock, env });
    return { code, data: json.data, error: json.error };
  };

  it.each(UNSEEN)('at the ends of an address, a name or a selector is dropped: %j', async (unseen) => {
    const around = (text: string) => `${unseen}${text}${unseen}`;
    const address = around('https://portal.test');
    expect(await json(['list', '--portal', address], as('demo_nurse'))).toMatchObject({ code: 0 });
    expect(await json(['list'], { ...as('demo_nurse'), CERT_PORTAL: address })).toMatchObject({ code: 0 });
    expect(await json(['list'], as(around('demo_nurse')))).toMatchObject({ code: 0 });
    expect(await json(['config', 'set', 'portal', address], {})).toMatchObject({
      data: { setting: { value: 'https://portal.test' } },
    });
    for (const selector of ['c-nurse-2023', '护士', `护${unseen.trim()}士`])
      expect(await json(['info', around(selector)], as('demo_nurse'))).toMatchObject({ code: 0 });
    const cert = installation();
    const options = { clock: sandbox.clock, stdin: 'Sandbox2026' };
    const login = await cert.run(['login', '-u', around('demo_nurse'), '--password-stdin', '--json'], options);
    expect(login.json.data.profile).toMatchObject({ name: 'demo_nurse', username: 'demo_nurse' });
    expect((await cert.run(['list', '--profile', around('demo_nurse')], options)).code).toBe(0);
  });

  it.each([
    [['list', '--portal', 'https://por\u202atal.test'], 'PORTAL_URL_INVALID', 'U+202A'],
    [['profile', 'use', 'no\u200bbody'], 'PROFILE_NOT_FOUND', 'U+200B'],
    [['config', 'set', 'lang', '\ufeffen'], 'USAGE', 'U+FEFF'],
    [['wait', '--timeout', '\u200e5m'], 'USAGE', 'U+200E'],
    [['annotate', 'c-nurse-2023', '--yes', '--days', '\u200b90'], 'VALID_DAYS_OUT_OF_RANGE', 'U+200B'],
    [['verify', 'no\u202esuch.pdf'], 'PATH_INVALID', 'U+202E'],
  ])('elsewhere is named where it is refused: %j', async (args, error, named) => {
    const { code, error: told } = await json(args, as('demo_nurse'));
    expect({ code, error: told.code }).toEqual({ code: 2, error });
    expect(JSON.stringify(told)).toContain(named);
  });
});
