import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { as, type Installation, installation } from '../../support/cert.ts';
import { useSandbox } from '../../support/sandbox.ts';

const sandbox = useSandbox({ sessionLifeMs: 365 * 86_400_000 });
const nurse = () => ({ env: as('demo_nurse'), clock: sandbox.clock });
const days = (count: number) => sandbox.clock.sleep(count * 86_400_000);
const sent = async () => (await sandbox.state()).received.submissions;

async function succeed(cert: Installation, line: string) {
  const { code, json } = await cert.run(`${line} --json`, nurse());
  expect(code).toBe(0);
  return json.data;
}

/** A machine with a copy in `long`, and one in `short` that was saved later and holds for 30 days only. */
async function withTwoCopies(): Promise<Installation & { path(folder: string): string }> {
  const cert = installation();
  for (const folder of ['long', 'short']) mkdirSync(join(cert.folder, folder));
  await succeed(cert, 'get c-nurse-2023 --yes -o long/nurse.pdf');
  await succeed(cert, 'annotate c-nurse-2023 --yes --wait --days 30');
  await succeed(cert, 'download c-nurse-2023 -o short/nurse.pdf');
  return Object.assign(cert, { path: (folder: string) => join(cert.folder, folder, 'nurse.pdf') });
}

it('list tells how long the copy holds that holds longest', async () => {
  const cert = await withTwoCopies();
  const listed = async () => (await cert.run('list', nurse())).out.split('\n').find((line) => line.includes('2023'));
  expect(await listed()).toContain('90 days');
  writeFileSync(cert.path('long'), 'mine');
  expect(await listed()).toContain('30 days');
  rmSync(cert.path('short'));
  expect(await listed()).toContain('missing');
});

it('list without a portal tells of no validity of a file that is not what was saved', async () => {
  const cert = await withTwoCopies();
  writeFileSync(cert.path('long'), 'mine');
  rmSync(cert.path('short'));
  await sandbox.control('POST', '/faults', { route: 'certificates', kind: 'drop-before', times: 50 });
  const { out } = await cert.run('list', nurse());
  expect(out).toContain('nurse.pdf (changed)');
  expect(out).toContain('nurse.pdf (missing)');
  expect(out).not.toContain('valid until');
});

it('get takes the copy that holds longest', async () => {
  const cert = await withTwoCopies();
  const got = async () => (await succeed(cert, 'get c-nurse-2023 --min-days 10')).results;
  expect(await got()).toMatchObject([{ outcome: 'up-to-date', file: { path: cert.path('long') } }]);
  rmSync(cert.path('long'));
  expect(await got()).toMatchObject([{ outcome: 'up-to-date', file: { path: cert.path('short') } }]);
});

it('renew looks after each place, and spends one slot for all', async () => {
  const cert = await withTwoCopies();
  const renewed = async () => {
    const { results } = await succeed(cert, 'renew');
    return results.map(({ outcome, file }: { outcome: string; file: { path: string; validUntil: string } }) => [
      file.path,
      outcome,
      file.validUntil,
    ]);
  };
  await days(20);
  expect(await renewed()).toEqual([
    [cert.path('short'), 'saved', '2027-02-22'],
    [cert.path('long'), 'up-to-date', '2027-02-22'],
  ]);
  expect(await sent()).toBe(2);
  await days(70);
  expect((await renewed()).map(([, , validUntil]: string[]) => validUntil)).toEqual(['2027-05-23', '2027-05-23']);
  expect(await sent()).toBe(3);
});

it.each(['view', 'download'])('%s takes an earlier copy where the latest is over', async (command) => {
  const cert = installation();
  await succeed(cert, 'annotate c-nurse-2023 --yes --wait');
  await succeed(cert, 'annotate c-nurse-2023 --yes --wait --days 1');
  await days(2);
  const { file, results } = await succeed(cert, `${command} c-nurse-2023`);
  expect((file ?? results[0].file).validUntil).toBe('2027-02-22');
});
