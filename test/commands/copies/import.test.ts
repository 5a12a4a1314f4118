import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { documentOf, OUTPUT } from '../../../src/commands/output.ts';
import { archive } from '../../support/archive.ts';
import { as, type Installation, installation } from '../../support/cert.ts';
import { document } from '../../support/hand-made-pdf.ts';
import { testClock, useSandbox } from '../../support/sandbox.ts';
import { signedFile } from '../../support/signed-file.ts';

const sandbox = useSandbox();
/** No portal is named, and no network is there. */
const OFFLINE = {
  env: { CERT_PORTAL: '' },
  clock: testClock(),
  fetch: () => Promise.reject(new Error('the network was used')),
};
const END = '2027-02-12';
const scan = document({ 1: '<< /Type /Catalog >>', 2: '<< >>' });

/** A machine with an annotated copy, which somebody downloaded as `a.pdf`. */
async function withFile(): Promise<Installation> {
  const cert = installation();
  const { path, root } = await signedFile({ now: () => testClock().now() });
  copyFileSync(path, join(cert.folder, 'a.pdf'));
  copyFileSync(root, join(cert.folder, 'root.pem'));
  await cert.run('trust add root.pem', OFFLINE);
  return cert;
}

const importJson = async (cert: Installation, line: string) => {
  const ended = await cert.run(`import ${line} --json`, OFFLINE);
  v.parse(documentOf(OUTPUT.import), ended.json);
  return { ...ended, results: ended.json.data.results };
};
const wallet = (cert: Installation) =>
  JSON.parse(readFileSync(join(cert.folder, 'state', 'wallet.json'), 'utf8')).files;

