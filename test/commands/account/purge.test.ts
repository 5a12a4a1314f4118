import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CertError } from '../../../src/errors.ts';
import { as, installation } from '../../support/cert.ts';
import { useSandbox } from '../../support/sandbox.ts';

const sandbox = useSandbox();
const here = () => ({ clock: sandbox.clock });
const PURGE = 'logout --all --purge';

async function used() {
  const cert = installation();
  for (const username of ['demo_nurse', 'demo_full'])
    await cert.run(`login -u ${username} --password-stdin`, { ...here(), stdin: 'Sandbox2026' });
  await cert.run('config set days 30');
  const { json } = await cert.run('download c-nurse-2019 --json', { ...here(), env: as('demo_nurse') });
  await cert.run('view c-nurse-2019', { ...here(), env: as('demo_nurse') });
  await cert.run('annotate c-nurse-2023 --yes', { ...here(), env: as('demo_nurse') });
  return { cert, pdf: json.data.results[0].file.path as string };
}

const foldersOf = (folder: string) => ['config', 'state'].map((name) => join(folder, name));

describe('cert logout --all --purge', () => {
  it('erases everything but the PDFs that were saved', async () => {
    const { cert, pdf } = await used();
    expect(readdirSync(join(cert.folder, 'state')).sort()).toEqual(['journal', 'locks', 'view', 'wallet.json']);
    const { code, json } = await cert.run(`${PURGE} --yes --json`, here());
    expect({ code, data: json.data }).toEqual({
      code: 0,
      data: { loggedOut: ['demo_nurse', 'demo_full'], erased: foldersOf(cert.folder), left: [] },
    });
    expect(cert.secrets.entries.size).toBe(0);
    for (const folder of foldersOf(cert.folder)) expect(existsSync(folder)).toBe(false);
    expect(existsSync(pdf)).toBe(true);
    expect((await cert.run(`${PURGE} --yes --json`, here())).code).toBe(0);
  });

  it('asks first', async () => {
    const { cert } = await used();
    const { code, asked } = await cert.run(PURGE, { ...here(), answers: [false] });
    expect({ code, questions: asked.length }).toEqual({ code: 0, questions: 1 });
    expect(cert.secrets.entries.size).toBe(4);
    for (const folder of foldersOf(cert.folder)) expect(existsSync(folder)).toBe(true);
    const unasked = await cert.run(`${PURGE} --json`, here());
    expect({ code: unasked.code, error: unasked.json.error.code }).toEqual({ code: 2, error: 'INPUT_REQUIRED' });
  });

  it.each([
    [
      'an application whose outcome is open',
      'open.jsonl',
      '{"v":1,"type":"intent","reference":"r-00000001","scenario":"self","validDays":90,"known":[],"at":"2026-11-24T10:00:00+08:00"}\n',
    ],
    ['a journal that cannot be read', 'damaged.jsonl', '{"v":9}\n'],
  ])('keeps %s unless --force is given', async (_, name, text) => {
    const cert = installation();
    const journal = join(cert.folder, 'state', 'journal');
    mkdirSync(journal, { recursive: true });
    writeFileSync(join(journal, name), text);
    const { code, json } = await cert.run(`${PURGE} --yes --json`, here());
    expect({ code, error: json.error.code }).toEqual({ code: 9, error: 'APPLICATION_OPEN' });
    expect(readFileSync(join(journal, name), 'utf8')).toBe(text);
    const forced = await cert.run(`${PURGE} --yes --force --json`, here());
    expect({ code: forced.code, warnings: forced.json.warnings.length }).toEqual({ code: 0, warnings: 1 });
    expect(existsSync(journal)).toBe(false);
  });

  it('waits for nobody: exit 12 while another cert is at work', async () => {
    const { cert } = await used();
    const locks = join(cert.folder, 'state', 'locks');
    const [lock = ''] = readdirSync(locks).filter((name) => !name.startsWith('wallet'));
    const { processTable } = await import('../../../src/disk/process-table.ts');
    const { self } = processTable({
      platform: process.platform,
      pid: process.pid,
      now: () => new Date(),
      signal: () => undefined,
    });
    writeFileSync(join(locks, lock, 'owner'), JSON.stringify(self));
    const { code, json } = await cert.run(`${PURGE} --yes --json`, here());
    expect({ code, error: json.error.code }).toEqual({ code: 12, error: 'CERTIFICATE_BUSY' });
    expect(existsSync(join(cert.folder, 'state', 'journal'))).toBe(true);
  });

  it('keeps the settings when the secrets cannot be erased', async () => {
    const { cert } = await used();
    const locked = new CertError('SECRET_STORE_LOCKED', { store: 'keychain' });
    Object.assign(cert.secrets, { delete: async () => Promise.reject(locked) });
    const { code, json } = await cert.run(`${PURGE} --yes --json`, here());
    expect({ code, error: json.error.code }).toEqual({ code: 11, error: 'SECRET_STORE_LOCKED' });
    expect(existsSync(join(cert.folder, 'config', 'config.json'))).toBe(true);
  });

  it.runIf(process.platform !== 'win32')(
    'leaves what others put into its folders, and what links point to',
    async () => {
      const cert = installation();
      const elsewhere = join(cert.folder, 'elsewhere');
      mkdirSync(elsewhere);
      writeFileSync(join(elsewhere, 'mine.pdf'), 'mine');
      mkdirSync(join(cert.folder, 'state'));
      symlinkSync(elsewhere, join(cert.folder, 'state', 'view'));
      writeFileSync(join(cert.folder, 'state', 'notes.txt'), 'mine');
      expect((await cert.run(`${PURGE} --yes --json`, here())).code).toBe(0);
      expect(readFileSync(join(elsewhere, 'mine.pdf'), 'utf8')).toBe('mine');
      expect(readdirSync(join(cert.folder, 'state'))).toEqual(['notes.txt']);
    },
  );

  it.each(['config', 'state'])(
    'loses nothing of a folder that is the person’s own and was named for ours: %s',
    async (which) => {
      const { cert } = await used();
      const mine = join(cert.folder, 'mine');
      const files = {
        'journal/2026-11-24.md': 'Dear diary',
        'journal/notes.jsonl': '{"mood":"good"}\n',
        'journal/deep/er.jsonl': '{"v":1}\n',
        'view/holiday.jpg': 'a picture',
        'view/deep/index.html': '<html>',
        'locks/notes.1': 'mine',
        'locks/door.2/owner': 'Anna',
        'locks/door.3/key.txt': 'mine',
        'wallet.json': '{"cash":12}',
        'trust.json': '["Anna"]',
        'secrets.age': 'age-encryption.org/v1\n-> scrypt abc 18\n',
        'notes.txt': 'mine',
      };
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(mine, name)), { recursive: true });
        writeFileSync(join(mine, name), text);
      }
      const env = { [`CERT_${which.toUpperCase()}_DIR`]: mine };
      if (which === 'config') await cert.run('config set days 30', { ...here(), env });
      const { code, json } = await cert.run(`${PURGE} --yes --json`, { ...here(), env });
      expect(code).toBe(0);
      for (const [name, text] of Object.entries(files)) expect(readFileSync(join(mine, name), 'utf8')).toBe(text);
      expect(existsSync(join(mine, 'config.json'))).toBe(false);
      const names =
        which === 'config' ? ['trust.json', 'secrets.age', 'locks'] : ['journal', 'view', 'wallet.json', 'locks'];
      expect(json.data.left).toEqual(names.map((name) => join(mine, name)));
      expect(json.warnings).toHaveLength(names.length);
    },
  );

  it('takes what is ours out of a folder of the person', async () => {
    const { cert } = await used();
    const state = join(cert.folder, 'state');
    writeFileSync(join(state, 'journal', 'mine.txt'), 'mine');
    const { json } = await cert.run(`${PURGE} --yes --json`, here());
    expect(json.data.left).toEqual([join(state, 'journal')]);
    expect(readdirSync(state)).toEqual(['journal']);
    expect(readdirSync(join(state, 'journal'))).toEqual(['mine.txt']);
  });

  it('needs --all', async () => {
    const { code, json } = await installation().run('logout --purge --yes --json', here());
    expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'USAGE' });
  });
});
