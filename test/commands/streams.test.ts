/** What goes where: results to standard output, with --quiet too; advice to standard error, not with --quiet. */
import { describe, expect, it } from 'vitest';
import { as, globalFetch, installation } from '../support/cert.ts';
import { useSandbox } from '../support/sandbox.ts';

const sandbox = useSandbox();
const nurse = () => ({ env: as('demo_nurse'), clock: sandbox.clock });
const mixed = () => ({ env: as('demo_mixed'), clock: sandbox.clock });

describe('results and advice', () => {
  it.each([
    ['annotate 护士 --yes', 'applied, annotation a-', 'cert wait c-nurse-2023'],
    ['annotate 护士 --dry-run', '护士执业资格', 'Nothing is sent'],
    ['annotate 护士 --yes --wait', 'ready, valid until', 'cert download c-nurse-2023'],
    ['get 护士 --dry-run', 'would spend a slot', 'Nothing is sent'],
    ['list', '护士执业资格', 'cert get ID'],
    ['info 护士', 'GL2023083100002', 'issuing body'],
  ])('of %s', async (line, result, advice) => {
    const loud = await installation().run(line, nurse());
    expect(loud.out).toContain(result);
    expect(loud.out).not.toContain(advice);
    expect(loud.err).toContain(advice);
    await sandbox.control('POST', '/reset');
    const quiet = await installation().run(`${line} -q`, nurse());
    expect({ code: quiet.code, err: quiet.err }).toEqual({ code: 0, err: '' });
    expect(quiet.out).toContain(result);
  });

  it('of a plan of which a part is refused: the plan is there', async () => {
    const { code, out, err } = await installation().run('annotate c-mixed-ready c-mixed-revoked --dry-run -q', mixed());
    expect(code).toBe(6);
    expect(out).toContain('一级建造师');
    expect(err).toContain('c-mixed-revoked');
  });

  it('of a login: who is logged in', async () => {
    const { code, out } = await installation().run('login --username demo_nurse --password-stdin -q', {
      clock: sandbox.clock,
      stdin: 'Sandbox2026',
    });
    expect({ code, tells: out.includes('demo_nurse') }).toEqual({ code: 0, tells: true });
  });

  it('every failure is told with --quiet', async () => {
    const { err } = await installation().run('annotate c-mixed-revoked c-mixed-file --yes -q', mixed());
    expect(err).toContain('c-mixed-revoked');
    expect(err).toContain('c-mixed-file');
  });

  it('what a person has to see before an answer is shown with --quiet', async () => {
    const { err } = await installation().run('annotate 护士 -q', { ...nurse(), answers: [false] });
    expect(err).toContain('GL2023083100002');
    const login = await installation().run('login -q --username demo_new --store none', {
      clock: sandbox.clock,
      answers: ['Sandbox2026', true],
    });
    expect(login.err).toContain('2021 年 12 月 17 日');
  });
});

describe('off a terminal', () => {
  it('no table is cut', async () => {
    const { out } = await installation().run('list --show-pii', mixed());
    expect(out).toContain('一级建造师 · 建筑工程');
    expect(out.trimEnd().split('\n')).toHaveLength(6);
  });
});

describe('an account without certificates', () => {
  const empty = () => ({ env: as('demo_empty'), clock: sandbox.clock });
  it.each([
    'get --all',
    'get --all --dry-run',
    'annotate --all --yes',
    'annotate --all --dry-run',
    'download --all',
    'wait',
  ])('%s says why there may be none', async (line) => {
    const { code, out } = await installation().run(line, empty());
    expect(code).toBe(0);
    expect(out).toContain('another identity document');
  });

  it.each(['get 护士', 'get', 'info 护士'])('%s: there is none at all', async (line) => {
    const { code, err } = await installation().run(line, empty());
    expect({ code, said: err.includes('no certificate in this account') }).toEqual({ code: 3, said: true });
  });

  it.each([[''], [' '], ['·']])('is not what %j means', async (selector) => {
    const { code, err } = await installation().run(['get', selector], nurse());
    expect({ code, said: err.includes('no certificate in this account') }).toEqual({ code: 3, said: false });
  });
});

describe('warnings', () => {
  it('are in the document of a failure', async () => {
    const { terminal, document } = await jsonTerminal();
    terminal.warn('careful');
    terminal.failure({ code: 'X', message: 'failed', retryable: false });
    expect(document()).toMatchObject({ ok: false, warnings: ['careful'] });
  });
});

async function jsonTerminal() {
  const { createTerminal } = await import('../../src/ui/terminal.ts');
  let text = '';
  const stream = (write: (chunk: unknown) => void) => ({
    isTTY: false,
    write: (chunk: unknown) => {
      write(chunk);
      return true;
    },
    once: () => undefined,
    on: () => undefined,
  });
  const terminal = await createTerminal({
    stdin: { isTTY: false } as never,
    stdout: stream((chunk) => {
      text += chunk;
    }) as never,
    stderr: stream(() => {}) as never,
    environment: {},
    hide: (text: string) => text,
    options: { json: true, quiet: false, debug: false, input: true, color: false, lang: undefined } as never,
  });
  return { terminal, document: () => JSON.parse(text) };
}

describe("the portal's own limits", () => {
  /** A portal that allows more than the published rules do. */
  const generous = () => async (request: Parameters<typeof globalFetch>[0]) => {
    const answer = await globalFetch(request);
    if (!request.url.endsWith('/meta')) return answer;
    const meta = await (await fetch(request.url)).json();
    const body = Buffer.from(JSON.stringify({ ...meta, maxValidDays: 180 }));
    return {
      ...answer,
      headers: { 'content-type': 'application/json' },
      body: (async function* () {
        yield body;
      })(),
    };
  };

  it.each([
    ['annotate 护士 --days 120 --dry-run --json', 120],
    ['get 护士 --days 180 --min-days 120 --dry-run --json', 180],
  ])('win over the published ones: %s', async (line, validDays) => {
    const { code, json } = await installation().run(line, { ...nurse(), fetch: generous() });
    expect({ code, plan: json.data.plan }).toMatchObject({ code: 0, plan: [{ validDays }] });
  });

  it('decide on a setting later', async () => {
    const cert = installation();
    expect((await cert.run('config set days 120')).code).toBe(0);
    const plan = 'annotate 护士 --dry-run --json';
    expect((await cert.run(plan, { ...nurse(), fetch: generous() })).json.data.plan).toMatchObject([
      { validDays: 120 },
    ]);
    expect((await cert.run(plan, nurse())).json.error.code).toBe('VALID_DAYS_OUT_OF_RANGE');
  });

  it('are what a refusal tells', async () => {
    const { json } = await installation().run('annotate c-full --yes --json', {
      env: as('demo_full'),
      clock: sandbox.clock,
    });
    expect(json.error.hint).toContain('3 annotations in 90 days');
  });
});

describe('cert whoami --check', () => {
  it('asks the portal whether the session holds', async () => {
    const cert = installation();
    await cert.run('login --username demo_nurse --password-stdin', { clock: sandbox.clock, stdin: 'Sandbox2026' });
    const { code, json } = await cert.run('whoami --check --json', { clock: sandbox.clock });
    expect({ code, data: json.data }).toMatchObject({ code: 0, data: { sessionHolds: true } });
  });

  it('ends with 4 when it does not', async () => {
    const env = { CERT_TOKEN: 'a-token-of-nobody-1' };
    expect((await installation().run('whoami --json', { env, clock: sandbox.clock })).code).toBe(0);
    expect((await installation().run('whoami --check --json', { env, clock: sandbox.clock })).code).toBe(4);
  });
});
