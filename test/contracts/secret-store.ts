import { describe, expect, it } from 'vitest';
import type { SecretKey, SecretSource, SecretStore } from '../../src/ports/secrets.ts';

const KEY: SecretKey = { portal: 'https://portal.example', username: 'demo_nurse', entry: 'password' };

/** What every source of secrets keeps to. `place` gives a source with exactly that secret in it, or none. */
export function secretSourceContract(
  name: string,
  place: (planted?: { key: SecretKey; secret: string }) => Promise<SecretSource>,
): void {
  describe(`the source of secrets: ${name}`, () => {
    it('has nothing that was not put into it', async () => {
      const source = await place();
      expect(await source.get(KEY)).toBeUndefined();
      expect(await source.get({ ...KEY, entry: 'session' })).toBeUndefined();
    });

    it.each([
      ['a password', 'Sandbox2026'],
      ['any character', '密码\u2028"\'\\\n\t{}$`😀é'],
    ])('gives back %s as it was', async (_, secret) => {
      expect(await (await place({ key: KEY, secret })).get(KEY)).toBe(secret);
    });

    it.each<[string, SecretKey]>([
      ['portals', { ...KEY, portal: 'http://portal.example' }],
      ['user names', { ...KEY, username: 'Demo_nurse' }],
      ['entries', { ...KEY, entry: 'session' }],
    ])('keeps the secrets of different %s apart', async (_, other) => {
      const source = await place({ key: KEY, secret: 'one' });
      expect(await source.get(other)).toBeUndefined();
      expect(await source.get(KEY)).toBe('one');
    });
  });
}

/** What every secret store keeps to, the fake of the tests included. `open` gives an empty one that can be used. */
export function secretStoreContract(name: string, open: () => SecretStore): void {
  secretSourceContract(name, async (planted) => {
    const store = open();
    await store.delete(KEY);
    if (planted !== undefined) await store.set(planted.key, planted.secret);
    return store;
  });

  describe(`the secret store: ${name}`, () => {
    it('can be probed, and probing leaves nothing', async () => {
      const store = open();
      await store.delete(KEY);
      await store.probe();
      await store.probe();
      expect(await store.get(KEY)).toBeUndefined();
      expect(await store.delete(KEY)).toBe(false);
    });

    it('keeps a secret until it is deleted', async () => {
      const store = open();
      const session = JSON.stringify({ accessToken: 'x'.repeat(1_500), expiresAt: '2026-11-24T00:00:00Z' });
      await store.set(KEY, session);
      expect(await store.get(KEY)).toBe(session);
      expect(await store.delete(KEY)).toBe(true);
      expect(await store.get(KEY)).toBeUndefined();
      expect(await store.delete(KEY)).toBe(false);
    });

    it('replaces a secret', async () => {
      const store = open();
      await store.set(KEY, 'first');
      await store.set(KEY, 'second');
      expect(await store.get(KEY)).toBe('second');
      await store.delete(KEY);
    });

    it('deletes one of two', async () => {
      const store = open();
      const other: SecretKey = { ...KEY, entry: 'session' };
      await store.set(KEY, 'one');
      await store.set(other, 'two');
      expect(await store.delete(KEY)).toBe(true);
      expect(await store.get(other)).toBe('two');
      await store.delete(other);
    });
  });
}
