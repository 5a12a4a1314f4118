import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Encrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { encryptSecrets } from '../../../src/credentials/age-file.ts';
import type { Passphrases } from '../../../src/credentials/passphrase.ts';
import type { SecretKey } from '../../../src/ports/secrets.ts';
import { encryptedFileIn, knows, PASSPHRASE } from '../../support/encrypted-file.ts';
import { onDisk } from '../../support/on-disk.ts';
import { openProgram } from '../../support/pty.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { requireTool } from '../../support/tools.ts';

const KEY: SecretKey = { portal: 'https://portal.example', username: 'demo_nurse', entry: 'password' };
const NAME = 'password:demo_nurse@https://portal.example';
const SECRET = 'planted-secret';

/** A folder, that of the file in it, and the file with one secret. */
async function withFile() {
  const folder = join(temporaryFolder(), 'config');
  await encryptedFileIn(folder).set(KEY, SECRET);
  return { folder, path: join(folder, 'secrets.age') };
}

const encrypted = async (text: string, passphrase = PASSPHRASE, workFactor = 10) => {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(workFactor);
  return encrypter.encrypt(text);
};

describe('the encrypted file', () => {
  it('is private, and holds nothing that can be read', async () => {
    const { folder, path } = await withFile();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(onDisk(folder)).not.toMatch(/planted|horse|demo_nurse/);
  });

  it('disappears with the last secret', async () => {
    const { folder, path } = await withFile();
    expect(await encryptedFileIn(folder).delete(KEY)).toBe(true);
    expect(existsSync(path)).toBe(false);
  });

  it('takes the place of a symbolic link, and leaves alone what that points to', async () => {
    const folder = temporaryFolder();
    const target = join(folder, 'other');
    const inside = join(folder, 'config');
    mkdirSync(inside);
    writeFileSync(target, await encryptSecrets(new Map(), PASSPHRASE, 10));
    const before = readFileSync(target);
    symlinkSync(target, join(inside, 'secrets.age'));
    await encryptedFileIn(inside).set(KEY, SECRET);
    expect(readFileSync(target)).toEqual(before);
    expect(await encryptedFileIn(inside).get(KEY)).toBe(SECRET);
  });

  it('needs the same passphrase, and is left as it is without', async () => {
    const { folder, path } = await withFile();
    const before = readFileSync(path);
    const wrong = encryptedFileIn(folder, knows('another passphrase'));
    for (const call of [wrong.probe, () => wrong.get(KEY), () => wrong.set(KEY, 'x'), () => wrong.delete(KEY)])
      await expect(call()).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG', params: { path } });
    expect(readFileSync(path)).toEqual(before);
  });

  it('is opened once in a run, and again when another process has changed it', async () => {
    const { folder } = await withFile();
    const asked: number[] = [];
    const open = async (attempt: number) => {
      asked.push(attempt);
      return PASSPHRASE;
    };
    const store = encryptedFileIn(folder, { ...knows(PASSPHRASE), open });
    expect([await store.get(KEY), await store.get(KEY)]).toEqual([SECRET, SECRET]);
    await encryptedFileIn(folder).set(KEY, 'changed');
    expect({ secret: await store.get(KEY), asked }).toEqual({ secret: 'changed', asked: [1] });
  });

  it('loses no change of two processes', async () => {
    const folder = temporaryFolder();
    const keys = ['a', 'b', 'c', 'd'].map((username): SecretKey => ({ ...KEY, username }));
    await Promise.all(keys.map((key) => encryptedFileIn(folder).set(key, key.username)));
    const store = encryptedFileIn(folder);
    expect(await Promise.all(keys.map((key) => store.get(key)))).toEqual(['a', 'b', 'c', 'd']);
  });

  it('asks a person again after a wrong passphrase, three times', async () => {
    const { folder } = await withFile();
    const answers = (...given: string[]): Passphrases => ({ ...knows(''), open: async () => given.shift() });
    expect(await encryptedFileIn(folder, answers('wrong', 'wrong', PASSPHRASE)).get(KEY)).toBe(SECRET);
    await expect(encryptedFileIn(folder, answers('wrong', 'wrong')).get(KEY)).rejects.toMatchObject({
      code: 'PASSPHRASE_WRONG',
    });
  });

  it('says where it cannot be', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const nowhere = encryptedFileIn(join(folder, 'file'));
    await expect(nowhere.probe()).rejects.toMatchObject({
      code: 'SECRET_STORE_UNAVAILABLE',
      params: { store: 'file' },
    });
    mkdirSync(join(folder, 'secrets.age'));
    await expect(encryptedFileIn(folder).get(KEY)).rejects.toMatchObject({ code: 'SECRET_STORE_UNAVAILABLE' });
  });

  it.skipIf(process.platform === 'win32').each<[string, (path: string) => unknown]>([
    ['a pipe', (path) => execFileSync('mkfifo', [path])],
    ['a device', (path) => symlinkSync('/dev/zero', path)],
  ])('is never %s', async (_, put) => {
    const folder = temporaryFolder();
    put(join(folder, 'secrets.age'));
    const store = encryptedFileIn(folder);
    for (const call of [store.probe, () => store.get(KEY), () => store.set(KEY, 'x'), () => store.delete(KEY)])
      await expect(call()).rejects.toMatchObject({
        code: 'SECRET_STORE_UNAVAILABLE',
        params: { reason: 'not-a-file' },
      });
  });
});

