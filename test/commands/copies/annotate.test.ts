import { describe, expect, it } from 'vitest';
import { CertError } from '../../../src/errors.ts';
import type { Fetch } from '../../../src/ports/http.ts';
import { as, globalFetch, installation } from '../../support/cert.ts';
import { useSandbox } from '../../support/sandbox.ts';

const sandbox = useSandbox();
const nurse = () => ({ env: as('demo_nurse'), clock: sandbox.clock });

describe('cert annotate', () => {
  it('applies once, with what was asked', async () => {
    const { code, json } = await installation().run('annotate c-nurse-2023 --days 30 --yes --json', nurse());
    expect(code).toBe(0);
    const { annotations, received } = await sandbox.state();
    const [made] = annotations.filter(({ certificateId }) => certificateId === 'c-nurse-2023');
    expect(made).toMatchObject({
      scenario: 'self',
      validDays: 30,
      status: 'generating',
      clientReference: expect.stringMatching(/^ref-\d{8}$/),
    });
    expect(json.data.results).toEqual([
      { certificateId: 'c-nurse-2023', outcome: 'submitted', annotationId: made?.id },
    ]);
    expect(received.submissions).toBe(1);
  });

  it.each(['护士', 'ZS202300002', 'GL2023083100002', 'c-nurse-2023'])(
    'finds the certificate by %s',
    async (selector) => {
      const { json } = await installation().run(`annotate ${selector} --dry-run --json`, nurse());
      expect(json.data.plan).toMatchObject([
        { certificateId: 'c-nurse-2023', scenario: 'self', validDays: 90, validUntil: '2027-02-22' },
      ]);
      expect((await sandbox.state()).received.submissions).toBe(0);
    },
  );

  it('shows details, dates and slots, and asks; the answer is No by default', async () => {
    const { code, err, asked } = await installation().run('annotate 护士', { ...nurse(), answers: [false] });
    expect(code).toBe(0);
    for (const fact of ['ZS202300002', 'GL2023083100002', 'CX00002', '2027-02-22', '2 of 3'])
      expect(err).toContain(fact);
    expect(asked).toHaveLength(1);
    expect((await sandbox.state()).received.submissions).toBe(0);
  });

  it('says on Ctrl-C at the question that nothing was sent', async () => {
    const interrupt = () => {
      throw new CertError('INTERRUPTED', {});
    };
    const { code, err } = await installation().run('annotate 护士', { ...nurse(), answers: [interrupt] });
    expect(code).toBe(130);
    expect(err).toContain('Nothing was sent.');
    expect((await sandbox.state()).received.submissions).toBe(0);
  });

  it('says on Ctrl-C while it applies how to find out', async () => {
    const controller = new AbortController();
    const fetch: Fetch = async (request) => {
      if (request.method === 'POST' && request.url.endsWith('/annotations'))
        controller.abort(new CertError('INTERRUPTED', {}));
      return globalFetch(request);
    };
    const { code, err } = await installation().run('annotate 护士 --yes', {
      ...nurse(),
      fetch,
      signal: controller.signal,
    });
    expect(code).toBe(130);
    expect(err).toContain('cert history c-nurse-2023');
  });

  it('applies after Yes', async () => {
    const { code } = await installation().run('annotate 护士', { ...nurse(), answers: [true] });
    expect(code).toBe(0);
    expect((await sandbox.state()).received.submissions).toBe(1);
  });

  const five = Array.from({ length: 5 }, (_, index) => `c-many-000${index + 1}`).join(' ');
  const many = () => ({ env: as('demo_many'), clock: sandbox.clock });

  it.each([
    [`annotate ${five}`, true, 5],
    [`annotate ${five} c-many-0006`, '6', 6],
    [`annotate ${five} c-many-0006`, ' ６ ', 6],
    [`annotate ${five} c-many-0006`, 'y', 0],
    [`annotate ${five} c-many-0006`, '60', 0],
    [`get ${five} c-many-0006`, '5', 0],
    ['annotate --all', 'yes', 0],
  ])('%s, answered by %j, spends %i slots', async (line, answer, slots) => {
    const { code, err, asked } = await installation().run(line, { ...many(), answers: [answer] });
    expect({ code, asked: asked.length }).toEqual({ code: 0, asked: 1 });
    expect((await sandbox.state()).received.submissions).toBe(slots);
    if (slots === 0) expect(err.split('\n').length).toBeLessThan(1_020);
  });

  it.each([
    ['en', 'This spends 1000 slots', 'Type 1000'],
    ['zh-CN', '共将占用 1000 次', '请输入 1000'],
  ])('shows many as one table and asks for their number: %s', async (lang, told, question) => {
    const line = `annotate --all --lang ${lang}`;
    const { err, asked } = await installation().run(line, { ...many(), answers: ['no'] });
    expect(err).toContain(told);
    expect(asked[0]).toContain(question);
    expect(err.match(/c-many-\d+ .* 2027-02-22$/gm)).toHaveLength(1_000);
  });

  it.each([`annotate ${five} c-many-0006 --json`, `get ${five} c-many-0006 --json`])(
    'of many needs a terminal or --yes, too: %s',
    async (line) => {
      const { code, json } = await installation().run(line, many());
      expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'INPUT_REQUIRED' });
      expect((await sandbox.state()).received.submissions).toBe(0);
    },
  );

  it('with --yes applies for many without a question', async () => {
    const { code, asked } = await installation().run(`annotate ${five} c-many-0006 --yes`, { ...many(), answers: [] });
    expect({ code, asked }).toEqual({ code: 0, asked: [] });
    expect((await sandbox.state()).received.submissions).toBe(6);
  });

  it('lets a person pick the certificate', async () => {
    const { code } = await installation().run('annotate', { ...nurse(), answers: ['c-nurse-2023', true] });
    expect(code).toBe(0);
    expect((await sandbox.state()).received.submissions).toBe(1);
  });

  it('waits with --wait, and tells the id before it waits', async () => {
    const { code, err, out } = await installation().run('annotate 护士 --yes --wait', nurse());
    expect(code).toBe(0);
    expect(out).toMatch(/annotation a-.*\n.*ready, valid until 2027-02-22/);
    expect(err).toContain('cert download c-nurse-2023');
  });

  it.each([
    ['annotate c-nurse-2023 --json', 'demo_nurse', 2, 'INPUT_REQUIRED'],
    ['annotate --yes --json', 'demo_nurse', 2, 'CERTIFICATE_AMBIGUOUS'],
    ['annotate nobody --yes --json', 'demo_nurse', 3, 'CERTIFICATE_NOT_FOUND'],
    ['annotate c-nurse-2023 --days 91 --yes --json', 'demo_nurse', 2, 'VALID_DAYS_OUT_OF_RANGE'],
    ['annotate c-nurse-2023 --days 0 --yes --json', 'demo_nurse', 2, 'VALID_DAYS_OUT_OF_RANGE'],
    ['annotate c-nurse-2023 --scenario court --yes --json', 'demo_nurse', 2, 'SCENARIO_NOT_SUPPORTED'],
    ['annotate c-nurse-2023 --all --yes --json', 'demo_nurse', 2, 'USAGE'],
    ['annotate c-nurse-2019 --yes --json', 'demo_nurse', 6, 'ANNOTATION_NOT_REQUIRED'],
    ['annotate c-mixed-revoked --yes --json', 'demo_mixed', 6, 'CERTIFICATE_REVOKED'],
    ['annotate c-full --yes --json', 'demo_full', 5, 'QUOTA_EXHAUSTED'],
    ['annotate c-full --dry-run --json', 'demo_full', 5, 'QUOTA_EXHAUSTED'],
  ])('%s by %s: exit %i %s, nothing sent', async (line, username, exit, error) => {
    const { code, json } = await installation().run(line, { env: as(username), clock: sandbox.clock });
    expect({ code, error: json.error.code }).toEqual({ code: exit, error });
    expect((await sandbox.state()).received.submissions).toBe(0);
  });

  it('names the day on which the next slot frees', async () => {
    const { json } = await installation().run('annotate c-full --yes --json', {
      env: as('demo_full'),
      clock: sandbox.clock,
    });
    expect(json.data.results[0].error.message).toContain('2026-12-24');
  });

  it('says once that no slot is left', async () => {
    const { code, err } = await installation().run('annotate c-full --yes', {
      env: as('demo_full'),
      clock: sandbox.clock,
    });
    expect(code).toBe(5);
    expect(err.match(/c-full/g)).toHaveLength(1);
  });

  it('is refused until the service notice is accepted', async () => {
    const { code, json } = await installation().run('annotate --all --yes --json', {
      env: as('demo_new'),
      clock: sandbox.clock,
    });
    expect({ code, error: json.error.code }).toEqual({ code: 6, error: 'NOTICE_NOT_ACCEPTED' });
  });

  it('takes three slots and not a fourth', async () => {
    const cert = installation();
    for (let slot = 0; slot < 3; slot += 1)
      expect((await cert.run('annotate c-nurse-2023 --yes --json', nurse())).code).toBe(0);
    const fourth = await cert.run('annotate c-nurse-2023 --yes --json', nurse());
    expect({ code: fourth.code, error: fourth.json.error.code }).toEqual({ code: 5, error: 'QUOTA_EXHAUSTED' });
    expect((await sandbox.state()).received.submissions).toBe(3);
  });

  it('gives each certificate its own result, and the gravest exit code', async () => {
    const { code, json } = await installation().run('annotate c-mixed-ready c-mixed-revoked --yes --json', {
      env: as('demo_mixed'),
      clock: sandbox.clock,
    });
    expect(code).toBe(6);
    const outcomes = json.data.results.map((r: { certificateId: string; outcome: string }) => [
      r.certificateId,
      r.outcome,
    ]);
    expect(new Map(outcomes)).toEqual(
      new Map([
        ['c-mixed-ready', 'submitted'],
        ['c-mixed-revoked', 'failed'],
      ]),
    );
  });

  const made = async () =>
    (await sandbox.state()).annotations.filter(({ certificateId }) => certificateId === 'c-nurse-2023');
  const FAULTS = ['drop-before', 'drop-after', 'status', 'garbage', 'html', 'empty'];

  it.each(FAULTS)('finds out what became of an application without an answer: %s', async (kind) => {
    await sandbox.control('POST', '/faults', { route: 'submitAnnotation', kind });
    const { code, json } = await installation().run('annotate c-nurse-2023 --yes --json', nurse());
    expect(code).toBe(0);
    const [annotation, ...others] = await made();
    expect(json.data.results).toMatchObject([{ outcome: 'submitted', annotationId: annotation?.id }]);
    expect(others).toEqual([]);
  });

  it.each(FAULTS)(
    'says that the outcome is unknown while the portal is away, and settles it next time: %s',
    async (kind) => {
      const cert = installation();
      await sandbox.control('POST', '/faults', { route: 'submitAnnotation', kind });
      await sandbox.control('POST', '/faults', { route: 'annotations', kind: 'status', times: 1 });
      for (const route of ['annotations', 'submitAnnotation'])
        await sandbox.control('POST', '/faults', { route, kind: 'status', times: 9 });
      const first = await cert.run('annotate c-nurse-2023 --yes --json', nurse());
      expect(first.code === 9 || first.code === 10).toBe(true);
      await sandbox.control('DELETE', '/faults');
      const second = await cert.run('annotate c-nurse-2023 --yes --json', nurse());
      expect(second.code).toBe(0);
      expect(await made()).toHaveLength(1);
    },
  );

  it.each([
    [false, false],
    [false, true],
    [true, false],
  ])(
    'wastes no slot where the portal is idempotent %s and echoes our reference %s',
    async (idempotentSubmit, echoReference) => {
      await sandbox.control('POST', '/settings', { features: { idempotentSubmit, echoReference } });
      const cert = installation();
      await sandbox.control('POST', '/faults', { route: 'submitAnnotation', kind: 'drop-after' });
      expect((await cert.run('annotate c-nurse-2023 --yes --json', nurse())).code).toBe(0);
      expect(await made()).toHaveLength(1);
    },
  );

  it('does not apply again at a portal that is not idempotent, unless a person says so', async () => {
    await sandbox.control('POST', '/settings', { features: { idempotentSubmit: false } });
    const cert = installation();
    await sandbox.control('POST', '/faults', { route: 'submitAnnotation', kind: 'drop-before' });
    for (let count = 0; count < 2; count += 1) {
      const { code, json } = await cert.run('annotate c-nurse-2023 --yes --json', nurse());
      expect({ code, error: json.error.code }).toEqual({ code: 9, error: 'OUTCOME_UNKNOWN' });
    }
    expect(await made()).toEqual([]);
    expect((await cert.run('annotate c-nurse-2023 --yes --resubmit --json', nurse())).code).toBe(0);
    expect(await made()).toHaveLength(1);
  });

  it('makes one annotation when it is started twice at once', async () => {
    const cert = installation();
    const both = await Promise.all([1, 2].map(() => cert.run('annotate c-nurse-2023 --yes --json', nurse())));
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(await made()).toHaveLength(1);
  });

  it.each([
    ['garbage', 9, {}],
    ['status', 10, { status: 429 }],
  ])('run again because of another certificate, it applies for none twice: %s', async (kind, code, more) => {
    await sandbox.control('POST', '/settings', { features: { idempotentSubmit: false, echoReference: false } });
    const cert = installation();
    const many = { env: as('demo_many'), clock: sandbox.clock };
    await cert.run('whoami', many);
    let submissions = 0;
    const fetch: Fetch = async (request) => {
      if (request.method === 'POST' && request.url.endsWith('/annotations') && ++submissions === 2)
        await sandbox.control('POST', '/faults', { route: '*', kind, times: 9, ...more });
      return globalFetch(request);
    };
    const first = await cert.run('annotate c-many-0001 c-many-0002 --yes --json', { ...many, fetch });
    expect(first.code).toBe(code);
    await sandbox.control('DELETE', '/faults');
    await cert.run('annotate c-many-0001 c-many-0002 --yes --json', many);
    const { annotations } = await sandbox.state();
    expect(annotations.filter(({ certificateId }) => certificateId === 'c-many-0001')).toHaveLength(1);
  });

  it('renews a session that the portal ended, and applies once', async () => {
    const cert = installation();
    await cert.run('login --username demo_nurse --password-stdin', { clock: sandbox.clock, stdin: 'Sandbox2026\n' });
    await sandbox.control('DELETE', '/sessions');
    const { code } = await cert.run('annotate c-nurse-2023 --yes --json', { clock: sandbox.clock });
    expect(code).toBe(0);
    expect((await sandbox.state()).received.submissions).toBe(1);
  });
});
