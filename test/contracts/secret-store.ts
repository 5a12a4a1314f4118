import { describe, expect, it } from 'vitest';
import type { SecretKey, SecretStore } from '../../src/context.ts';

const KEY: SecretKey = { portal: 'https://portal.example', username: 'demo_nurse', entry: 'password' };

/** What every secret store keeps, the fake of the tests included. `open` gives an empty one that can be used. */
export function secretStoreContract(name: string, open: () => SecretStore): void {
  describe(`the secret store: ${name}`, () => {
    it('can be probed, and probing leaves nothing', async () => {
      await open().probe();
      await open().probe();
      expect(await open().get(KEY)).toBeUndefined();
    });

    it('has nothing that was not put into it', async () => {
      expect(await open().get(KEY)).toBeUndefined();
      expect(await open().delete(KEY)).toBe(false);
    });

    it.each([
      ['a password', 'Sandbox2026'],
      ['any character', '密码\u2028"\'\\\n\t{}$`😀é'],
      ['a session', JSON.stringify({ accessToken: 'x'.repeat(1_500), expiresAt: '2026-11-24T00:00:00Z' })],
    ])('gives back %s as it was, until it is deleted', async (_, secret) => {
      const store = open();
      await store.set(KEY, secret);
      expect(await store.get(KEY)).toBe(secret);
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

    it.each<[string, SecretKey]>([
      ['portals', { ...KEY, portal: 'http://portal.example' }],
      ['user names', { ...KEY, username: 'Demo_nurse' }],
      ['entries', { ...KEY, entry: 'session' }],
    ])('keeps the secrets of different %s apart', async (_, other) => {
      const store = open();
      await store.set(KEY, 'one');
      expect(await store.get(other)).toBeUndefined();
      await store.set(other, 'two');
      expect(await store.delete(KEY)).toBe(true);
      expect(await store.get(other)).toBe('two');
      await store.delete(other);
    });
  });
}