describe('a damaged encrypted file', () => {
  const whole = () => encryptSecrets(new Map([[NAME, SECRET]]), PASSPHRASE, 10);
  const flipped = (bytes: Uint8Array, at: number) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
  const headerEnd = (bytes: Uint8Array) => Buffer.from(bytes).indexOf('\n---') + 1;

  it.each<[string, () => Promise<Uint8Array>]>([
    ['is empty', async () => new Uint8Array()],
    ['is plain text', async () => Buffer.from('{"schemaVersion":1,"secrets":{}}')],
    ['is cut short', async () => (await whole()).slice(0, -1)],
    ['ends with its header', async () => whole().then((bytes) => bytes.slice(0, headerEnd(bytes)))],
    ['has a changed header', async () => whole().then((bytes) => flipped(bytes, headerEnd(bytes) + 6))],
    ['has changed contents', async () => whole().then((bytes) => flipped(bytes, bytes.length - 1))],
    ['has contents of another kind', () => encrypted('[]')],
    ['has contents of no version', () => encrypted('{"secrets":{}}')],
    ['is larger than any', async () => new Uint8Array(1_048_577)],
    [
      'would cost too much to open',
      async () => {
        const bytes = Buffer.from(await encrypted('{}')).toString('latin1');
        return Buffer.from(bytes.replace(/ 10\n/, ' 21\n'), 'latin1');
      },
    ],
    [
      'is for a key and not for a passphrase',
      async () => {
        const encrypter = new Encrypter();
        encrypter.addRecipient(await identityToRecipient(await generateIdentity()));
        return encrypter.encrypt('{}');
      },
    ],
  ])('that %s is told apart from a wrong passphrase, and left as it is', async (_, make) => {
    const folder = temporaryFolder();
    const path = join(folder, 'secrets.age');
    writeFileSync(path, await make());
    const before = readFileSync(path);
    const store = encryptedFileIn(folder);
    await expect(store.get(KEY)).rejects.toMatchObject({ code: 'SECRETS_DAMAGED', params: { path } });
    await expect(store.set(KEY, 'x')).rejects.toMatchObject({ code: 'SECRETS_DAMAGED' });
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe('an encrypted file of a newer version', () => {
  it.each<[string, () => Promise<Uint8Array>]>([
    ['in its contents', () => encrypted('{"schemaVersion":2,"secrets":{"a":{"kind":"b"}}}')],
    ['in its format', async () => Buffer.from('age-encryption.org/v2\n-> scrypt abc 10\n')],
  ])('%s is told as one, and left as it is', async (_, make) => {
    const folder = temporaryFolder();
    const path = join(folder, 'secrets.age');
    writeFileSync(path, await make());
    const before = readFileSync(path);
    const store = encryptedFileIn(folder);
    const newer = { code: 'SECRETS_DAMAGED', params: { path, detail: 'newer-version' } };
    for (const call of [store.probe, () => store.get(KEY), () => store.set(KEY, 'x'), () => store.delete(KEY)])
      await expect(call()).rejects.toMatchObject(newer);
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe.runIf(requireTool('age'))('the encrypted file and age', () => {
  it('age opens the file', async () => {
    const { path } = await withFile();
    const screen = openProgram('age', ['-d', path], {}, 200);
    await screen.shows('Enter passphrase');
    screen.type(PASSPHRASE);
    screen.press('enter');
    await screen.shows(JSON.stringify({ [NAME]: SECRET }));
    expect(await screen.exitCode).toBe(0);
  });

  it('opens a file that age made', async () => {
    const folder = temporaryFolder();
    const plain = join(folder, 'plain.json');
    writeFileSync(plain, JSON.stringify({ schemaVersion: 1, secrets: { [NAME]: SECRET } }));
    const screen = openProgram('age', ['-p', '-o', join(folder, 'secrets.age'), plain], {}, 200);
    for (const question of ['Enter passphrase', 'Confirm passphrase']) {
      await screen.shows(question);
      screen.type(PASSPHRASE);
      screen.press('enter');
    }
    expect(await screen.exitCode).toBe(0);
    expect(await encryptedFileIn(folder).get(KEY)).toBe(SECRET);
  });
});
