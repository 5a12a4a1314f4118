import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CertError } from '../../../src/errors.ts';
import type { Fetch } from '../../../src/ports/http.ts';
import { as, globalFetch, type Installation, installation } from '../../support/cert.ts';
import { hasty, holdLock } from '../../support/hold-lock.ts';
import { useSandbox } from '../../support/sandbox.ts';

const sandbox = useSandbox({ sessionLifeMs: 365 * 86_400_000 });
const nurse = () => ({ env: as('demo_nurse'), clock: sandbox.clock });
const days = (count: number) => sandbox.clock.sleep(count * 86_400_000);
const sent = async () => (await sandbox.state()).received.submissions;

/** A machine with a copy that holds for so many days. */
async function withCopy(validDays: number, more = ''): Promise<Installation> {
  const cert = installation();
  const { code } = await cert.run(`get 护士 --yes --days ${validDays} --min-days 0 ${more}`, nurse());
  expect(code).toBe(0);
  return cert;
}

describe('cert renew', () => {
  it.each([
    [13, 'saved', 2],
    [14, 'up-to-date', 1],
    [90, 'up-to-date', 1],
  ])('a copy that holds for %i more days is %s', async (validDays, outcome, applications) => {
    const cert = await withCopy(validDays);
    const { code, json } = await cert.run('renew --json', nurse());
    expect({ code, outcome: json.data.results[0].outcome }).toEqual({ code: 0, outcome });
    expect(await sent()).toBe(applications);
  });

  it('tells for each file when it will next act', async () => {
    const cert = await withCopy(90);
    await cert.run('get c-nurse-2019', nurse());
    const { json } = await cert.run('renew --json', nurse());
    const next = json.data.results.map(({ certificateId, nextOn }: Record<string, string>) => [certificateId, nextOn]);
    expect(new Map(next)).toEqual(
      new Map([
        ['c-nurse-2023', '2027-02-09'],
        ['c-nurse-2019', null],
      ]),
    );
  });

  it('acts on the day that it told, and not on the day before', async () => {
    const cert = await withCopy(90);
    await days(76);
    expect((await cert.run('renew --json', nurse())).json.data.results[0]).toMatchObject({
      outcome: 'up-to-date',
      nextOn: '2027-02-09',
    });
    await days(1);
    const { json } = await cert.run('renew --json', nurse());
    expect(json.data.results[0]).toMatchObject({
      outcome: 'saved',
      file: { validUntil: '2027-05-10' },
      nextOn: '2027-04-27',
    });
  });

  it('needs no portal when nothing is due', async () => {
    const cert = await withCopy(90);
    await sandbox.control('POST', '/faults', { route: '*', kind: 'status', times: 50 });
    expect((await cert.run('renew --json', nurse())).code).toBe(0);
  });

  it('saves beside the old copy, and in the place of a file that was named', async () => {
    const beside = await withCopy(5);
    expect((await beside.run('renew', nurse())).code).toBe(0);
    expect(readdirSync(beside.folder).filter((name) => name.endsWith('.pdf'))).toHaveLength(2);

    await sandbox.control('POST', '/reset', {});
    const named = await withCopy(5, '-o nurse.pdf');
    const before = readFileSync(join(named.folder, 'nurse.pdf'));
    expect((await named.run('renew', nurse())).code).toBe(0);
    expect(readdirSync(named.folder).filter((name) => name.endsWith('.pdf'))).toEqual(['nurse.pdf']);
    expect(readFileSync(join(named.folder, 'nurse.pdf')).equals(before)).toBe(false);
  });

  it('saves one new annotation in every place where the copy is kept', async () => {
    const cert = await withCopy(5, '-o one.pdf');
    await cert.run('get 护士 --yes --min-days 0 -o two.pdf', nurse());
    expect(await sent()).toBe(1);
    const { code, json } = await cert.run('renew --json', nurse());
    const paths = ['one.pdf', 'two.pdf'].map((name) => join(cert.folder, name));
    const saved = json.data.results.map(({ outcome, file }: { outcome: string; file: { path: string } }) => [
      outcome,
      file.path,
    ]);
    expect({ code, saved: saved.sort() }).toEqual({ code: 0, saved: paths.map((path) => ['saved', path]) });
    const [one, two] = paths.map((path) => readFileSync(path));
    expect(one?.equals(two as Buffer)).toBe(true);
    expect(await sent()).toBe(2);
    const again = await cert.run('renew --json', nurse());
    expect(again.json.data.results).toMatchObject([{ outcome: 'up-to-date' }, { outcome: 'up-to-date' }]);
  });

  it('waits once for an annotation that is kept in every place', async () => {
    const cert = await withCopy(5, '-o one.pdf');
    await cert.run('get 护士 --yes --min-days 0 -o two.pdf', nurse());
    const { err } = await cert.run('renew', nurse());
    expect(err).toContain('Generating… requested');
    expect(err).not.toContain('2 certificates');
  });

  it('finds a file under another name in its folder', async () => {
    const cert = await withCopy(90);
    const [name = ''] = readdirSync(cert.folder).filter((file) => file.endsWith('.pdf'));
    renameSync(join(cert.folder, name), join(cert.folder, 'mine.pdf'));
    const { json } = await cert.run('renew --json', nurse());
    expect(json.data.results[0]).toMatchObject({
      outcome: 'up-to-date',
      file: { path: join(cert.folder, 'mine.pdf') },
    });
  });

  it('renews a named file under the name that it was given since', async () => {
    const cert = await withCopy(5, '-o nurse.pdf');
    renameSync(join(cert.folder, 'nurse.pdf'), join(cert.folder, 'mine.pdf'));
    const renewed = await cert.run('renew --json', nurse());
    const path = join(cert.folder, 'mine.pdf');
    expect(renewed.json.data.results).toMatchObject([{ outcome: 'saved', file: { path, validUntil: '2027-02-22' } }]);
    const { json } = await cert.run('renew --json', nurse());
    expect(json.data.results).toMatchObject([{ outcome: 'up-to-date', file: { path } }]);
    expect(readdirSync(cert.folder).filter((name) => name.endsWith('.pdf'))).toEqual(['mine.pdf']);
  });

  it('replaces nothing that it cannot remember, and goes on the next time', async () => {
    const cert = await withCopy(5, '-o nurse.pdf');
    const before = readFileSync(join(cert.folder, 'nurse.pdf'));
    const owner = holdLock(join(cert.folder, 'state', 'locks'), 'wallet');
    const kept = await cert.run('renew --json', { ...nurse(), clock: hasty(sandbox.clock) });
    expect(kept.json.error.code).toBe('FILE_NOT_WRITABLE');
    expect(readFileSync(join(cert.folder, 'nurse.pdf')).equals(before)).toBe(true);
    writeFileSync(owner, '');
    expect((await cert.run('renew --json', nurse())).json.data.results).toMatchObject([{ outcome: 'saved' }]);
    expect(await sent()).toBe(2);
  });

  it.each<[string, (path: string) => void, string]>([
    ['changed', (path) => writeFileSync(path, 'mine'), 'FILE_CHANGED'],
    ['deleted', (path) => rmSync(path), 'FILE_MISSING'],
  ])('leaves a file alone that was %s', async (_, act, code) => {
    const cert = await withCopy(5, '-o nurse.pdf');
    act(join(cert.folder, 'nurse.pdf'));
    const { json } = await cert.run('renew --json', nurse());
    expect(json.data.results).toMatchObject([{ outcome: 'skipped', reason: { code }, nextOn: null }]);
    expect(await sent()).toBe(1);
  });

  it('takes no reserved slot, and tells when the next one frees', async () => {
    const cert = await withCopy(5);
    await cert.run('annotate 护士 --yes --days 6', nurse());
    const { code, json } = await cert.run('renew --json', nurse());
    expect({ code, error: json.error.code }).toEqual({ code: 5, error: 'QUOTA_EXHAUSTED' });
    expect(json.data.results[0]).toMatchObject({ outcome: 'failed', nextOn: '2027-02-22' });
    expect(await sent()).toBe(2);
    expect((await cert.run('renew --reserve 0 --json', nurse())).code).toBe(0);
    expect(await sent()).toBe(3);
  });

  it('leaves the file of another account alone', async () => {
    const cert = await withCopy(5);
    const { code, json } = await cert.run('renew --json', { env: as('demo_empty'), clock: sandbox.clock });
    expect(code).toBe(0);
    expect(json.data.results).toMatchObject([{ outcome: 'skipped', reason: { code: 'CERTIFICATE_NOT_FOUND' } }]);
  });

  it.each(['', '--exit-code'])(
    'saves one annotation once in each place where the certificate is kept %s',
    async (flag) => {
      const cert = await withCopy(5, '-o one.pdf');
      await cert.run('get 护士 --yes --min-days 0 -o two.pdf', nurse());
      let downloads = 0;
      const fetch: Fetch = async (request) => {
        if (request.url.endsWith('/file')) downloads += 1;
        return globalFetch(request);
      };
      const { code, json } = await cert.run(`renew ${flag} --json`, { ...nurse(), fetch });
      const { results } = json.data as { results: { outcome: string; annotationId: string; file: { path: string } }[] };
      expect(code).toBe(0);
      expect(results.map(({ outcome, file }) => [outcome, file.path]).sort()).toEqual([
        ['saved', join(cert.folder, 'one.pdf')],
        ['saved', join(cert.folder, 'two.pdf')],
      ]);
      expect(new Set(results.map(({ annotationId }) => annotationId)).size).toBe(1);
      expect(await sent()).toBe(2);
      expect(downloads).toBe(2);
    },
  );

  it('of a certificate in two places never applies again for what it has sent itself, not even with --resubmit', async () => {
    await sandbox.control('POST', '/settings', { features: { idempotentSubmit: false } });
    const cert = await withCopy(5, '-o one.pdf');
    await cert.run('get 护士 --yes --min-days 0 -o two.pdf', nurse());
    await sandbox.clock.sleep(1_000);
    let submissions = 0;
    const fetch: Fetch = async (request) => {
      if (request.method !== 'POST' || !request.url.endsWith('/annotations')) return globalFetch(request);
      submissions += 1;
      throw new Error('lost');
    };
    const { code } = await cert.run('renew --resubmit --json', { ...nurse(), fetch });
    expect({ code, submissions }).toEqual({ code: 9, submissions: 1 });
  });

  it('makes one annotation when two run at once', async () => {
    const cert = await withCopy(5);
    const both = await Promise.all([1, 2].map(() => cert.run('renew --json', nurse())));
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(await sent()).toBe(2);
  });

  it('interrupted, names no other command to go on with', async () => {
    const cert = await withCopy(5, '-o nurse.pdf');
    const ended = new AbortController();
    const fetch: Fetch = async (request) => {
      if (request.url.includes('/api/v1/annotations/')) ended.abort(new CertError('INTERRUPTED', {}));
      return globalFetch(request);
    };
    const { code, json } = await cert.run('renew --json', { ...nurse(), fetch, signal: ended.signal });
    expect({ code, results: json.data.results }).toMatchObject({ code: 130, results: [{ outcome: 'generating' }] });
    expect(json.error.hint).toContain('same command');
    expect((await cert.run('renew --json', nurse())).json.data.results).toMatchObject([{ outcome: 'saved' }]);
    expect(await sent()).toBe(2);
  });

  it('gives the verdict of a file that need not be renewed', async () => {
    const cert = await withCopy(30);
    const { json } = await cert.run('renew --json', nurse());
    expect(json.data.results).toMatchObject([{ outcome: 'up-to-date', file: { verdict: 'unknown' } }]);
  });

  it('sends nothing with --dry-run', async () => {
    const cert = await withCopy(5);
    const { json } = await cert.run('renew --dry-run --json', nurse());
    expect(json.data.plan).toMatchObject([{ certificateId: 'c-nurse-2023', step: 'apply', validDays: 90 }]);
    expect(await sent()).toBe(1);
  });

  it.each([
    [90, '', 3],
    [5, '', 0],
    [5, '--reserve 3', 5],
    [90, '--dry-run', 3],
    [5, '--dry-run', 0],
    [5, '--reserve 3 --dry-run', 0],
  ])('with --exit-code, a copy for %i days %s ends with %i', async (validDays, flag, code) => {
    const cert = await withCopy(validDays);
    const run = await cert.run(`renew --exit-code ${flag} --json`, nurse());
    const errors: Readonly<Record<number, string>> = { 3: 'NOTHING_DUE', 5: 'QUOTA_EXHAUSTED' };
    expect({ code: run.code, error: run.json.error?.code }).toEqual({ code, error: errors[code] });
  });

  it('waits a random time before it acts where nobody watches', async () => {
    const cert = await withCopy(5);
    const before = sandbox.clock.now().getTime();
    await cert.run('renew --jitter 1h', nurse());
    expect(sandbox.clock.now().getTime() - before).toBeGreaterThanOrEqual(1_800_000);
  });

  it.each([
    'renew --days 7',
    'renew --days 14',
    'renew --min-days 91',
    'renew --reserve x',
    'renew --jitter soon',
    'renew CERT',
  ])('refuses %s', async (line) => {
    const cert = await withCopy(5);
    expect((await cert.run(line, nurse())).code).toBe(2);
    expect(await sent()).toBe(1);
  });

  it('is silent for cron unless something is new', async () => {
    const cert = await withCopy(90);
    expect(await cert.run('renew --quiet', nurse())).toMatchObject({ code: 0, out: '', err: '' });
    await days(80);
    expect((await cert.run('renew --quiet', nurse())).out.trim().split('\n')).toHaveLength(1);
  });

  it('says that nothing is saved yet', async () => {
    const { code, json } = await installation().run('renew --json', nurse());
    expect({ code, results: json.data.results }).toEqual({ code: 0, results: [] });
  });
});

