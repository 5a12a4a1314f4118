import { describe, expect, it } from 'vitest';
import { checkDigit } from '../../../src/domain/id-number.ts';
import type { Fetch } from '../../../src/ports/http.ts';
import { globalFetch, installation } from '../../support/cert.ts';
import { systemError } from '../../support/fake-fetch.ts';
import { ORIGIN, useSandbox } from '../../support/sandbox.ts';

const sandbox = useSandbox();
const here = () => ({ clock: sandbox.clock });

const digits = '99999919900202077';
const ID_NUMBER = digits + checkDigit(digits);
const PASSWORD = 'Gu7tReisen';
const NAME = '样张新';
const BASE = [
  'register',
  '-u',
  'new_person',
  '--password-stdin',
  '--id-number-stdin',
  '--id-type',
  'resident-id',
  '--phone',
  '13000000000',
];
const LINE = [...BASE, '--name', NAME];
const STDIN = `${PASSWORD}\n${ID_NUMBER}\n`;
const ACCEPT = ['--accept-notice', '2026-01'];

const logIns = async () => (await sandbox.state()).received.logIns;

describe('cert register', () => {
  it('makes an account with secrets from standard input only, and logs in', async () => {
    const cert = installation();
    const { code, json } = await cert.run([...LINE, ...ACCEPT, '--json'], { ...here(), stdin: STDIN });
    expect(code).toBe(0);
    expect(json.data).toMatchObject({
      account: { username: 'new_person' },
      profile: { name: 'new_person', portal: ORIGIN, store: 'keychain' },
      notice: { accepted: true },
    });
    expect((await cert.run('list --json', here())).json.data.certificates).toEqual([]);
    expect(await logIns()).toEqual({ new_person: 1 });
  });

  it('asks a person, explains the document first, shows the strength and logs in', async () => {
    const cert = installation();
    const answers = [
      '居民身份证',
      ID_NUMBER.toLowerCase(),
      NAME,
      '+86 130-0000-0000',
      'new_person',
      PASSWORD,
      PASSWORD,
      true,
      true,
    ];
    const { code, err, asked } = await cert.run('register --lang zh-CN', { ...here(), answers });
    expect({ code, questions: asked.length }).toEqual({ code: 0, questions: answers.length });
    expect(err.indexOf('取得证书时所用的身份证件')).toBe(3);
    expect(err).toContain('强度：');
    expect(err).toContain('样**');
    expect(err).not.toContain(ID_NUMBER);
    expect((await cert.run('whoami --json', here())).json.data.profile.holder.name).toBe('样**');
  });

  it('asks again for what is wrong: checksum, policy, two different passwords, a taken name', async () => {
    const wrongNumber = ID_NUMBER.slice(0, 17) + (ID_NUMBER.endsWith('0') ? '1' : '0');
    const answers = [
      '居民身份证',
      wrongNumber,
      ID_NUMBER,
      NAME,
      'call me',
      '13000000000',
      'x',
      'demo_nurse',
      'short',
      PASSWORD,
      'Another1Try',
      PASSWORD,
      PASSWORD,
      true,
      'new_person',
      true,
      true,
    ];
    const { code, err, asked } = await installation().run('register --lang zh-CN', { ...here(), answers });
    expect({ code, questions: asked.length }).toEqual({ code: 0, questions: answers.length });
    for (const word of ['校验码', '7 至 15 位', '5 至 20 个', '8 至 15 个', '不一致', '已被使用'])
      expect(err).toContain(word);
  });

  it('sends nothing when the person declines', async () => {
    const answers = ['resident', ID_NUMBER, NAME, '13000000000', 'new_person', PASSWORD, PASSWORD, false];
    const { code } = await installation().run('register', { ...here(), answers });
    expect(code).toBe(0);
    const again = await installation().run([...LINE, ...ACCEPT, '--json'], { ...here(), stdin: STDIN });
    expect(again.code).toBe(0);
  });

  it.each<[string, string[], string, string[]]>([
    ['a wrong checksum', [], `${PASSWORD}\n999999199002020771\n`, ['idNumber']],
    ['a number that is none', [], `${PASSWORD}\n;DROP TABLE\n`, ['idNumber']],
    ['a short password', [], `short\n${ID_NUMBER}\n`, ['password']],
    ['a password without a digit', [], `AbcdefghI\n${ID_NUMBER}\n`, ['password']],
    ['another kind of document', ['--id-type', 'library-card'], STDIN, ['idType']],
    ['a user name that is too short', ['-u', 'abc'], STDIN, ['username']],
    ['a user name of other characters', ['-u', 'new person'], STDIN, ['username']],
    ['a phone number that is none', ['--phone', 'none'], STDIN, ['phone']],
    ['no name', ['--name', '  '], STDIN, ['name']],
    [
      'all of it',
      ['--name', '', '--phone', '1', '-u', 'x', '--id-type', ''],
      'x\ny!\n',
      ['idType', 'idNumber', 'name', 'phone', 'username', 'password'],
    ],
  ])('finds wrong before anything is sent: %s', async (_, args, stdin, fields) => {
    const { code, json, out } = await installation().run([...LINE, ...args, '--json'], { ...here(), stdin });
    expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'VALIDATION_FAILED' });
    for (const field of fields)
      expect(out).toContain(
        {
          idType: 'Kind of document',
          idNumber: 'Document number',
          name: 'Name as in',
          phone: 'Phone',
          username: 'User name',
          password: 'Password',
        }[field] ?? '?',
      );
    expect(await logIns()).toEqual({});
  });

  it.each<[string, string[], string, number, string]>([
    ['a taken name', ['-u', 'demo_nurse'], STDIN, 6, 'USERNAME_TAKEN'],
    [
      'a registered document',
      [],
      `${PASSWORD}\n${'99999919900101001'}${checkDigit('99999919900101001')}\n`,
      6,
      'ID_ALREADY_REGISTERED',
    ],
    ['standard input without the number', [], `${PASSWORD}\n`, 2, 'INPUT_REQUIRED'],
    ['standard input without anything', [], '', 2, 'INPUT_REQUIRED'],
    ['standard input with more', [], `${STDIN}third\n`, 2, 'INPUT_UNLIKELY'],
  ])('fails with %s', async (_, args, stdin, code, error) => {
    const result = await installation().run([...LINE, ...args, '--json'], { ...here(), stdin });
    expect({ code: result.code, error: result.json.error.code }).toEqual({ code, error });
  });

  it('names the flag of what is missing', async () => {
    const { code, json } = await installation().run([...BASE, '--json'], { ...here(), stdin: STDIN });
    expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'INPUT_REQUIRED' });
    expect(json.error.hint).toContain('--name');
  });

  it('says what the portal finds wrong, by name and without what was sent', async () => {
    const fetch: Fetch = async (request) => {
      if (!request.url.endsWith('/accounts')) return globalFetch(request);
      const fields = [
        { field: 'password', message: `${PASSWORD} is known` },
        { field: 'captcha', message: 'wrong' },
      ];
      const body = (async function* () {
        yield Buffer.from(JSON.stringify({ code: 'VALIDATION_FAILED', fields }));
      })();
      return { status: 422, headers: { 'content-type': 'application/problem+json' }, body };
    };
    const { code, out, json } = await installation().run([...LINE, '--json'], { ...here(), stdin: STDIN, fetch });
    expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'VALIDATION_FAILED' });
    expect(out).toContain('Password (*** is known); captcha (wrong)');
    expect(out).not.toContain(PASSWORD);
  });

  it('answers a challenge of the registration, and of the login after it', async () => {
    await sandbox.control('POST', '/settings', { challenge: 'sms' });
    const right = async () => {
      const { challenges } = (await sandbox.control('GET', '/challenges')) as { challenges: { answer: string }[] };
      return challenges.at(-1)?.answer;
    };
    const { code } = await installation().run([...LINE, '--yes'], {
      ...here(),
      stdin: STDIN,
      answers: [right, right, true],
    });
    expect(code).toBe(0);
    const alone = await installation().run([...LINE, '--json'], { ...here(), stdin: STDIN });
    expect({ code: alone.code, hint: alone.json.error.hint }).toEqual({
      code: 4,
      hint: 'In a terminal: `cert register`',
    });
  });

  it('says that an account was made when only the notice is left', async () => {
    const { code, json } = await installation().run([...LINE, '--json'], { ...here(), stdin: STDIN });
    expect({ code, error: json.error.code, data: json.data.account }).toEqual({
      code: 6,
      error: 'NOTICE_NOT_ACCEPTED',
      data: { username: 'new_person' },
    });
  });

  it('says what to try when no answer came', async () => {
    const fetch: Fetch = async (request) => {
      const answer = await globalFetch(request);
      if (request.url.endsWith('/accounts')) throw systemError('ECONNRESET');
      return answer;
    };
    const { code, err } = await installation().run(LINE, { ...here(), stdin: STDIN, fetch });
    expect(code).toBe(10);
    expect(err).toContain('cert login --username new_person');
  });

  it('is no feature of every portal', async () => {
    await sandbox.control('POST', '/settings', { features: { registration: false } });
    const { code, json } = await installation().run([...LINE, '--json'], { ...here(), stdin: STDIN });
    expect({ code, error: json.error.code }).toEqual({ code: 6, error: 'FEATURE_NOT_AVAILABLE' });
  });

  it.each(['^(a+)+$', '(', '(?<=x', '^(\\w*)*!$'])(
    'lets the portal judge where its pattern is of no use: %s',
    async (pattern) => {
      const fetch: Fetch = async (request) => {
        const answer = await globalFetch(request);
        if (!request.url.endsWith('/meta')) return answer;
        const chunks: Uint8Array[] = [];
        for await (const chunk of answer.body) chunks.push(chunk);
        const meta = JSON.parse(Buffer.concat(chunks).toString());
        meta.usernamePolicy = { ...meta.usernamePolicy, maxLength: 200, pattern };
        const body = (async function* () {
          yield Buffer.from(JSON.stringify(meta));
        })();
        return { ...answer, body };
      };
      const startedAt = Date.now();
      const { json } = await installation().run([...LINE, '-u', `${'a'.repeat(100)}!`, '--json'], {
        ...here(),
        stdin: STDIN,
        fetch,
      });
      expect(Date.now() - startedAt).toBeLessThan(5_000);
      expect(json.error.code).toBe('VALIDATION_FAILED');
    },
  );
});
