import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SavedRecord } from '../../../src/ports/wallet.ts';
import { createWallet } from '../../../src/wallet/wallet.ts';
import { testClock } from '../../support/sandbox.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const processes = { self: { pid: 1, host: 'here', boot: 'b', started: '1' }, isAlive: () => true };

function setUp() {
  const folder = temporaryFolder();
  const path = join(folder, 'nurse.pdf');
  const wallet = createWallet({
    stateFolder: join(folder, 'state'),
    locking: { clock: testClock(), processes: async () => processes },
  });
  const record = (contents: string, at = path): SavedRecord => ({
    portal: 'https://portal.test',
    certificateId: 'c-1',
    qualification: '护士执业资格',
    annotationId: `a-${contents}`,
    scenario: 'self',
    path: at,
    named: true,
    sha256: createHash('sha256').update(contents).digest('hex'),
    bytes: contents.length,
    validUntil: '2027-02-22',
    savedAt: '2026-11-24T10:00:00+08:00',
  });
  const found = async () =>
    (await wallet.files(() => true)).map(({ annotationId, state }) => `${annotationId} ${state}`);
  const file = join(folder, 'state', 'wallet.json');
  return {
    wallet,
    folder,
    path,
    file,
    record,
    found,
    put: (contents: string, at = path) => writeFileSync(at, contents),
  };
}

describe('the wallet', () => {
  it.each(['{', '[]', '{"schemaVersion":1}', '{"schemaVersion":2,"files":[]}', '{"schemaVersion":1,"files":[{}]}'])(
    'that is damaged is told, and left as it is: %s',
    async (text) => {
      const { wallet, record, file } = setUp();
      await wallet.remember(record('old'));
      writeFileSync(file, text);
      const refusal = { code: 'CONFIG_INVALID', params: { path: file } };
      await expect(wallet.files(() => true)).rejects.toMatchObject(refusal);
      await expect(wallet.remember(record('new'))).rejects.toMatchObject(refusal);
      expect(readFileSync(file, 'utf8')).toBe(text);
    },
  );

  it.each([
    ['old', 'a-old good'],
    ['new', 'a-new good'],
    ['own', 'a-new changed'],
  ])('knows which of two copies is there while one replaces the other: %s', async (contents, expected) => {
    const { wallet, record, found, put } = setUp();
    await wallet.remember(record('old'));
    await wallet.announce(record('new'));
    put(contents);
    expect(await found()).toEqual([expected]);
  });

  it('names a portal in one way, whatever earlier releases have written', async () => {
    const { wallet, record, put, folder } = setUp();
    const known = { ...record('old'), portal: 'http://localhost:8321' };
    mkdirSync(join(folder, 'state'));
    const path = join(folder, 'state', 'wallet.json');
    writeFileSync(path, JSON.stringify({ schemaVersion: 1, files: [known] }));
    put('old');
    const files = () => wallet.files(({ portal }) => portal === 'http://127.0.0.1:8321');
    expect(await files()).toMatchObject([{ annotationId: 'a-old', state: 'good' }]);
    await wallet.remember({ ...record('new', join(folder, 'new.pdf')), portal: 'http://[::1]:8321' });
    expect(await files()).toHaveLength(2);
    expect(readFileSync(path, 'utf8')).not.toMatch(/localhost|::1/);
  });

  it('forgets the copy that was replaced', async () => {
    const { wallet, record, found, put } = setUp();
    await wallet.remember(record('old'));
    await wallet.announce(record('new'));
    await wallet.remember(record('new'));
    put('old');
    expect(await found()).toEqual(['a-new changed']);
  });

  it('forgets it under its earlier name too', async () => {
    const { wallet, path, record, found, put } = setUp();
    await wallet.remember(record('old'));
    put('old');
    const mine = `${path}.mine.pdf`;
    renameSync(path, mine);
    const [moved] = await wallet.files(() => true);
    put('new', mine);
    await wallet.remember(record('new', mine), moved);
    expect(await found()).toEqual(['a-new good']);
    rmSync(mine);
    expect(await found()).toEqual(['a-new missing']);
  });
});