describe('cert list', () => {
  it('shows what is saved and how long it holds', async () => {
    const cert = await withCopy(30, '-o nurse.pdf');
    const path = join(cert.folder, 'nurse.pdf');
    const saved = async () => (await cert.run('list --json', nurse())).json.data.certificates[1].saved;
    expect(await saved()).toEqual([{ path, state: 'good', validUntil: '2026-12-24' }]);
    expect((await cert.run('list', nurse())).out).toContain('30 days');
    writeFileSync(path, 'mine');
    expect(await saved()).toMatchObject([{ state: 'changed' }]);
    rmSync(path);
    expect(await saved()).toMatchObject([{ state: 'missing' }]);
  });

  it('is only warned of a wallet that is damaged', async () => {
    const cert = await withCopy(30);
    writeFileSync(join(cert.folder, 'state', 'wallet.json'), '{');
    const { code, json } = await cert.run('list --json', nurse());
    expect({ code, warnings: json.warnings.length }).toEqual({ code: 0, warnings: 1 });
    expect((await cert.run('get 护士 --json', nurse())).json.error.code).toBe('CONFIG_INVALID');
    expect(readFileSync(join(cert.folder, 'state', 'wallet.json'), 'utf8')).toBe('{');
  });

  it('offline, a damaged journal only costs the estimate', async () => {
    const cert = await withCopy(30, '-o nurse.pdf');
    const journal = join(cert.folder, 'state', 'journal');
    for (const name of readdirSync(journal)) writeFileSync(join(journal, name), 'damaged\n');
    await sandbox.control('POST', '/faults', { route: 'certificates', kind: 'drop-before', times: 50 });
    const { code, json } = await cert.run('list --json', nurse());
    expect({ code, ...json.data.offline }).toMatchObject({ code: 10, files: [{ state: 'good' }], estimates: [] });
  });

  it.each(['list', 'history 护士', 'annotate 护士 --yes', 'get 护士'])(
    'offline, %s tells what this machine knows, as an estimate',
    async (line) => {
      const cert = await withCopy(30, '-o nurse.pdf');
      await sandbox.control('POST', '/faults', { route: 'certificates', kind: 'drop-before', times: 50 });
      const { code, json } = await cert.run(`${line} --json`, nurse());
      expect(code).toBe(10);
      expect(json.data.offline).toMatchObject({
        files: [{ path: join(cert.folder, 'nurse.pdf'), state: 'good', validUntil: '2026-12-24' }],
        estimates: [{ certificateId: 'c-nurse-2023', used: 1, remaining: 2, nextSlotOn: '2027-02-22' }],
      });
      expect((await cert.run(line, nurse())).out).toContain('estimate');
    },
  );
});
