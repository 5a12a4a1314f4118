import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SecretKey, SecretStore } from '../../src/context.ts';
import { type KeyringState, keyringAvailable } from '../support/keyring.ts';
import { memorySecrets } from '../support/memory-secrets.ts';
import { remoteKeychain } from '../support/remote-keychain.ts';
import { secretStoreContract } from './secret-store.ts';

const KEY: SecretKey = { portal: 'https://portal.example', username: 'demo_nurse', entry: 'password' };

const memory = memorySecrets();
secretStoreContract('in memory', () => memory);

describe.runIf(keyringAvailable())('gnome-keyring', () => {
  const home = mkdtempSync(join(tmpdir(), 'cert-keyring-'));
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  async function under<T>(state: KeyringState, action: (store: SecretStore) => Promise<T>): Promise<T> {
    const { store, stop } = remoteKeychain(home, state);
    try {
      return await action(store);
    } finally {
      await stop();
    }
  }

  describe('unlocked', () => {
    let keychain: ReturnType<typeof remoteKeychain>;
    beforeAll(() => {
      keychain = remoteKeychain(home, 'unlocked');
    });
    afterAll(() => keychain.stop());
    secretStoreContract('keychain', () => keychain.store);
  });

  const calls = {
    probe: (store: SecretStore) => store.probe(),
    get: (store: SecretStore) => store.get(KEY),
    set: (store: SecretStore) => store.set(KEY, 'other'),
    delete: (store: SecretStore) => store.delete(KEY),
  };

  it('keeps a secret from one run to the next, and says when it is locked', async () => {
    await under('unlocked', (store) => store.set(KEY, 'Sandbox2026'));
    await under('locked', async (store) => {
      for (const call of Object.values(calls))
        await expect(call(store)).rejects.toMatchObject({ code: 'SECRET_STORE_LOCKED' });
    });
    expect(await under('unlocked', (store) => store.get(KEY))).toBe('Sandbox2026');
  });

  it('says when there is none', async () => {
    await under('absent', async (store) => {
      for (const call of Object.values(calls))
        await expect(call(store)).rejects.toMatchObject({ code: 'SECRET_STORE_UNAVAILABLE' });
    });
  });
});
