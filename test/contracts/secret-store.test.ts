import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environmentSecrets } from '../../src/credentials/environment.ts';
import type { SecretKey, SecretStore } from '../../src/ports/secrets.ts';
import { encryptedFileIn } from '../support/encrypted-file.ts';
import { type Keyring, keychainIn, keyringAvailable, keyringHome, startKeyring } from '../support/keyring.ts';
import { memorySecrets } from '../support/memory-secrets.ts';
import { secretSourceContract, secretStoreContract } from './secret-store.ts';

const KEY: SecretKey = { portal: 'https://portal.example', username: 'demo_nurse', entry: 'password' };

const memory = memorySecrets();
secretStoreContract('in memory', () => memory);

const folder = mkdtempSync(join(tmpdir(), 'cert-secrets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const encryptedFile = encryptedFileIn(folder);
secretStoreContract('encrypted file', () => encryptedFile);

secretSourceContract('environment', async (planted) => {
  const environment = planted && { CERT_USERNAME: planted.key.username, CERT_PASSWORD: planted.secret };
  return environmentSecrets({ ...environment }, KEY.portal);
});

it('the environment gives a token as the session of this portal', async () => {
  const source = environmentSecrets({ CERT_TOKEN: 'token-env' }, KEY.portal);
  const session: SecretKey = { ...KEY, username: '', entry: 'session' };
  expect(JSON.parse((await source.get(session)) ?? '')).toEqual({ accessToken: 'token-env' });
  expect(await source.get({ ...session, portal: 'https://other.example' })).toBeUndefined();
  expect(await source.get(KEY)).toBeUndefined();
});

describe.runIf(keyringAvailable())('gnome-keyring', () => {
  const { home, under, remove } = keyringHome();
  afterAll(remove);

  describe('unlocked', () => {
    let keyring: Keyring;
    let keychain: SecretStore;
    beforeAll(async () => {
      keyring = await startKeyring(home, 'unlocked');
      keychain = keychainIn(keyring);
    });
    afterAll(() => keyring.stop());
    secretStoreContract('keychain', () => keychain);
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

  it('says when its dialog was closed', async () => {
    await under('dismissed', async (store) => {
      await expect(store.get(KEY)).rejects.toMatchObject({ code: 'SECRET_STORE_DISMISSED' });
    });
  });

  it.each(['unanswered', 'silent'] as const)('is given up when it does not answer (%s), once', async (state) => {
    await under(state, async (store) => {
      const startedAt = performance.now();
      for (const call of Object.values(calls))
        await expect(call(store)).rejects.toMatchObject({ code: 'SECRET_STORE_TIMED_OUT', params: { afterMs: 3_000 } });
      expect(performance.now() - startedAt).toBeLessThan(4_000);
    });
  });

  it('is left at once when cert is to end, dialog or not', async () => {
    const interruption = new AbortController();
    await under('unanswered', async (_, keyring) => {
      const store = keychainIn(keyring, { interactive: true, signal: interruption.signal });
      setTimeout(() => interruption.abort(new Error('interrupted')), 500);
      const startedAt = performance.now();
      await expect(store.get(KEY)).rejects.toThrow('interrupted');
      await expect(store.probe()).rejects.toThrow('interrupted');
      expect(performance.now() - startedAt).toBeLessThan(1_500);
    });
  });

  it('says when there is none', async () => {
    await under('absent', async (store) => {
      for (const call of Object.values(calls))
        await expect(call(store)).rejects.toMatchObject({
          code: 'SECRET_STORE_UNAVAILABLE',
          params: { reason: 'no-service' },
        });
    });
  });
});
