import { describe, expect, it } from 'vitest';
import { CertError } from '../../../src/errors.ts';
import type { Fetch } from '../../../src/ports/http.ts';
import { as, globalFetch, type Installation, installation } from '../../support/cert.ts';
import { ORIGIN, type TestClock, useSandbox } from '../../support/sandbox.ts';

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

  it.each(['status', 'drop-before', 'cut', 'html', 'garbage'])('survives a portal that is away: %s', async (kind) => {
    const { cert } = await applied();
    await sandbox.control('POST', '/faults', { route: 'annotation', kind, times: 30 });
    expect((await cert.run('wait c-nurse-2023 --json', nurse())).code).toBe(0);
  });

  /** Waits, and gives the pauses between its questions for the annotation, from the start to the end of the wait. */
  async function pausesOf(cert: Installation, line: string): Promise<{ code: number; pauses: number[] }> {
    await sandbox.control('POST', '/settings', { sessionLifeMs: 86_400_000 });
    const asked = [sandbox.clock.now().getTime()];
    const sleeps: number[] = [];
    const ended = new AbortController();
    const clock: TestClock = {
      now: () => sandbox.clock.now(),
      sleep: (ms) => {
        sleeps.push(ms);
        return sandbox.clock.sleep(ms);
      },
    };
    const fetch: Fetch = (request) => {
      if (/\/annotations\/[^/]+$/.test(request.url)) asked.push(clock.now().getTime());
      // A wait that never sleeps would never end.
      if (asked.length > 500) ended.abort(new CertError('TERMINATED', {}));
      return globalFetch(request);
    };
    const { code } = await cert.run(line, { ...nurse(), clock, fetch, signal: ended.signal });
    const times = [...asked, clock.now().getTime()];
    expect(Math.max(...sleeps)).toBeLessThanOrEqual(60_000);
    return { code, pauses: times.slice(1).map((time, index) => time - (times[index] as number)) };
  }

  it.each([
    [429, 1_200, 1_200_000],
    [503, 1_200, 1_200_000],
    [503, 999_999_999, 30 * 60_000],
  ])('keeps to the pace that the portal asks for: %i, %i s', async (status, retryAfterSeconds, least) => {
    const { cert } = await applied();
    await sandbox.control('POST', '/faults', { route: 'annotation', kind: 'status', status, retryAfterSeconds });
    const { code, pauses } = await pausesOf(cert, 'wait c-nurse-2023 --timeout 31m --json');
    expect(code).toBe(8);
    // The portal says it in answer to the first question.
    expect(pauses[0]).toBe(2_100);
    expect(pauses[1]).toBeGreaterThanOrEqual(least - 2_100);
    expect(pauses.reduce((sum, pause) => sum + pause)).toBe(31 * 60_000);
  });

  it('asks again after a tenth of the time since the application, after 2 s at least and 66 s at most', async () => {
    const { cert } = await applied();
    const { code, pauses } = await pausesOf(cert, 'wait c-nurse-2023 --json');
    expect(code).toBe(0);
    expect(pauses.length).toBeGreaterThan(60);
    let since = 0;
    // Half of the jitter of a tenth: the random number of these tests is 0.5.
    for (const pause of pauses.slice(0, -1)) {
      const usual = Math.min(60_000, Math.max(2_000, since / 10)) * 1.05;
      expect({ since, pause, isUsual: Math.abs(pause - usual) <= 1 }).toMatchObject({ isUsual: true });
      since += pause;
    }
    expect(since).toBeGreaterThanOrEqual(3_600_000);
  });

  it('asks as often as it is told to', async () => {
    const { cert } = await applied();
    const { code, pauses } = await pausesOf(cert, 'wait c-nurse-2023 --interval 600 --json');
    expect({ code, pauses }).toEqual({ code: 0, pauses: [...Array(6).fill(600_000), 0] });
  });

  it('notices the time that a laptop slept', async () => {
    const { cert } = await applied();
    let asleep = true;
    const clock = {
      now: () => sandbox.clock.now(),
      sleep: async (ms: number) => {
        await sandbox.clock.sleep(asleep ? ms + 8 * 3_600_000 : ms);
        asleep = false;
      },
    };
    const { code, json } = await cert.run('wait c-nurse-2023 --timeout 10h --json', { ...nurse(), clock });
    expect({ code, outcome: json.data.results[0].outcome }).toEqual({ code: 0, outcome: 'ready' });
  });

  it('ends in time where the clock is set back again and again', async () => {
    const { cert } = await applied();
    let sleptMs = 0;
    const clock = {
      now: () => sandbox.clock.now(),
      sleep: (ms: number) => {
        sleptMs += ms;
        return sandbox.clock.sleep(sleptMs < 2 * 3_600_000 ? -60_000 : ms);
      },
    };
    const { code } = await cert.run('wait c-nurse-2023 --timeout 10m --json', { ...nurse(), clock });
    expect(code).toBe(8);
    expect(sleptMs).toBeLessThan(11 * 60_000);
  });

  it('measures the wait by what is generating, not by what is ready', async () => {
    const { code, json } = await installation().run('wait c-mixed-ready c-mixed-generating --timeout 1m --json', {
      env: as('demo_mixed'),
      clock: sandbox.clock,
    });
    expect(code).toBe(8);
    expect(json.data.results).toMatchObject([{ outcome: 'ready' }, { outcome: 'generating' }]);
    const { out, err } = await installation().run('wait c-mixed-ready c-mixed-generating --timeout 1m', {
      env: as('demo_mixed'),
      clock: sandbox.clock,
    });
    expect(err).not.toContain('000-00000000');
    expect(out).toContain('c-mixed-ready: ready');
  });

  it('ends with 4 when the session is over and no password is at hand, and loses nothing', async () => {
    await sandbox.control('POST', '/settings', { generateAfterMs: 5 * 3_600_000 });
    const { cert, annotationId } = await applied();
    const withFreshToken = async () => {
      await cert.run('login --username demo_nurse --password-stdin', { clock: sandbox.clock, stdin: 'Sandbox2026' });
      const stored = cert.secrets.entries.get(`session:demo_nurse@${ORIGIN}`) ?? '{}';
      return { env: { CERT_TOKEN: JSON.parse(stored).accessToken }, clock: sandbox.clock };
    };
    const { code, json } = await cert.run('wait c-nurse-2023 --json', await withFreshToken());
    expect({ code, error: json.error.code }).toEqual({ code: 4, error: 'SESSION_EXPIRED' });
    expect(json.data.results).toEqual([{ certificateId: 'c-nurse-2023', outcome: 'generating', annotationId }]);
    const { err } = await cert.run('wait c-nurse-2023', await withFreshToken());
    expect(err).toContain('cert wait c-nurse-2023');
  });

  it('renews the session as often as it ends, where a password is at hand', async () => {
    await sandbox.control('POST', '/settings', { sessionLifeMs: 120_000 });
    const { cert } = await applied();
    expect((await cert.run('wait c-nurse-2023 --json', nurse())).code).toBe(0);
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
    const { cert, annotationId } = await applied();
    const interrupted = () => {
      const controller = new AbortController();
      const sleep = async () => {
        controller.abort(new CertError('INTERRUPTED', {}));
        throw controller.signal.reason;
      };
      return { ...nurse(), clock: { now: () => sandbox.clock.now(), sleep }, signal: controller.signal };
    };
    const { code, err } = await cert.run('wait c-nurse-2023', interrupted());
    expect(code).toBe(130);
    expect(err).toContain('cert wait c-nurse-2023');
    const { json } = await cert.run('wait c-nurse-2023 --json', interrupted());
    expect(json.data.results).toMatchObject([{ outcome: 'generating', annotationId }]);
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
