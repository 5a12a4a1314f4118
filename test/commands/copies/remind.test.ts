import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { eventsOf, ZONES } from '../../support/calendar.ts';
import { as, type Installation, installation } from '../../support/cert.ts';
import { useSandbox } from '../../support/sandbox.ts';

const sandbox = useSandbox({ sessionLifeMs: 365 * 86_400_000 });
const nurse = () => ({ env: as('demo_nurse'), clock: sandbox.clock });
const days = (count: number) => sandbox.clock.sleep(count * 86_400_000);
const remind = (cert: Installation, line: string) => cert.run(`remind ${line}`, { clock: sandbox.clock });
const events = async (cert: Installation, flags = '') => eventsOf((await remind(cert, `--ics - ${flags}`)).out);

async function save(cert: Installation, line: string): Promise<void> {
  expect((await cert.run(line, nurse())).code).toBe(0);
}

/** A machine with a copy that holds until 2027-02-22. */
async function withCopy(): Promise<Installation> {
  const cert = installation();
  await save(cert, 'get c-nurse-2023 --yes');
  return cert;
}

afterEach(() => vi.unstubAllEnvs());

describe('cert remind', () => {
  it('writes an event for every expiry, offline and logged out', async () => {
    const cert = await withCopy();
    await save(cert, 'get c-nurse-2019');
    const { code, json } = await remind(cert, '--ics expiry.ics --json');
    const path = join(cert.folder, 'expiry.ics');
    expect({ code, calendar: json.data.calendar }).toEqual({ code: 0, calendar: { path, events: 1 } });
    const [event, ...others] = eventsOf(readFileSync(path, 'utf8'));
    expect(others).toEqual([]);
    expect(event).toMatchObject({ start: '2027-02-22', end: '2027-02-23', summary: expect.stringContaining('护士') });
    expect(event?.description).toContain('2027-02-22');
    expect(event?.description).toContain('cert get c-nurse-2023');
  });

  it.each(ZONES)('means the same day in %s, and rings there at 9:00', async (zone) => {
    const cert = await withCopy();
    vi.stubEnv('TZ', zone);
    const [event] = await events(cert, '--days-before 1');
    expect(event?.start).toBe('2027-02-22');
    expect(event?.alarms.map((alarm) => alarm.toLocaleString('sv'))).toEqual(['2027-02-21 09:00:00']);
  });

  it('rings 14 days before unless told otherwise', async () => {
    const cert = await withCopy();
    expect((await remind(cert, '--ics -')).out).toContain('TRIGGER;RELATED=START:-P13DT15H\r\n');
    expect((await remind(cert, '--ics - --days-before 0')).out).toContain('TRIGGER;RELATED=START:PT9H\r\n');
  });

  it('moves the event of a certificate that was renewed', async () => {
    const cert = await withCopy();
    const [before] = await events(cert);
    await days(80);
    await save(cert, 'renew');
    const [after, ...others] = await events(cert);
    expect(others).toEqual([]);
    expect(after).toMatchObject({ uid: before?.uid, start: '2027-05-13' });
    expect(after?.sequence).toBeGreaterThan(before?.sequence ?? Number.NaN);
  });

  it('tells of the copy that holds longest, wherever it is and whenever it was saved', async () => {
    const cert = installation();
    await save(cert, 'get c-nurse-2023 --yes -o long.pdf');
    await save(cert, 'annotate c-nurse-2023 --yes --wait --days 30');
    await save(cert, 'download c-nurse-2023 -o short.pdf');
    const [long, ...others] = await events(cert);
    expect(others).toEqual([]);
    expect(long).toMatchObject({ start: '2027-02-22', description: expect.stringContaining('long.pdf') });
    rmSync(join(cert.folder, 'long.pdf'));
    const [short] = await events(cert);
    expect(short).toMatchObject({ uid: long?.uid, sequence: long?.sequence, start: '2026-12-24' });
    writeFileSync(join(cert.folder, 'short.pdf'), 'mine');
    expect(await events(cert)).toEqual([]);
  });

  it('has an event to the last day in Asia/Shanghai, and none after it', async () => {
    const cert = await withCopy();
    await sandbox.clock.sleep(Date.parse('2027-02-22T23:59:59+08:00') - sandbox.clock.now().getTime());
    expect(await events(cert)).toHaveLength(1);
    await sandbox.clock.sleep(1_000);
    expect(await events(cert)).toHaveLength(0);
  });

  it('has none for a certificate of which one copy holds without limit', async () => {
    const cert = await withCopy();
    const path = join(cert.folder, 'state', 'wallet.json');
    const wallet = JSON.parse(readFileSync(path, 'utf8'));
    const [record] = wallet.files;
    writeFileSync(join(cert.folder, 'unlimited.pdf'), readFileSync(record.path));
    const unlimited = { ...record, path: join(cert.folder, 'unlimited.pdf'), annotationId: null, validUntil: null };
    writeFileSync(path, JSON.stringify({ ...wallet, files: [...wallet.files, unlimited] }));
    expect(await events(cert)).toEqual([]);
  });

  it('replaces its own calendar only', async () => {
    const cert = await withCopy();
    await remind(cert, '--ics expiry.ics');
    expect((await remind(cert, '--ics expiry.ics --days-before 30')).code).toBe(0);
    expect(readFileSync(join(cert.folder, 'expiry.ics'), 'utf8')).toContain('-P29DT15H');
    writeFileSync(join(cert.folder, 'diary.ics'), 'BEGIN:VCALENDAR\r\nPRODID:-//diary//\r\n');
    expect((await remind(cert, '--ics diary.ics --json')).json.error.code).toBe('FILE_EXISTS');
    expect((await remind(cert, '--ics diary.ics --force')).code).toBe(0);
  });

  it('prints it, and saves it in a folder', async () => {
    const cert = await withCopy();
    expect((await remind(cert, '--ics -')).out).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/);
    mkdirSync(join(cert.folder, 'calendars'));
    const { json } = await remind(cert, '--ics calendars --json');
    expect(json.data.calendar.path).toBe(join(cert.folder, 'calendars', 'certificates.ics'));
  });

  it.each([
    ['', 2],
    ['--ics - --json', 2],
    ['--ics x.ics --days-before -1', 2],
    ['--ics x.ics --days-before 3651', 2],
    ['--ics /nonexistent-folder/x.ics', 2],
    ['--ics /dev/zero', 3],
  ])('%s ends with %i', async (line, code) => {
    expect((await remind(installation(), line)).code).toBe(code);
  });
});