describe('cert import', () => {
  it('takes in a file where it lies, with what was read of it, offline and without a portal', async () => {
    const cert = await withFile();
    const { code, results } = await importJson(cert, 'a.pdf --yes');
    expect(code).toBe(0);
    expect(results).toEqual([
      { path: 'a.pdf', outcome: 'imported', qualification: '一级建造师', validUntil: END, verdict: 'valid' },
    ]);
    expect(wallet(cert)).toMatchObject([
      {
        via: 'import',
        path: join(cert.folder, 'a.pdf'),
        qualification: '一级建造师',
        validUntil: END,
        verdict: 'valid',
      },
    ]);
  });

  it('proposes the end that the file names, and takes the answer of the person', async () => {
    const cert = await withFile();
    const { code, asked, out } = await cert.run('import a.pdf', { ...OFFLINE, answers: ['2027-01-31'] });
    expect(code).toBe(0);
    expect(asked).toHaveLength(1);
    expect(out).toContain('2027-01-31');
    const again = await (await withFile()).run('import a.pdf --lang en', { ...OFFLINE, answers: ['soon', 'none'] });
    expect(again.err).toContain('2027-02-22, or none');
    expect(again.asked).toHaveLength(2);
    expect(again.err).not.toContain('样张乙');
  });

  it('asks nobody off a terminal', async () => {
    const cert = await withFile();
    writeFileSync(join(cert.folder, 'scan.pdf'), scan);
    for (const [line, flag] of [
      ['a.pdf', '--yes'],
      ['scan.pdf', '--valid-until'],
      ['scan.pdf --yes', '--valid-until'],
    ] as const) {
      const { code, json, results } = await importJson(cert, line);
      expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'INPUT_REQUIRED' });
      expect(results).toMatchObject([
        {
          outcome: 'failed',
          error: {
            code: 'INPUT_REQUIRED',
            message: expect.stringContaining('.pdf'),
            hint: expect.stringContaining(flag),
          },
        },
      ]);
    }
  });

  it('takes the end from the command line, for a scan too, and keeps what its signature proves', async () => {
    const cert = await withFile();
    writeFileSync(join(cert.folder, 'scan.pdf'), scan);
    const { code, results } = await importJson(cert, 'scan.pdf --valid-until 2026-12-31');
    expect({ code, results }).toMatchObject({
      code: 0,
      results: [{ outcome: 'imported', validUntil: '2026-12-31', verdict: 'unknown' }],
    });
    for (const bad of ['2026-02-30', 'soon', '']) {
      const { code } = await cert.run(['import', 'scan.pdf', '--valid-until', bad], OFFLINE);
      expect(code).toBe(2);
    }
  });

  it('needs no end for a certificate that needs no annotation', async () => {
    const cert = await withFile();
    const nurse = { env: as('demo_nurse'), clock: sandbox.clock };
    await cert.run('download c-nurse-2019 -o b.pdf', nurse);
    // As if it had come from elsewhere.
    rmSync(join(cert.folder, 'state'), { recursive: true });
    const { code, results } = await importJson(cert, 'b.pdf');
    expect({ code, results }).toMatchObject({ code: 0, results: [{ outcome: 'imported', validUntil: null }] });
  });

  it('does not take what was changed, or is no PDF', async () => {
    const cert = await withFile();
    const bytes = readFileSync(join(cert.folder, 'a.pdf'));
    bytes[bytes.indexOf('%', 5) + 1] = 0x58;
    writeFileSync(join(cert.folder, 'changed.pdf'), bytes);
    writeFileSync(join(cert.folder, 'page.pdf'), '<html>');
    writeFileSync(join(cert.folder, 'cert.ofd'), archive(['OFD.xml']));
    const notVerified = (path: string) => ({ code: 'FILE_NOT_VERIFIED', message: expect.stringContaining(path) });
    const { code, results } = await importJson(cert, 'changed.pdf page.pdf cert.ofd a.pdf --yes');
    expect(code).toBe(7);
    expect(results).toMatchObject([
      { outcome: 'failed', verdict: 'invalid', error: notVerified('changed.pdf') },
      { outcome: 'failed', verdict: 'invalid', error: notVerified('page.pdf') },
      { outcome: 'failed', verdict: 'unknown', error: notVerified('cert.ofd') },
      { outcome: 'imported' },
    ]);
    expect(wallet(cert)).toHaveLength(1);
  });

  it('takes the same bytes once, wherever they lie, and again with another end', async () => {
    const cert = await withFile();
    mkdirSync(join(cert.folder, 'in'));
    copyFileSync(join(cert.folder, 'a.pdf'), join(cert.folder, 'in', 'copy.pdf'));
    const outcomes = async (line: string) =>
      (await importJson(cert, line)).results.map(({ outcome }: { outcome: string }) => outcome);
    expect(await outcomes('a.pdf in --yes')).toEqual(['imported', 'up-to-date']);
    expect(await outcomes('a.pdf')).toEqual(['up-to-date']);
    expect(await outcomes('a.pdf --valid-until 2027-01-01')).toEqual(['imported']);
    expect(wallet(cert)).toMatchObject([{ validUntil: '2027-01-01' }]);
    const again = await importJson(cert, 'a.pdf');
    expect(again.results).toMatchObject([{ outcome: 'up-to-date', validUntil: '2027-01-01', verdict: 'valid' }]);
    expect(await outcomes('a.pdf --valid-until 2027-01-02')).toEqual(['imported']);
    rmSync(join(cert.folder, 'a.pdf'));
    expect(await outcomes('in --yes')).toEqual(['imported']);
    expect(wallet(cert)).toMatchObject([{ path: join(cert.folder, 'in', 'copy.pdf') }]);
  });

  it('leaves to the portal what cert saved from there', async () => {
    const cert = await withFile();
    await cert.run('download c-nurse-2019 -o b.pdf', { env: as('demo_nurse'), clock: sandbox.clock });
    const before = wallet(cert);
    const { code, results } = await importJson(cert, 'b.pdf --valid-until 2027-01-01');
    expect({ code, results }).toMatchObject({ code: 0, results: [{ outcome: 'up-to-date', validUntil: null }] });
    expect(wallet(cert)).toEqual(before);
  });

  it.each([
    ['import', 'USAGE', 2],
    ['import a.pdf --timeout 1s', 'USAGE', 2],
    ['import missing.pdf --yes', 'FILE_NOT_FOUND', 3],
    ['import --watch', 'INPUT_REQUIRED', 2],
    ['import --watch=missing --yes --timeout 1s', 'FILE_NOT_FOUND', 3],
  ])('%s: %s', async (line, error, exit) => {
    const { code, json } = await (await withFile()).run(`${line} --json`, OFFLINE);
    expect({ code, error: json.error.code }).toEqual({ code: exit, error });
  });
});

