import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { documentOf, OUTPUT } from '../../../src/commands/output.ts';
import { as, type Installation, installation } from '../../support/cert.ts';
import { ORIGIN, useSandbox } from '../../support/sandbox.ts';

const sandbox = useSandbox();
const mixed = () => ({ env: as('demo_mixed'), clock: sandbox.clock });

async function trustSandbox(cert: Installation): Promise<void> {
  const root = join(cert.folder, 'root.pem');
  writeFileSync(root, await (await fetch(`${ORIGIN}/sandbox/trust-anchor`)).text());
  expect((await cert.run(['trust', 'add', root])).code).toBe(0);
}

const verdicts = (data: { results: { file: { verdict: string } }[] }) => data.results.map(({ file }) => file.verdict);

describe('the verdict on a file that is saved', () => {
  it.each(['p256', 'rsa', 'sm2', 'ses'])('is valid when its root is trusted: %s', async (signature) => {
    await sandbox.control('POST', '/settings', { signature });
    const cert = installation();
    await trustSandbox(cert);
    for (const line of ['download c-mixed-ready --json', 'download c-mixed-ready --json', 'get 一级建造师 --json']) {
      const { json, err } = await cert.run(line, mixed());
      expect({ verdicts: verdicts(json.data), err }).toEqual({ verdicts: ['valid'], err: '' });
    }
    const { json: got } = await cert.run('get 一级建造师 --json', mixed());
    const alone = ['verify', got.data.results[0].file.path, '--trust', join(cert.folder, 'root.pem'), '--json'];
    const verified = await cert.run(alone, mixed());
    expect(verified.json.data.verifications).toMatchObject([{ verdict: 'valid' }]);
    expect(verified.json.data.verifications[0].seal !== undefined).toBe(signature === 'ses');
    expect((await cert.run('download c-mixed-ready --lang en', mixed())).err).toContain('signature is good');
    const { json } = await cert.run('view c-mixed-ready --json', mixed());
    expect(json.data.file.verdict).toBe('valid');
    v.parse(documentOf(OUTPUT.view), json);
  });

  it.each([
    ['p256', 'cert verify'],
    ['none', 'signature'],
  ])('is unknown otherwise, and a calm line says why: %s', async (signature, word) => {
    await sandbox.control('POST', '/settings', { signature });
    const cert = installation();
    const { code, json } = await cert.run('download c-mixed-ready --json', mixed());
    expect({ code, verdicts: verdicts(json.data) }).toEqual({ code: 0, verdicts: ['unknown'] });
    v.parse(documentOf(OUTPUT.download), json);
    const told = await cert.run('download c-mixed-ready', mixed());
    expect(told.code).toBe(0);
    expect(told.err).toContain(word);
  });

  it('is told once for many files', async () => {
    const { err } = await installation().run('download --all -o ./ --lang en', mixed());
    expect(err.match(/cert verify/g)).toHaveLength(1);
    expect(err).not.toContain('Not confirmed');
  });

  it('stays unknown, with a warning, when the trust anchors cannot be read', async () => {
    const cert = installation();
    await trustSandbox(cert);
    writeFileSync(join(cert.folder, 'config', 'trust.json'), '{');
    const { code, json } = await cert.run('download c-mixed-ready --json', mixed());
    expect({ code, verdicts: verdicts(json.data) }).toEqual({ code: 0, verdicts: ['unknown'] });
    expect(json.warnings).toHaveLength(1);
  });

  it('that is invalid is saved under its name only where that is asked for, and is no copy to reuse', async () => {
    const cert = installation();
    const line = 'download c-mixed-ready -o copy.pdf --json';
    const tamper = () => sandbox.control('POST', '/faults', { route: 'annotationFile', kind: 'tamper', times: 2 });
    await tamper();
    expect(await cert.run(line, mixed())).toMatchObject({ code: 7, json: { error: { code: 'FILE_NOT_VERIFIED' } } });
    expect(existsSync(join(cert.folder, 'copy.pdf'))).toBe(false);
    await tamper();
    const kept = await cert.run(`${line} --keep-unverified`, mixed());
    expect({ code: kept.code, verdicts: verdicts(kept.json.data) }).toEqual({ code: 0, verdicts: ['invalid'] });
    expect(kept.json.warnings).toHaveLength(1);
    expect(existsSync(join(cert.folder, 'copy.pdf'))).toBe(true);
    const again = await cert.run('get 一级建造师 --json', mixed());
    expect(again.json.data.results).toMatchObject([{ outcome: 'saved', file: { verdict: 'unknown' } }]);
  });

  it('that is invalid loses no slot: the next run saves the same annotation', async () => {
    const nurse = { env: as('demo_nurse'), clock: sandbox.clock };
    const cert = installation();
    await sandbox.control('POST', '/faults', { route: 'annotationFile', kind: 'tamper', times: 2 });
    const refused = await cert.run('get 护士 --yes --json', nurse);
    expect(refused).toMatchObject({ code: 7, json: { error: { code: 'FILE_NOT_VERIFIED' } } });
    const saved = await cert.run('get 护士 --json', nurse);
    expect(saved.json.data.results[0].annotationId).toBe(refused.json.data.results[0].annotationId);
    expect((await sandbox.state()).received.submissions).toBe(1);
  });
});
