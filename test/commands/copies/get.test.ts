import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { as, installation } from '../../support/cert.ts';
import { useSandbox } from '../../support/sandbox.ts';

const sandbox = useSandbox({ sessionLifeMs: 365 * 86_400_000 });
const nurse = () => ({ env: as('demo_nurse'), clock: sandbox.clock });
const posts = async () => (await sandbox.state()).received.submissions;
const made = async (id: string) =>
  (await sandbox.state()).annotations.filter(({ certificateId }) => certificateId === id);

describe('cert get', () => {
  it('applies, waits and saves; a second run sends nothing', async () => {
    const cert = installation();
    const first = await cert.run('get 护士 --yes --json', nurse());
    expect(first.code).toBe(0);
    const [{ file, outcome }] = first.json.data.results;
    expect(outcome).toBe('saved');
    expect(readFileSync(file.path).subarray(0, 5).toString()).toBe('%PDF-');
    const second = await cert.run('get 护士 --json', nurse());
    expect(second.json.data.results).toMatchObject([{ outcome: 'up-to-date', file: { path: file.path } }]);
    expect(await posts()).toBe(1);
  });

  it('downloads again what was deleted or changed, without a slot', async () => {
    const cert = installation();
    const { json } = await cert.run('get 护士 --yes --json', nurse());
    const { path } = json.data.results[0].file;
    rmSync(path);
    expect((await cert.run('get 护士 --json', nurse())).json.data.results[0].outcome).toBe('saved');
    writeFileSync(path, 'changed');
    const refused = await cert.run('get 护士 --json', nurse());
    expect({ code: refused.code, error: refused.json.error.code }).toEqual({ code: 2, error: 'FILE_EXISTS' });
    expect((await cert.run('get 护士 --force --json', nurse())).code).toBe(0);
    expect(await posts()).toBe(1);
  });

  it('joins what is generating', async () => {
    const cert = installation();
    await cert.run('annotate 护士 --yes', nurse());
    const { code, json } = await cert.run('get 护士 --json', nurse());
    expect({ code, outcome: json.data.results[0].outcome }).toEqual({ code: 0, outcome: 'saved' });
    expect(await posts()).toBe(1);
  });

  it('saves a certificate that needs no annotation', async () => {
    const cert = installation();
    expect((await cert.run('get c-nurse-2019 --json', nurse())).json.data.results[0].outcome).toBe('saved');
    expect((await cert.run('get c-nurse-2019 --json', nurse())).json.data.results[0].outcome).toBe('up-to-date');
    expect(await posts()).toBe(0);
  });

  it('applies anew when the file holds too short', async () => {
    const cert = installation();
    await cert.run('get 护士 --yes --days 10', nurse());
    const { json } = await cert.run('get 护士 --min-days 30 --yes --json', nurse());
    expect(json.data.results[0]).toMatchObject({ outcome: 'saved', file: { validUntil: '2027-02-22' } });
    expect(await posts()).toBe(2);
  });

  it('needs --yes to spend a slot where nobody can be asked', async () => {
    const { code, json } = await installation().run('get 护士 --json', nurse());
    expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'INPUT_REQUIRED' });
    expect(await posts()).toBe(0);
  });

  it('never takes reserved slots', async () => {
    const { code, json } = await installation().run('get 护士 --reserve 3 --yes --json', nurse());
    expect({ code, error: json.error.code }).toEqual({ code: 5, error: 'QUOTA_EXHAUSTED' });
    const { json: dry } = await installation().run('get 护士 --reserve 3 --dry-run --json', nurse());
    expect(dry.data.plan).toMatchObject([{ step: 'refuse', error: { code: 'QUOTA_EXHAUSTED' } }]);
    expect(await posts()).toBe(0);
  });

  it('tells with --dry-run what it would do and why, and sends nothing', async () => {
    const cert = installation();
    const { code, json } = await cert.run('get --all --dry-run --json', {
      env: as('demo_mixed'),
      clock: sandbox.clock,
    });
    expect(code).toBe(0);
    expect(
      json.data.plan.map(({ certificateId, step }: { certificateId: string; step: string }) => [certificateId, step]),
    ).toEqual([
      ['c-mixed-generating', 'join'],
      ['c-mixed-ready', 'download'],
      ['c-mixed-expired', 'apply'],
      ['c-mixed-file', 'download'],
    ]);
    expect(await posts()).toBe(0);
    expect(readdirSync(cert.folder)).toEqual([]);
  });

  it('spends no slot where the file could not be saved', async () => {
    const cert = installation();
    const { code, json } = await cert.run('get 护士 -o /nonexistent-folder/x.pdf --yes --json', nurse());
    expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'FILE_NOT_WRITABLE' });
    expect(await posts()).toBe(0);
  });

  it('spends no slot where another file is in the place', async () => {
    const cert = installation();
    writeFileSync(join(cert.folder, 'mine.pdf'), 'mine');
    for (const line of ['get 护士 -o mine.pdf --yes --json', 'get 护士 -o mine.pdf --dry-run --json']) {
      const { json } = await cert.run(line, nurse());
      expect(json.error?.code ?? json.data.plan[0].error.code).toBe('FILE_EXISTS');
    }
    expect(readFileSync(join(cert.folder, 'mine.pdf'), 'utf8')).toBe('mine');
    expect(await posts()).toBe(0);
  });

  it('spends no slot where the journal cannot be written', async () => {
    const cert = installation();
    writeFileSync(join(cert.folder, 'state'), 'in the way');
    const { code, json } = await cert.run('get 护士 --yes --json', nurse());
    expect(code).toBe(2);
    expect(['FILE_NOT_WRITABLE', 'JOURNAL_INVALID', 'CONFIG_INVALID']).toContain(json.error.code);
    expect(await posts()).toBe(0);
  });

  it('gives a result for each of several certificates', async () => {
    const cert = installation();
    const { code, json } = await cert.run('get c-mixed-ready c-mixed-revoked c-mixed-file --json', {
      env: as('demo_mixed'),
      clock: sandbox.clock,
    });
    expect(code).toBe(6);
    expect(json.data.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['saved', 'failed', 'saved']);
  });

  it('saves two certificates of one name side by side', async () => {
    const cert = installation();
    const env = as('demo_many');
    const { code, json } = await cert.run('get c-many-0001 c-many-0007 --yes --json', { env, clock: sandbox.clock });
    expect(code).toBe(0);
    expect(new Set(json.data.results.map(({ file }: { file: { path: string } }) => file.path)).size).toBe(2);
  });

  it('takes what is ready where only a later annotation failed', async () => {
    expect((await installation().run('annotate 护士 --yes --wait', nurse())).code).toBe(0);
    await sandbox.control('POST', '/settings', { failNextGeneration: 'unreadable' });
    await sandbox.clock.sleep(1_000);
    expect((await installation().run('annotate 护士 --yes --wait', nurse())).code).toBe(6);
    const { code } = await installation().run('get 护士 --json', nurse());
    expect({ code, sent: await posts() }).toEqual({ code: 0, sent: 2 });
  });

  it.each([
    ['ready', 0],
    ['generating', 600_000],
  ])('looks at older annotations before it spends a slot: one that is %s', async (_, generateAfterMs) => {
    await sandbox.control('POST', '/settings', { generateAfterMs });
    for (const days of [90, 5]) {
      expect((await installation().run(`annotate 护士 --yes --days ${days}`, nurse())).code).toBe(0);
      await sandbox.clock.sleep(1_000);
    }
    const { code, json } = await installation().run('get 护士 --min-days 30 --yes --json', nurse());
    expect({ code, file: json.data.results[0].file }).toMatchObject({ code: 0, file: { validUntil: '2027-02-22' } });
    expect(await posts()).toBe(2);
  });

  it.each(['get', 'download'])('has delivered what it printed: %s', async (command) => {
    const cert = installation();
    await cert.run('get 护士 --yes --timeout 1ms', nurse());
    await sandbox.clock.sleep(3_600_000);
    expect((await cert.run(`${command} 护士 -o -`, nurse())).out).toMatch(/^%PDF-[\s\S]*%%EOF\s*$/);
    await cert.run('annotate 护士 --yes', nurse());
    expect(await posts()).toBe(2);
  });

  it('says that there is nothing to save in an empty account', async () => {
    const empty = { env: as('demo_empty'), clock: sandbox.clock };
    const all = await installation().run('get --all', empty);
    expect({ code: all.code, out: all.out }).toEqual({ code: 0, out: expect.stringMatching(/\S/) });
  });

  it('makes one annotation when two start at once, and both save it', async () => {
    const cert = installation();
    const both = await Promise.all([1, 2].map(() => cert.run('get 护士 --yes --json', nurse())));
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(await made('c-nurse-2023')).toHaveLength(1);
  });

  it('ends with 8 when the time is up, and goes on the next time', async () => {
    await sandbox.control('POST', '/settings', { generateAfterMs: 3_600_000 });
    const cert = installation();
    const first = await cert.run('get 护士 --yes --timeout 5m --json', nurse());
    expect({ code: first.code, outcome: first.json.data.results[0].outcome }).toEqual({
      code: 8,
      outcome: 'generating',
    });
    const second = await cert.run('get 护士 --json', nurse());
    expect({ code: second.code, outcome: second.json.data.results[0].outcome }).toEqual({ code: 0, outcome: 'saved' });
    expect(await posts()).toBe(1);
  });

  it('asks a person once, and sends nothing after No', async () => {
    const { code, asked } = await installation().run('get 护士', { ...nurse(), answers: [false] });
    expect({ code, questions: asked.length, sent: await posts() }).toEqual({ code: 0, questions: 1, sent: 0 });
  });
});