describe('an imported file', () => {
  it('is listed without a portal, the holder masked', async () => {
    const cert = await withFile();
    await importJson(cert, 'a.pdf --yes');
    const { code, json } = await cert.run('list --json', OFFLINE);
    expect(code).toBe(0);
    v.parse(documentOf(OUTPUT.list), json);
    expect(json.data).toMatchObject({
      certificates: [],
      files: [{ qualification: '一级建造师', holderMasked: '样**', validUntil: END, state: 'good', via: 'import' }],
    });
    const { out } = await cert.run('list', OFFLINE);
    expect(out).toContain('样**');
    expect(out).not.toContain('样张乙');
  });

  it('is listed beside the certificates of a portal, and is not taken for one of them', async () => {
    const cert = await withFile();
    await importJson(cert, 'a.pdf --yes');
    const { json } = await cert.run('list --json', { env: as('demo_nurse'), clock: sandbox.clock });
    expect(json.data.certificates).toHaveLength(2);
    expect(json.data.files).toHaveLength(1);
  });

  it('is told of when the portal is not reached', async () => {
    const cert = await withFile();
    await importJson(cert, 'a.pdf --yes');
    await sandbox.control('POST', '/faults', { route: 'certificates', kind: 'status', status: 503, times: 99 });
    const away = { env: as('demo_nurse'), clock: sandbox.clock };
    const { code, json } = await cert.run('list --json', away);
    expect({ code, files: json.data.offline.files }).toMatchObject({
      code: 10,
      files: [{ state: 'good', validUntil: END }],
    });
    expect((await cert.run('list', away)).out).toContain('a.pdf');
  });

  it('is noticed when it was renamed, changed or lost', async () => {
    const cert = await withFile();
    await importJson(cert, 'a.pdf --yes');
    const state = async () => (await cert.run('list --json', OFFLINE)).json.data.files[0].state;
    renameSync(join(cert.folder, 'a.pdf'), join(cert.folder, 'b.pdf'));
    expect(await state()).toBe('moved');
    rmSync(join(cert.folder, 'b.pdf'));
    expect(await state()).toBe('missing');
    writeFileSync(join(cert.folder, 'a.pdf'), 'x');
    expect(await state()).toBe('changed');
  });

  it('is in the calendar, with the way to a new one', async () => {
    const cert = await withFile();
    await importJson(cert, 'a.pdf --yes');
    expect((await cert.run('remind --ics c.ics', OFFLINE)).code).toBe(0);
    const text = readFileSync(join(cert.folder, 'c.ics'), 'utf8').replaceAll('\r\n ', '');
    expect(text).toContain('DTSTART;VALUE=DATE:20270212');
    expect(text).toContain('申请证书加注');
    expect(text).not.toContain('cert get');
  });

  it('is told of by renew when it is due: the day, and the clicks', async () => {
    const cert = await withFile();
    await importJson(cert, 'a.pdf --yes');
    const early = await cert.run('renew --json', OFFLINE);
    expect({ code: early.code, results: early.json.data.results }).toMatchObject({
      code: 0,
      results: [{ outcome: 'up-to-date' }],
    });
    const clock = testClock('2027-02-05T10:00:00+08:00');
    const due = await cert.run('renew --json', { ...OFFLINE, clock });
    v.parse(documentOf(OUTPUT.renew), due.json);
    expect(due.json.data.results).toMatchObject([{ outcome: 'imported', file: { validUntil: END } }]);
    expect(due.json.warnings).toEqual([expect.stringMatching(/2027-02-12.*申请证书加注/)]);
    const told = await cert.run('renew --quiet', { ...OFFLINE, clock });
    expect(told.err).toContain(END);
  });

  it('is no longer due when a newer copy of the same certificate was imported', async () => {
    const cert = await withFile();
    await importJson(cert, 'a.pdf --yes');
    const later = () => new Date('2027-02-01T10:00:00+08:00');
    const { path } = await signedFile({ now: later });
    copyFileSync(path, join(cert.folder, 'new.pdf'));
    const clock = testClock('2027-02-05T10:00:00+08:00');
    await cert.run('import new.pdf --valid-until 2027-05-01', { ...OFFLINE, clock });
    const { json } = await cert.run('renew --json', { ...OFFLINE, clock });
    expect(json.data.results).toMatchObject([{ outcome: 'up-to-date', file: { validUntil: '2027-05-01' } }]);
    expect(json.warnings).toEqual([]);
  });
});

describe('cert import --watch', () => {
  it('takes what comes into the folder, whole, until its time is up', async () => {
    const cert = await withFile();
    mkdirSync(join(cert.folder, 'in'));
    writeFileSync(join(cert.folder, 'in', 'old.pdf'), scan);
    const whole = readFileSync(join(cert.folder, 'a.pdf'));
    const inside = (name: string) => join(cert.folder, 'in', name);
    const clock = testClock();
    let looks = 0;
    const steps: Record<number, () => void> = {
      2: () => writeFileSync(inside('new.pdf.crdownload'), whole),
      3: () => writeFileSync(inside('half.pdf'), whole.subarray(0, 2_000)),
      5: () => renameSync(inside('new.pdf.crdownload'), inside('new.pdf')),
    };
    const watching = {
      ...OFFLINE,
      clock: {
        ...clock,
        sleep: async (ms: number) => {
          looks += 1;
          steps[looks]?.();
          await clock.sleep(ms);
        },
      },
    };
    const { code, json } = await cert.run('import --watch=in --yes --timeout 20s --json', watching);
    expect(code).toBe(0);
    expect(json.data.results).toMatchObject([{ path: inside('new.pdf'), outcome: 'imported', validUntil: END }]);
    expect(looks).toBe(20);
  });
});
