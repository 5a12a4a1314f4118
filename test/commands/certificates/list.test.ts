import { describe, expect, it } from 'vitest';
import { as, installation } from '../../support/cert.ts';
import { useSandbox } from '../../support/sandbox.ts';

const sandbox = useSandbox();

describe('cert list', () => {
  it('shows certificates, annotations and slots', async () => {
    const { code, json } = await installation().run('list --json', { env: as('demo_mixed'), clock: sandbox.clock });
    expect(code).toBe(0);
    const states = json.data.certificates.map(
      (c: { id: string; status: string; annotation: { status: string } | null }) => [
        c.id,
        c.status,
        c.annotation?.status ?? null,
      ],
    );
    expect(states).toEqual([
      ['c-mixed-revoked', 'revoked', null],
      ['c-mixed-generating', 'valid', 'generating'],
      ['c-mixed-ready', 'valid', 'ready'],
      ['c-mixed-expired', 'valid', 'expired'],
      ['c-mixed-file', 'valid', null],
    ]);
    const ready = json.data.certificates[2];
    expect(ready).toMatchObject({ daysLeft: 80, annotation: { validUntil: '2027-02-12' } });
    expect(ready.quota).toEqual({ limit: 3, windowDays: 90, used: 1, remaining: 2, nextSlotOn: '2027-02-12' });
    expect(json.data.certificates[4]).toMatchObject({
      kind: 'electronic-file',
      annotationRequired: false,
      quota: null,
    });
  });

  it('tells when the next slot frees', async () => {
    const slots = async (user: string) =>
      (await installation().run('list', { env: as(user), clock: sandbox.clock })).err.match(/\d{4}-\d{2}-\d{2}/g);
    expect(await slots('demo_full')).toEqual(['2026-12-24']);
    expect(await slots('demo_nurse')).toBeNull();
  });

  it.each(['en', 'zh-CN'])('fits 80 columns in %s', async (lang) => {
    const cert = installation();
    const mixed = { env: as('demo_mixed'), clock: sandbox.clock };
    await cert.run('download c-mixed-ready', mixed);
    const { out } = await cert.run(`list --lang ${lang}`, { ...mixed, answers: [] });
    expect(out).toMatch(/^c-mixed-ready .*80 (days|天)$/m);
    expect(out).toContain(lang === 'en' ? 'to 2027-02-12 (80 days)' : '至 2027-02-12（80 天）');
    const full = { env: as('demo_full'), clock: sandbox.clock };
    const history = await installation().run(`history --lang ${lang}`, full);
    expect(history.out).toContain(lang === 'en' ? 'to 2026-11-24 (last day)' : '至 2026-11-24（最后一天）');
    expect(history.out).not.toContain('…');
    const wide =
      /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;
    for (const line of out.split('\n')) expect(line.length + (line.match(wide)?.length ?? 0)).toBeLessThanOrEqual(80);
  });

  it('masks names and numbers unless asked', async () => {
    const cert = installation();
    const masked = await cert.run('list --json', { env: as('demo_nurse'), clock: sandbox.clock });
    const shown = await cert.run('list --json --show-pii', { env: as('demo_nurse'), clock: sandbox.clock });
    expect(masked.json.data.certificates[0].holderName).toBe('样**');
    expect(shown.json.data.certificates[0].holderName).toBe('样张甲');
    expect(shown.out).not.toMatch(/\d{17}[\dX]/);
  });

  it('explains an empty list', async () => {
    const cert = installation();
    const empty = await cert.run('list --json', { env: as('demo_empty'), clock: sandbox.clock });
    expect(empty).toMatchObject({ code: 0, json: { ok: true, data: { certificates: [] } } });
    const { out } = await cert.run('list --lang zh-CN', { env: as('demo_empty'), clock: sandbox.clock });
    expect(out).toContain('证件');
  });

  it('reads all pages', async () => {
    const { json } = await installation().run('list --json', { env: as('demo_many'), clock: sandbox.clock });
    expect(new Set(json.data.certificates.map((c: { id: string }) => c.id)).size).toBe(1000);
  });

  it('tries a wrong password exactly once', async () => {
    const { code, json } = await installation().run('list --json', {
      env: as('demo_nurse', 'Wrong2026x'),
      clock: sandbox.clock,
    });
    expect(code).toBe(4);
    expect(json.error.code).toBe('INVALID_CREDENTIALS');
    expect((await sandbox.state()).received.logIns).toEqual({ demo_nurse: 1 });
  });

  it('reaches the portal again when it was away for a moment', async () => {
    await sandbox.control('POST', '/faults', { route: 'certificates', kind: 'status', status: 503, times: 2 });
    await sandbox.control('POST', '/faults', { route: 'certificates', kind: 'drop-before' });
    const { code } = await installation().run('list --json', { env: as('demo_nurse'), clock: sandbox.clock });
    expect(code).toBe(0);
  });

  it.each([
    ['status', 'PORTAL_UNAVAILABLE', true],
    ['drop-before', 'CONNECTION_LOST', true],
    ['html', 'PORTAL_PROTOCOL', false],
    ['garbage', 'PORTAL_PROTOCOL', false],
    ['empty', 'PORTAL_PROTOCOL', false],
  ])('says what is wrong with a portal: %s', async (kind, error, retryable) => {
    await sandbox.control('POST', '/faults', { route: 'certificates', kind, times: 9 });
    const { code, json } = await installation().run('list --json', { env: as('demo_nurse'), clock: sandbox.clock });
    expect(code).toBe(10);
    expect(json.error).toMatchObject({ code: error, retryable });
  });
});
