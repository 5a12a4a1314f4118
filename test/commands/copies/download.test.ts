import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Fetch } from '../../../src/ports/http.ts';
import { as, globalFetch, installation } from '../../support/cert.ts';
import { ecKey, issue } from '../../support/certificates.ts';
import { container } from '../../support/containers.ts';
import { document, signedPdf } from '../../support/hand-made-pdf.ts';
import { useSandbox } from '../../support/sandbox.ts';

const sandbox = useSandbox();
const mixed = () => ({ env: as('demo_mixed'), clock: sandbox.clock });
const nurse = () => ({ env: as('demo_nurse'), clock: sandbox.clock });
const isPdf = (bytes: Buffer) => bytes.subarray(0, 5).toString() === '%PDF-' && bytes.subarray(-8).includes('%%EOF');

describe('cert download', () => {
  it('saves the annotated copy under a name of qualification and validity', async () => {
    const cert = installation();
    const { code, json } = await cert.run('download c-mixed-ready --json', mixed());
    expect(code).toBe(0);
    const path = join(cert.folder, '一级建造师_建筑工程_至2027-02-12.pdf');
    expect(json.data.results).toMatchObject([
      {
        certificateId: 'c-mixed-ready',
        annotationId: 'a-mixed-ready',
        outcome: 'saved',
        file: { path, validUntil: '2027-02-12' },
      },
    ]);
    expect(isPdf(readFileSync(path))).toBe(true);
  });

  it('says that a file is saved where it could not be noted any more', async () => {
    const cert = installation();
    const wallet = join(cert.folder, 'state', 'wallet.json');
    // The disk is spoilt while the file is on its way.
    const fetch: Fetch = async (request) => {
      if (request.url.endsWith('/file')) {
        mkdirSync(dirname(wallet), { recursive: true });
        writeFileSync(wallet, '{"schemaVersion":1,');
      }
      return globalFetch(request);
    };
    const { code, json } = await cert.run('download c-nurse-2019 -o mine.pdf --json', { ...nurse(), fetch });
    expect(code).toBe(0);
    expect(json.data.results).toMatchObject([{ outcome: 'saved', file: { path: join(cert.folder, 'mine.pdf') } }]);
    expect(json.warnings).toEqual([expect.stringContaining('mine.pdf')]);
    expect(isPdf(readFileSync(join(cert.folder, 'mine.pdf')))).toBe(true);
    expect(readFileSync(wallet, 'utf8')).toBe('{"schemaVersion":1,');
  });

  it('finds the same file up to date', async () => {
    const cert = installation();
    await cert.run('download c-mixed-ready', mixed());
    const again = await cert.run('download c-mixed-ready --json', mixed());
    expect(again).toMatchObject({ code: 0, json: { data: { results: [{ outcome: 'up-to-date' }] } } });
  });

  it('never overwrites another file silently', async () => {
    const cert = installation();
    const file = join(cert.folder, 'mine.pdf');
    writeFileSync(file, 'mine');
    const refused = await cert.run(['download', 'c-mixed-ready', '-o', file, '--json'], mixed());
    expect({ code: refused.code, error: refused.json.error.code }).toEqual({ code: 2, error: 'FILE_EXISTS' });
    expect(readFileSync(file, 'utf8')).toBe('mine');
    const forced = await cert.run(['download', 'c-mixed-ready', '-o', file, '--force'], mixed());
    expect(forced.code).toBe(0);
    expect(isPdf(readFileSync(file))).toBe(true);
  });

  it.each([
    ['certs', 'certs'],
    ['a.b.c', 'a.b.c'],
    ['deep/er', 'deep/er'],
    ['“certs”', 'certs'],
    ['~/certs', 'home/certs'],
    ['~', 'home'],
  ])('makes the folder that -o %s names', async (output, folder) => {
    const cert = installation();
    const options = { ...mixed(), home: join(cert.folder, 'home') };
    const { code } = await cert.run(['download', '--all', '-o', output, '--json'], options);
    expect(code).toBe(0);
    expect(readdirSync(join(cert.folder, folder)).filter((name) => name.endsWith('.pdf'))).toHaveLength(2);
    expect(readdirSync(cert.folder)).not.toContain('~');
  });

  it('takes the settings for where to save in the same way', async () => {
    const cert = installation();
    const options = { ...nurse(), home: join(cert.folder, 'home') };
    await cert.run(['config', 'set', 'output', '~/certs'], options);
    await cert.run('download c-nurse-2019', options);
    expect(readdirSync(join(cert.folder, 'home', 'certs'))).toHaveLength(1);
  });

  it.each(['', '~nobody/certs', 'a\u0007b.pdf'])('saves nothing at %j', async (output) => {
    const cert = installation();
    const { code, json } = await cert.run(['download', 'c-nurse-2019', '-o', output, '--json'], nurse());
    expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'PATH_INVALID' });
    expect(readdirSync(cert.folder).filter((name) => !['config', 'state'].includes(name))).toEqual([]);
  });

  it('writes to standard output with -o -', async () => {
    const { code, bytes } = await installation().run('download c-nurse-2019 -o -', nurse());
    expect({ code, pdf: isPdf(bytes) }).toEqual({ code: 0, pdf: true });
  });

  it('saves with --all what can be saved, and skips the rest', async () => {
    const cert = installation();
    mkdirSync(join(cert.folder, 'all'));
    const { code, json } = await cert.run(['download', '--all', '-o', join(cert.folder, 'all'), '--json'], mixed());
    expect(code).toBe(0);
    expect(
      json.data.results.map((r: { outcome: string; reason?: { code: string } }) => r.reason?.code ?? r.outcome),
    ).toEqual(['CERTIFICATE_REVOKED', 'ANNOTATION_GENERATING', 'saved', 'ANNOTATION_EXPIRED', 'saved']);
    expect(readdirSync(join(cert.folder, 'all')).sort()).toEqual([
      '一级建造师_建筑工程_至2027-02-12.pdf',
      '统计师.pdf',
    ]);
  });

  it.each([
    ['download c-mixed-revoked --json', 6, 'CERTIFICATE_REVOKED'],
    ['download c-mixed-generating --json', 8, 'ANNOTATION_GENERATING'],
    ['download c-mixed-expired --json', 3, 'ANNOTATION_EXPIRED'],
    ['download --json', 2, 'CERTIFICATE_AMBIGUOUS'],
    ['download nobody --json', 3, 'CERTIFICATE_NOT_FOUND'],
    ['download c-mixed-ready -o - --json', 2, 'USAGE'],
    ['download c-mixed-ready -o /nonexistent-folder/x.pdf --json', 2, 'FILE_NOT_WRITABLE'],
  ])('%s: exit %i %s', async (line, exit, error) => {
    const { code, json } = await installation().run(line, mixed());
    expect({ code, error: json.error.code }).toEqual({ code: exit, error });
  });

  it('tells what was saved, what was there already and what failed, each once', async () => {
    const cert = installation();
    const first = await cert.run('download c-mixed-ready', mixed());
    expect(first.out).toMatch(/^Saved: .*2027-02-12\)\n$/);
    const { code, out, err } = await cert.run('download c-mixed-ready c-mixed-file c-mixed-revoked c-mixed-expired', {
      ...mixed(),
    });
    expect(code).toBe(6);
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^Up to date: .*一级建造师/),
      expect.stringMatching(/^Saved: .*统计师/),
      '',
    ]);
    const about = (id: string) => err.split('\n').filter((line) => line.includes(id) && !line.startsWith(' '));
    expect(about('c-mixed-revoked')).toHaveLength(1);
    expect(about('c-mixed-expired')).toHaveLength(1);
  });

  it.each(['', '--force'])('does not save several certificates to one file %s', async (force) => {
    const cert = installation();
    const line = `download c-mixed-ready c-mixed-file -o one.pdf ${force} --json`;
    const { code, json } = await cert.run(line, mixed());
    expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'USAGE' });
    expect(readdirSync(cert.folder)).not.toContain('one.pdf');
  });

  it.each(['cut', 'drop-before', 'corrupt', 'tamper', 'html'])('recovers from one broken answer: %s', async (kind) => {
    const cert = installation();
    await sandbox.control('POST', '/faults', { route: 'annotationFile', kind, afterBytes: 5_000 });
    const { code } = await cert.run('download c-mixed-ready', mixed());
    const files = readdirSync(cert.folder).filter((name) => name !== 'config' && name !== 'state');
    if (kind === 'html') {
      expect({ code, files }).toEqual({ code: 7, files: [] });
      return;
    }
    expect(code).toBe(0);
    expect(files.map((name) => isPdf(readFileSync(join(cert.folder, name))))).toEqual([true]);
  });

  it.each([
    ['html', 'FILE_NOT_PDF'],
    ['cut', 'CONNECTION_LOST'],
  ])('leaves nothing when the portal keeps answering with %s', async (kind, error) => {
    const cert = installation();
    await sandbox.control('POST', '/faults', { route: 'annotationFile', kind, times: 99 });
    const { json } = await cert.run('download c-mixed-ready --json', mixed());
    expect(json.error.code).toBe(error);
    expect(readdirSync(cert.folder).filter((name) => name.includes('pdf') || name.includes('part'))).toEqual([]);
  });

  it.each([
    ['corrupt', 'FILE_DAMAGED'],
    ['tamper', 'FILE_NOT_VERIFIED'],
  ])('saves no file that was changed on its way, and keeps it aside: %s', async (kind, error) => {
    const cert = installation();
    const file = join(cert.folder, 'mine.pdf');
    writeFileSync(file, 'good');
    await sandbox.control('POST', '/faults', { route: 'annotationFile', kind, times: 2 });
    const line = ['download', 'c-mixed-ready', '-o', file, '--force', '--json'];
    const refused = await cert.run(line, mixed());
    expect({ code: refused.code, error: refused.json.error.code }).toEqual({ code: 7, error });
    expect(readFileSync(file, 'utf8')).toBe('good');
    const [aside = ''] = readdirSync(cert.folder).filter((name) => name.includes('NOT-VERIFIED'));
    expect(refused.json.error.hint).toContain(join(cert.folder, aside));
    expect(refused.json.data.results[0]).toMatchObject({ outcome: 'failed', keptAt: join(cert.folder, aside) });
    expect((await cert.run(line, mixed())).json.data.results[0].outcome).toBe('saved');
  });

  it('prints no file that was changed on its way', async () => {
    await sandbox.control('POST', '/faults', { route: 'annotationFile', kind: 'tamper', times: 2 });
    const refused = await installation().run('download c-mixed-ready -o -', mixed());
    expect({ code: refused.code, out: refused.out }).toEqual({ code: 7, out: '' });
  });
});

