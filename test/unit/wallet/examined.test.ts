import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { suspectName } from '../../../src/domain/file-name.ts';
import { type Layers, layer, type Verification, verdictOf } from '../../../src/domain/verification.ts';
import type { Examine } from '../../../src/ports/files.ts';
import { createFiles } from '../../../src/wallet/save-files.ts';
import { portalFile, sha256 } from '../../support/portal-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const GOOD: Layers = {
  structure: layer('structure', 'ONE_SIGNATURE'),
  integrity: layer('integrity', 'UNCHANGED'),
  signer: layer('signer', 'TRUSTED'),
  revisions: layer('revisions', 'NOTHING_ADDED'),
  annotation: layer('annotation', 'IN_FORCE'),
};
const verification = (layers: Partial<Layers> = {}): Verification => {
  const all = { ...GOOD, ...layers };
  return { verdict: verdictOf(all), layers: all };
};
const CHANGED = verification({ integrity: layer('integrity', 'DIGEST_MISMATCH') });
const OVER = verification({ annotation: layer('annotation', 'ANNOTATION_EXPIRED') });
const UNTRUSTED = verification({ signer: layer('signer', 'NOT_TRUSTED') });

/** Each copy of another length, so that they can be told apart. */
const copy = (length: number) => {
  const body = Buffer.from(`%PDF-1.7\n${'x'.repeat(length)}\n%%EOF\n`);
  return { body, length: body.length, sha256: sha256(body) };
};
const [FIRST, SECOND] = [copy(10), copy(20)];

/** Gives these verdicts in turn, and remembers what it was shown. */
function examiner(...verdicts: Verification[]) {
  const seen: Buffer[] = [];
  const examine: Examine = async (bytes) => {
    seen.push(Buffer.from(bytes));
    return verdicts[seen.length - 1] ?? verification();
  };
  return { examine, seen };
}

function setUp() {
  const cwd = temporaryFolder();
  const files = createFiles({
    environment: {},
    cwd,
    home: undefined,
    platform: process.platform,
    stateFolder: join(cwd, 'state'),
  });
  return { cwd, files, target: files.target('a.pdf', ''), at: (name: string) => join(cwd, name) };
}

const suspect = ({ body }: { body: Buffer }) => `a.pdf.NOT-VERIFIED-${sha256(body).slice(0, 8)}`;

