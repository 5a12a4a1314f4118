import { existsSync, statSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { documentOf, OUTPUT } from '../../../src/commands/output.ts';
import { installation } from '../../support/cert.ts';
import { useSandbox } from '../../support/sandbox.ts';

const sandbox = useSandbox();
const here = () => ({ clock: sandbox.clock });

const NAME = '样张甲';
const NUMBER = 'GL2023083100002';
const ID_NUMBER = '999999199001010016';
const FLAGS = ['--name', NAME, '--number', NUMBER];

const challenges = async () =>
  ((await sandbox.control('GET', '/challenges')) as { challenges: { answer: string }[] }).challenges;
const right = async () => (await challenges()).at(-1)?.answer;

describe('cert lookup, by a person', () => {
  it.each(['image', 'sms'])('answers the challenge and shows what the portal says: %s', async (challenge) => {
    await sandbox.control('POST', '/settings', { challenge });
    const cert = installation();
    const answers = [NAME, NUMBER, ID_NUMBER, right];
    const { code, out, err } = await cert.run('lookup --lang zh-CN', { ...here(), answers });
    expect(code).toBe(0);
    const lines = out.split('\n').map((line) => line.trim().split(/\s{2,}/));
    for (const row of [
      ['状态', '有效'],
      ['证书编号', 'ZS202300002'],
      ['管理号', NUMBER],
      ['查询编号', 'CX00002'],
      ['资格名称', '护士执业资格'],
    ])
      expect(lines).toContainEqual(row);
    expect(out + err).not.toContain(ID_NUMBER);
  });

  it('shows the picture from a private file, and removes it', async () => {
    const cert = installation();
    let mode = 0;
    const answer = async () => {
      mode = statSync(cert.viewed[0] ?? '').mode & 0o777;
      return right();
    };
    const { code } = await cert.run(['lookup', ...FLAGS], { ...here(), answers: [ID_NUMBER, answer] });
    expect({ code, mode: mode.toString(8) }).toEqual({ code: 0, mode: '600' });
    expect(existsSync(cert.viewed[0] ?? '')).toBe(false);
  });

  it('may answer again after a wrong answer, three times in all', async () => {
    const second = await installation().run(['lookup', ...FLAGS], { ...here(), answers: [ID_NUMBER, 'x', right] });
    expect(second.code).toBe(0);
    const cert = installation();
    const never = await cert.run(['lookup', ...FLAGS], { ...here(), answers: [ID_NUMBER, 'x', 'x', 'x'] });
    expect(never.code).toBe(4);
    expect(never.err).toContain('cert lookup');
    for (const picture of cert.viewed) expect(existsSync(picture)).toBe(false);
  });

  it('is told of a revoked certificate', async () => {
    await sandbox.control('POST', '/revoke', { id: 'c-nurse-2023' });
    const { code, out } = await installation().run(['lookup', ...FLAGS, '--lang', 'zh-CN'], {
      ...here(),
      answers: [ID_NUMBER, right],
    });
    expect({ code, revoked: out.includes('已撤销') }).toEqual({ code: 0, revoked: true });
  });

  it.each([
    ['the name', ['--name', '样张乙', '--number', NUMBER], ID_NUMBER],
    ['the management number', ['--name', NAME, '--number', 'ZS202300002'], ID_NUMBER],
    ['the kind of number', ['--name', NAME, '--enquiry-number', NUMBER], ID_NUMBER],
    ['the document number', FLAGS, '999999199001010024'],
  ])('finds nothing when %s does not fit', async (_, flags, idNumber) => {
    const { code, err } = await installation().run(['lookup', ...flags], { ...here(), answers: [idNumber, right] });
    expect(code).toBe(3);
    expect(err).not.toContain(idNumber);
  });

  it('takes the document number with blanks, small and wide letters', async () => {
    const answers = ['９９９９９９ 1990 0101 0016 ', right];
    expect((await installation().run(['lookup', ...FLAGS], { ...here(), answers })).code).toBe(0);
  });
});

describe('the numbers of cert lookup', () => {
  const RARE = { name: '样·买买提', number: 'CX01011', id: '999999199001010075' };
  const sent = async (
    flags: readonly string[],
    options: { stdin?: string; answers?: unknown[]; found?: boolean[] },
  ) => {
    const bodies: Record<string, string>[] = [];
    const { found = [false, false], ...given } = options;
    const fetch = async ({ url, body }: { url: string; body?: unknown }) => {
      if (url.endsWith('/meta')) return answerOf(await meta());
      bodies.push(JSON.parse(String(body)));
      return answerOf({ found: found[bodies.length - 1] });
    };
    const finished = await installation().run(['lookup', ...flags], { ...here(), ...given, fetch });
    return { code: finished.code, bodies };
  };
  const stdin = ID_NUMBER;
  const script = (...flags: string[]) => ['--name', NAME, '--id-number-stdin', ...flags];

  it.each([
    ['--number', NUMBER, { managementNumber: NUMBER }],
    ['--number', `管理号：${NUMBER}`, { managementNumber: NUMBER }],
    ['--number', 'CX00002', { enquiryNumber: 'CX00002' }],
    ['--number', '查询编号：2023 0002', { enquiryNumber: '20230002' }],
    ['--enquiry-number', '２０２３０００２', { enquiryNumber: '20230002' }],
    ['--enquiry-number', '"查询编号: 2023—0002"', { enquiryNumber: '2023-0002' }],
  ])('%s %s is sent as %j', async (flag, number, as) => {
    const { code, bodies } = await sent(script(flag, number), { stdin, found: [true] });
    expect({ code, bodies }).toEqual({ code: 0, bodies: [{ name: NAME, idNumber: ID_NUMBER, ...as }] });
  });

  it('may be either where nothing tells: the enquiry number is tried where no challenge was asked', async () => {
    const { code, bodies } = await sent(script('--number', '20230002'), { stdin, found: [false, true] });
    expect(code).toBe(0);
    expect(bodies).toMatchObject([{ managementNumber: '20230002' }, { enquiryNumber: '20230002' }]);
  });

  it('spends no second challenge on a guess, and names the other number', async () => {
    const flags = ['lookup', '--name', NAME, '--number', '20230002'];
    const { code, err, asked } = await installation().run(flags, { ...here(), answers: [ID_NUMBER, right] });
    expect({ code, questions: asked.length }).toEqual({ code: 3, questions: 2 });
    expect(err).toContain('this management number');
    expect(err).toContain('--enquiry-number');
    expect(err).toContain('not prove a forgery');
  });

  it('finds a certificate by its enquiry number at a portal', async () => {
    const flags = ['lookup', '--name', '样 • 买买提', '--number', RARE.number];
    expect((await installation().run(flags, { ...here(), answers: [RARE.id, right] })).code).toBe(0);
  });

  it('takes one of the two flags', async () => {
    const { code, bodies } = await sent(script('--number', NUMBER, '--enquiry-number', 'CX1'), { stdin });
    expect({ code, bodies }).toEqual({ code: 2, bodies: [] });
  });
});

describe('a document number that can only be mistyped', () => {
  const MISTYPED = '999999199001010017';
  it.each([
    [false, 2],
    [true, 3],
  ])('is asked about: %s ends with %i', async (isRight, exit) => {
    const answers = [MISTYPED, isRight, ...(isRight ? [right] : [])];
    const { code, asked } = await installation().run(['lookup', ...FLAGS], { ...here(), answers });
    expect({ code, questions: asked.length }).toEqual({ code: exit, questions: answers.length });
  });

  it.each(['军字第2001988号', '999999900101001', '1234567801(B)', '911123198001010010'])(
    'is not %s: the portal judges it',
    async (stdin) => {
      const { json } = await installation().run(['lookup', ...FLAGS, '--id-number-stdin', '--json'], {
        ...here(),
        stdin,
      });
      expect(json.error.code).toBe('CHALLENGE_REQUIRED');
    },
  );
});

describe('cert lookup, in a script', () => {
  it('cannot answer a challenge: it names the next step', async () => {
    const { code, json, out, err } = await installation().run(['lookup', ...FLAGS, '--id-number-stdin', '--json'], {
      ...here(),
      stdin: `${ID_NUMBER}\n`,
    });
    expect({ code, error: json.error.code }).toEqual({ code: 4, error: 'CHALLENGE_REQUIRED' });
    expect(json.error.hint).toContain('cert lookup');
    expect(out + err).not.toContain(ID_NUMBER);
    v.parse(documentOf(OUTPUT.lookup), json);
  });

  it.each([
    [['--number', NUMBER, '--id-number-stdin'], ID_NUMBER, 'INPUT_REQUIRED'],
    [['--name', NAME, '--id-number-stdin'], ID_NUMBER, 'INPUT_REQUIRED'],
    [FLAGS, ID_NUMBER, 'INPUT_REQUIRED'],
    [[...FLAGS, '--id-number-stdin'], '', 'INPUT_REQUIRED'],
    [['--name', ' ', '--number', NUMBER, '--id-number-stdin'], ID_NUMBER, 'USAGE'],
    [[...FLAGS, '--id-number-stdin'], '999999199001010017', 'ID_NUMBER_INVALID'],
    [[...FLAGS, '--id-number-stdin'], '99999919900101001', 'ID_NUMBER_INVALID'],
    [[...FLAGS, '--id-number-stdin'], 'not a number!', 'ID_NUMBER_INVALID'],
  ])('%j with %j: exit 2, nothing asked of the portal', async (flags, stdin, error) => {
    await sandbox.control('POST', '/faults', { route: '*', kind: 'status', times: 99 });
    const { code, json, out, err } = await installation().run(['lookup', ...flags, '--json'], { ...here(), stdin });
    expect({ code, error: json.error.code }).toEqual({ code: 2, error });
    if (stdin !== '') expect(out + err).not.toContain(stdin);
  });

  it('takes the number of a passport', async () => {
    const { json } = await installation().run(['lookup', ...FLAGS, '--id-number-stdin', '--json'], {
      ...here(),
      stdin: 'e12345678',
    });
    expect(json.error.code).toBe('CHALLENGE_REQUIRED');
  });

  it('says that the portal does not offer it, before the number is sent', async () => {
    await sandbox.control('POST', '/settings', { features: { lookup: false } });
    await sandbox.control('POST', '/faults', { route: 'lookup', kind: 'status' });
    const { code, json } = await installation().run(['lookup', ...FLAGS, '--id-number-stdin', '--json'], {
      ...here(),
      stdin: ID_NUMBER,
    });
    expect({ code, error: json.error.code }).toEqual({ code: 6, error: 'FEATURE_NOT_AVAILABLE' });
  });
});

describe('the JSON of cert lookup', () => {
  it('is one document, found or not', async () => {
    const cert = installation();
    // With --json nobody is asked: this portal asks for no challenge.
    const portal = async (found: object) => {
      const fetch = async ({ url }: { url: string }) => answerOf(url.endsWith('/meta') ? await meta() : found);
      return cert.run(['lookup', ...FLAGS, '--id-number-stdin', '--json'], { ...here(), stdin: ID_NUMBER, fetch });
    };
    const found = await portal({
      found: true,
      status: 'valid',
      qualification: '护士执业资格',
      managementNumber: NUMBER,
    });
    v.parse(documentOf(OUTPUT.lookup), found.json);
    expect(found).toMatchObject({ code: 0, json: { data: { lookup: { found: true, status: 'valid' } } } });
    const absent = await portal({ found: false });
    v.parse(documentOf(OUTPUT.lookup), absent.json);
    expect(absent).toMatchObject({
      code: 3,
      json: { error: { code: 'LOOKUP_NOT_FOUND' }, data: { lookup: { found: false } } },
    });
  });
});

const meta = async () => (await fetch('https://portal.test/api/v1/meta')).json();

const answerOf = (body: unknown) => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: (async function* () {
    yield new TextEncoder().encode(JSON.stringify(body));
  })(),
});
