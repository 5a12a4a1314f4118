import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { documentOf, OUTPUT } from '../../../src/commands/output.ts';
import { type Installation, installation } from '../../support/cert.ts';
import { document } from '../../support/hand-made-pdf.ts';
import { testClock } from '../../support/sandbox.ts';
import { signedFile } from '../../support/signed-file.ts';

const OFFLINE = {
  env: { CERT_PORTAL: '' },
  clock: testClock(),
  fetch: () => Promise.reject(new Error('the network was used')),
};
const unsigned = document({ 1: '<< /Type /Catalog >>', 2: '<< >>' });

/** A folder `in` with an annotated copy, one that was changed, and one without anything in it. */
async function received(): Promise<Installation> {
  const cert = installation();
  const { path, root, bytes } = await signedFile({ now: () => testClock().now() });
  mkdirSync(join(cert.folder, 'in'));
  copyFileSync(root, join(cert.folder, 'root.pem'));
  copyFileSync(path, join(cert.folder, 'in', 'a.pdf'));
  // In the file's own first comment, which every signature covers.
  const changed = Buffer.from(bytes);
  changed[changed.indexOf('%', 5) + 1] = 0x58;
  writeFileSync(join(cert.folder, 'in', 'b.pdf'), changed);
  writeFileSync(join(cert.folder, 'in', 'c.pdf'), unsigned);
  return cert;
}

const FACTS = { holderMasked: '样**', qualification: '一级建造师', validUntil: '2027-02-12' };
const rowsOf = (csv: string) => csv.split('\r\n').map((line) => line.split(','));

describe('a folder of files', () => {
  it('ends with a table: file, verdict, holder masked, qualification, in force until', async () => {
    const cert = await received();
    const { code, out, err } = await cert.run('verify in --trust root.pem --lang en', OFFLINE);
    expect(code).toBe(7);
    const table = out.slice(out.lastIndexOf('File')).split('\n');
    expect(table[0]).toMatch(/^File +Verdict +Holder +Qualification +In force until$/);
    expect(table[1]).toMatch(/^in\/a\.pdf +✓ VALID +样\*\* +一级建造师 +2027-02-12$/);
    expect(table[2]).toMatch(/^in\/b\.pdf +✗ INVALID +样\*\* +一级建造师$/);
    expect(table[3]).toMatch(/^in\/c\.pdf +\? NOT VERIFIED$/);
    expect(out + err).not.toContain('样张乙');
  });

  it('has the same in JSON', async () => {
    const { json } = await (await received()).run('verify in --trust root.pem --json', OFFLINE);
    v.parse(documentOf(OUTPUT.verify), json);
    const { validUntil: _, ...ofChanged } = FACTS;
    expect(json.data.verifications).toMatchObject([
      { path: 'in/a.pdf', verdict: 'valid', ...FACTS },
      { path: 'in/b.pdf', verdict: 'invalid', ...ofChanged },
      { path: 'in/c.pdf', verdict: 'unknown' },
    ]);
    expect(json.data.verifications[1]).not.toHaveProperty('validUntil');
    expect(json.data.verifications[2]).not.toHaveProperty('holderMasked');
  });

  it('is a file for spreadsheets, with the same names', async () => {
    const cert = await received();
    const run = () => cert.run('verify in missing.pdf --trust root.pem --csv out.csv --json', OFFLINE);
    const { code, json } = await run();
    expect(code).toBe(7);
    const csv = readFileSync(join(cert.folder, 'out.csv'), 'utf8');
    expect(csv.startsWith('\ufeffpath,')).toBe(true);
    const [titles = [], ...rows] = rowsOf(csv.slice(1));
    const cells = rows.map((row) => Object.fromEntries(titles.map((title, index) => [title, row[index]])));
    for (const [index, one] of json.data.verifications.entries()) {
      const { path, verdict, holderMasked = '', qualification = '', validUntil = '', layers } = one;
      expect(cells[index]).toMatchObject({ path, verdict, holderMasked, qualification, validUntil, error: '' });
      for (const [name, { code }] of Object.entries<{ code: string }>(layers))
        expect(cells[index]).toMatchObject({ [name]: code });
    }
    expect(cells[3]).toMatchObject({ path: 'missing.pdf', verdict: '', error: 'FILE_NOT_FOUND' });
    expect((await run()).code).toBe(7);
  });

  it('calculates nothing in a spreadsheet, whatever a file is called', async () => {
    const cert = await received();
    writeFileSync(join(cert.folder, '=1+1.pdf'), unsigned);
    expect((await cert.run(['verify', '=1+1.pdf', '--csv', 'out.csv'], OFFLINE)).err).toContain('out.csv');
    expect(rowsOf(readFileSync(join(cert.folder, 'out.csv'), 'utf8'))[1]?.[0]).toBe("'=1+1.pdf");
  });

  it('takes the place of no file but its own', async () => {
    const cert = await received();
    writeFileSync(join(cert.folder, 'notes.csv'), 'mine');
    const { code, json } = await cert.run('verify in --csv notes.csv --json', OFFLINE);
    expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'FILE_EXISTS' });
    expect(readFileSync(join(cert.folder, 'notes.csv'), 'utf8')).toBe('mine');
    expect((await cert.run('verify in --csv notes.csv --force', OFFLINE)).code).toBe(7);
    expect((await cert.run('verify in --csv - --json', OFFLINE)).code).toBe(2);
    expect((await cert.run('verify in --csv -', OFFLINE)).out.startsWith('\ufeffpath,')).toBe(true);
  });

  it('is told in full of ten files at most', async () => {
    const cert = installation();
    for (let index = 0; index < 12; index += 1) writeFileSync(join(cert.folder, `${index}.pdf`), unsigned);
    const { out } = await cert.run(['verify', '.', '--lang', 'en'], OFFLINE);
    expect(out.match(/Structure/g)).toHaveLength(10);
    expect(out).toContain('2 more');
    expect(out.slice(out.lastIndexOf('Verdict')).match(/\.pdf/g)).toHaveLength(12);
  });
});

describe('one file', () => {
  it('is not read for its text, which takes time', async () => {
    const cert = await received();
    const { json } = await cert.run('verify in/a.pdf --trust root.pem --json', OFFLINE);
    expect(json.data.verifications).toMatchObject([{ verdict: 'valid', validUntil: FACTS.validUntil }]);
    expect(json.data.verifications[0]).not.toHaveProperty('holderMasked');
  });
});
