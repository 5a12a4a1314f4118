import { describe, expect, it } from 'vitest';
import { CertError } from '../../src/errors.ts';
import { as, installation } from '../support/cert.ts';
import { useSandbox } from '../support/sandbox.ts';

const sandbox = useSandbox({ generateAfterMs: 3_600_000 });
const nurse = () => ({ env: as('demo_nurse'), clock: sandbox.clock });

async function applied() {
  const cert = installation();
  const { json } = await cert.run('annotate c-nurse-2023 --yes --json', nurse());
  return { cert, annotationId: json.data.results[0].annotationId as string };
}

describe('cert wait', () => {
  it('ends when the copy is ready', async () => {
    const { cert, annotationId } = await applied();
    const started = sandbox.clock.now().getTime();
    const { code, json } = await cert.run('wait c-nurse-2023 --json', nurse());
    expect(code).toBe(0);
    expect(json.data.results).toEqual([{ certificateId: 'c-nurse-2023', outcome: 'ready', annotationId }]);
    const waited = sandbox.clock.now().getTime() - started;
    expect(waited).toBeGreaterThanOrEqual(3_600_000);
    expect(waited).toBeLessThan(3_600_000 + 70_000);
  });

  it('without arguments waits for everything that is generating', async () => {
    const { json } = await installation().run('wait --json --timeout 25h', {
      env: as('demo_mixed'),
      clock: sandbox.clock,
    });
    expect(json.data.results).toMatchObject([{ certificateId: 'c-mixed-generating', outcome: 'ready' }]);
  });

  it('has nothing to do where nothing is generating', async () => {
    const { code, json } = await installation().run('wait --json', nurse());
    expect({ code, data: json.data }).toEqual({ code: 0, data: { results: [] } });
  });

  it('ends with 8 when the time is up', async () => {
    const { cert } = await applied();
    const started = sandbox.clock.now().getTime();
    const { code, json } = await cert.run('wait c-nurse-2023 --timeout 10m --json', nurse());
    expect({ code, error: json.error.code, retryable: json.error.retryable }).toEqual({
      code: 8,
      error: 'ANNOTATION_GENERATING',
      retryable: true,
    });
    expect(json.data.results).toMatchObject([{ outcome: 'generating' }]);
    expect(sandbox.clock.now().getTime() - started).toBeLessThan(10 * 60_000 + 1_000);
  });

  it.each(['status', 'drop-before', 'html', 'garbage'])('survives a portal that is away: %s', async (kind) => {
    const { cert } = await applied();
    await sandbox.control('POST', '/faults', { route: 'annotation', kind, times: 30 });
    expect((await cert.run('wait c-nurse-2023 --json', nurse())).code).toBe(0);
  });

  it('keeps to the pace that the portal asks for', async () => {
    const { cert } = await applied();
    await sandbox.control('POST', '/faults', {
      route: 'annotation',
      kind: 'status',
      status: 429,
      retryAfterSeconds: 1200,
    });
    const { code } = await cert.run('wait c-nurse-2023 --timeout 15m --json', nurse());
    expect(code).toBe(8);
  });

  it('says when the generation failed, and that it takes no slot', async () => {
    await sandbox.control('POST', '/settings', { failNextGeneration: 'demonstration' });
    const { cert } = await applied();
    const { code, json } = await cert.run('wait c-nurse-2023 --json', nurse());
    expect({ code, error: json.error.code }).toEqual({ code: 6, error: 'ANNOTATION_FAILED' });
    const { json: history } = await cert.run('history c-nurse-2023 --json', nurse());
    expect(history.data.quota.remaining).toBe(3);
  });

  it('says after 24 hours that the promise is broken, and whom to ask', async () => {
    await sandbox.control('POST', '/settings', { generateAfterMs: 30 * 3_600_000 });
    const { cert } = await applied();
    const { code, json } = await cert.run('wait c-nurse-2023 --timeout 48h --json', nurse());
    expect(code).toBe(0);
    expect(json.warnings).toHaveLength(1);
    expect(json.warnings[0]).toContain('000-00000000');
  });

  it.each([
    ['wait c-nurse-2023 --json', 'demo_nurse', 3, 'ANNOTATION_REQUIRED'],
    ['wait c-nurse-2019 --json', 'demo_nurse', 6, 'ANNOTATION_NOT_REQUIRED'],
    ['wait c-mixed-expired --json', 'demo_mixed', 3, 'ANNOTATION_EXPIRED'],
    ['wait --timeout soon --json', 'demo_nurse', 2, 'USAGE'],
    ['wait --interval 0 --json', 'demo_nurse', 2, 'USAGE'],
  ])('%s by %s: exit %i %s', async (line, username, exit, error) => {
    const { code, json } = await installation().run(line, { env: as(username), clock: sandbox.clock });
    expect({ code, error: json.error.code }).toEqual({ code: exit, error });
  });

  it('ends with 130 on Ctrl-C and says how to resume', async () => {
    const { cert } = await applied();
    const controller = new AbortController();
    const clock = {
      now: () => sandbox.clock.now(),
      sleep: async () => {
        controller.abort(new CertError('INTERRUPTED', {}));
        throw controller.signal.reason;
      },
    };
    const { code, err } = await cert.run('wait c-nurse-2023', { ...nurse(), clock, signal: controller.signal });
    expect(code).toBe(130);
    expect(err).toContain('cert wait c-nurse-2023');
  });

  it('counts the last day of the validity in Asia/Shanghai', async () => {
    const { cert } = await applied();
    await cert.run('wait c-nurse-2023', nurse());
    await sandbox.control('POST', '/clock', { now: '2027-02-22T23:59:59+08:00' });
    const lastSecond = await cert.run('list --json', nurse());
    expect(lastSecond.json.data.certificates[1].annotation.status).toBe('ready');
    await sandbox.control('POST', '/clock', { advanceMs: 1_000 });
    const over = await cert.run('list --json', nurse());
    expect(over.json.data.certificates[1].annotation.status).toBe('expired');
  });
});