describe('cert view', () => {
  it('opens the PDF in the viewer', async () => {
    const cert = installation();
    const { code, json } = await cert.run('view c-mixed-ready --json', mixed());
    expect(code).toBe(0);
    expect(cert.viewed).toEqual([json.data.file.path]);
    expect(isPdf(readFileSync(json.data.file.path))).toBe(true);
  });

  /** The portal, with another file in place of the PDF. */
  const instead =
    (change: (pdf: Buffer) => Buffer): Fetch =>
    async (request) => {
      const answer = await globalFetch(request);
      if (answer.headers['content-type'] !== 'application/pdf') return answer;
      const chunks: Uint8Array[] = [];
      for await (const chunk of answer.body) chunks.push(chunk);
      const pdf = change(Buffer.concat(chunks));
      const { 'content-type': type, etag = '' } = answer.headers;
      const digest = `sha-256=:${createHash('sha256').update(pdf).digest('base64')}:`;
      const body = (async function* () {
        yield pdf;
      })();
      return {
        status: 200,
        headers: { 'content-type': type, etag, 'repr-digest': digest, 'content-length': `${pdf.length}` },
        body,
      };
    };
  const LAUNCHING = '/OpenAction << /S /Launch /F (calc) >>';
  const signed = (catalog: string) => {
    const signer = issue({ name: 'Signer', key: ecKey() });
    return signedPdf({ container: (content) => container(content, { signer, certificates: [] }), catalog });
  };
  const unsigned = () =>
    document({
      1: '<< /Type /Catalog /Pages 2 0 R >>',
      2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
    });

  it('opens one that is signed, whoever signed it', async () => {
    const cert = installation();
    expect((await cert.run('view c-mixed-ready --json', { ...mixed(), fetch: instead(() => signed('')) })).code).toBe(
      0,
    );
    expect(cert.viewed).toHaveLength(1);
  });

  it.each([
    ['has no signature', instead(unsigned)],
    ['is signed and starts a program', instead(() => signed(LAUNCHING))],
  ])('opens a PDF that %s only when a person says so', async (_, fetch) => {
    const cert = installation();
    const alone = await cert.run('view c-mixed-ready --json', { ...mixed(), fetch });
    expect({ code: alone.code, error: alone.json.error.code }).toEqual({ code: 7, error: 'FILE_NOT_OPENED' });
    const declined = await cert.run('view c-mixed-ready', { ...mixed(), fetch, answers: [false] });
    expect(declined.code).toBe(0);
    expect(cert.viewed).toEqual([]);
    const wanted = await cert.run('view c-mixed-ready', { ...mixed(), fetch, answers: [true] });
    expect(wanted.code).toBe(0);
    expect(cert.viewed).toHaveLength(1);
  });
});