describe('a file that is examined', () => {
  it.each([
    ['valid', verification()],
    ['unknown', UNTRUSTED],
    ['invalid only because its annotation is over', OVER],
  ])('is saved when the verdict is %s, and comes with it', async (_, verdict) => {
    const { files, target, cwd } = setUp();
    const { examine, seen } = examiner(verdict);
    const saved = await files.save(target, portalFile(FIRST).open, { force: false, examine });
    expect(saved).toMatchObject({ outcome: 'saved', verification: verdict });
    expect(seen).toEqual([FIRST.body]);
    expect(readdirSync(cwd)).toEqual(['a.pdf']);
  });

  it('is examined before it appears', async () => {
    const { files, target, at } = setUp();
    let there = true;
    const examine: Examine = async () => {
      there = existsSync(at('a.pdf'));
      return verification();
    };
    await files.save(target, portalFile().open, { force: false, examine });
    expect(there).toBe(false);
  });

  it('is fetched once more when it fails', async () => {
    const { files, target, cwd, at } = setUp();
    const { open, asked } = portalFile(FIRST, SECOND);
    const { examine, seen } = examiner(CHANGED);
    const saved = await files.save(target, open, { force: false, examine });
    expect(saved.verification?.verdict).toBe('valid');
    expect({ asked: asked.length, seen }).toEqual({ asked: 2, seen: [FIRST.body, SECOND.body] });
    expect(readFileSync(at('a.pdf'))).toEqual(SECOND.body);
    expect(readdirSync(cwd)).toEqual(['a.pdf']);
  });

  it.each([false, true])('never replaces a good one when it fails twice (force: %s)', async (force) => {
    const { files, cwd, at } = setUp();
    writeFileSync(at('a.pdf'), 'good');
    const { open, asked } = portalFile(SECOND, FIRST);
    const { examine } = examiner(CHANGED, CHANGED);
    const target = force ? files.target('a.pdf', '') : files.target('b.pdf', '');
    const failed = files.save(target, open, { force, examine });
    const keptAt = at(suspect(FIRST).replace('a.pdf', force ? 'a.pdf' : 'b.pdf'));
    await expect(failed).rejects.toMatchObject({
      code: 'FILE_NOT_VERIFIED',
      exit: 7,
      params: { reason: 'DIGEST_MISMATCH', keptAt },
    });
    expect(asked).toHaveLength(2);
    expect(readFileSync(at('a.pdf'), 'utf8')).toBe('good');
    expect(readFileSync(keptAt)).toEqual(FIRST.body);
    if (process.platform !== 'win32') expect(statSync(keptAt).mode & 0o777).toBe(0o600);
    expect(readdirSync(cwd).filter((name) => name.endsWith('.pdf'))).toEqual(['a.pdf']);
  });

  it('is fetched once more with anything behind its signature, which may have got there on the way', async () => {
    const { files, target, at } = setUp();
    const padded = verification({ structure: layer('structure', 'CONTENTS_PADDING') });
    const { open, asked } = portalFile(FIRST, SECOND);
    const saved = await files.save(target, open, { force: false, examine: examiner(padded, padded).examine });
    expect({ asked: asked.length, verdict: saved.verification?.verdict }).toEqual({ asked: 2, verdict: 'unknown' });
    expect(readFileSync(at('a.pdf'))).toEqual(SECOND.body);
  });

  it.each([
    ['an expired signer', { signer: layer('signer', 'CERTIFICATE_EXPIRED') }],
    ['a signer that may not sign', { signer: layer('signer', 'KEY_USAGE_WRONG') }],
    ['an expired annotation', { annotation: layer('annotation', 'ANNOTATION_EXPIRED') }],
    ['a signer whom nobody trusts', { signer: layer('signer', 'NOT_TRUSTED') }],
    ['no signature', { structure: layer('structure', 'NO_SIGNATURE') }],
    ['a weak algorithm', { integrity: layer('integrity', 'ALGORITHM_WEAK') }],
  ])('is saved at once with %s', async (_reason, over) => {
    const { files, target, at } = setUp();
    const { open, asked } = portalFile(FIRST);
    const saved = await files.save(target, open, { force: false, examine: examiner(verification(over)).examine });
    expect({ asked: asked.length, outcome: saved.outcome, fault: saved.fault }).toEqual({ asked: 1, outcome: 'saved' });
    expect(readFileSync(at('a.pdf'))).toEqual(FIRST.body);
  });

  it.each([
    ['a wrong structure', { structure: layer('structure', 'BYTE_RANGE_HOLE') }],
    ['a change', { integrity: layer('integrity', 'DIGEST_MISMATCH') }],
    ['an addition', { revisions: layer('revisions', 'ADDED_AFTER_SIGNING') }],
    ['the annotation of another', { annotation: layer('annotation', 'ANNOTATION_MISMATCH') }],
  ])('with %s is kept aside, or saved under its name where that is wanted', async (_reason, over) => {
    const { files, target, cwd, at } = setUp();
    const bad = verification(over);
    const fault = Object.values(over)[0]?.code;
    const refused = files.save(target, portalFile(FIRST, SECOND).open, {
      force: false,
      examine: examiner(bad, bad).examine,
    });
    await expect(refused).rejects.toMatchObject({ exit: 7, params: { reason: fault } });
    expect(readdirSync(cwd)).toEqual([suspect(SECOND)]);
    const options = { force: false, keepUnverified: true, examine: examiner(bad, bad).examine };
    const { open, asked } = portalFile(FIRST, SECOND);
    expect(await files.save(target, open, options)).toMatchObject({ outcome: 'saved', fault });
    expect(asked).toHaveLength(2);
    expect(readFileSync(at('a.pdf'))).toEqual(SECOND.body);
  });

  it('is kept once, however often the same one comes', async () => {
    const { files, target, cwd } = setUp();
    for (let run = 0; run < 3; run += 1) {
      const { examine } = examiner(CHANGED, CHANGED);
      await expect(files.save(target, portalFile(FIRST, FIRST).open, { force: false, examine })).rejects.toMatchObject({
        code: 'FILE_NOT_VERIFIED',
      });
    }
    expect(readdirSync(cwd)).toEqual([suspect(FIRST)]);
  });

  it('is kept too when its SHA-256 is not the one that the portal names', async () => {
    const { files, target, cwd } = setUp();
    const wrong = { ...FIRST, sha256: SECOND.sha256 };
    await expect(files.save(target, portalFile(wrong, wrong).open, { force: false })).rejects.toMatchObject({
      code: 'FILE_DAMAGED',
      params: { damage: { kind: 'digest' }, keptAt: join(cwd, suspect(FIRST)) },
    });
    expect(readdirSync(cwd)).toEqual([suspect(FIRST)]);
  });

  it('is kept even when its name is as long as the system allows', async () => {
    const { files, cwd } = setUp();
    const { examine } = examiner(CHANGED, CHANGED);
    const target = files.target(`${'x'.repeat(251)}.pdf`, '');
    await expect(files.save(target, portalFile(FIRST, FIRST).open, { force: false, examine })).rejects.toMatchObject({
      params: { keptAt: expect.any(String) },
    });
    expect(readdirSync(cwd)).toEqual([suspectName(`${'x'.repeat(251)}.pdf`, sha256(FIRST.body))]);
  });

  it('is not given to who reads it when it fails twice, and nothing is kept', async () => {
    const { files, cwd } = setUp();
    const once = examiner(CHANGED);
    expect(await files.read(portalFile(FIRST, SECOND).open, once.examine)).toEqual(SECOND.body);
    const twice = examiner(CHANGED, CHANGED);
    const failed = files.read(portalFile(FIRST, SECOND).open, twice.examine);
    await expect(failed).rejects.toMatchObject({ code: 'FILE_NOT_VERIFIED', params: { reason: 'DIGEST_MISMATCH' } });
    expect(readdirSync(cwd)).toEqual([]);
  });
});
