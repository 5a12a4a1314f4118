import { describe, expect, it } from 'vitest';
import type { SecretKey } from '../../src/context.ts';
import { createKeychain, type Keytar } from '../../src/credentials/keychain.ts';

const KEY: SecretKey = { portal: 'https://portal.example', username: 'demo_nurse', entry: 'password' };

/** A keychain that works, but for what is overridden. */
function keytar(overrides: Partial<Keytar> = {}): Keytar {
  const entries = new Map<string, string>();
  return {
    getPassword: async (service, account) => entries.get(`${service} ${account}`) ?? null,
    setPassword: async (service, account, password) => void entries.set(`${service} ${account}`, password),
    deletePassword: async (service, account) => entries.delete(`${service} ${account}`),
    ...overrides,
  };
}

const keychain = (overrides: Partial<Keytar>) => createKeychain(async () => keytar(overrides), 50);
const never = () => new Promise<never>(() => undefined);
const fails = (message: string) => () => Promise.reject(new Error(message));

describe('the keychain', () => {
  it('addresses a secret by entry, user name and portal', async () => {
    const asked: string[] = [];
    const getPassword = async (...address: string[]) => {
      asked.push(address.join(' '));
      return 'Sandbox2026';
    };
    expect(await keychain({ getPassword }).get(KEY)).toBe('Sandbox2026');
    expect(asked).toEqual(['cert password:demo_nurse@https://portal.example']);
  });

  it.each<[string, Partial<Keytar>, string]>([
    ['forgets what it is given', { getPassword: async () => null }, 'SECRET_STORE_LOCKED'],
    [
      'says it is locked',
      { setPassword: fails('Cannot create an item in a locked collection') },
      'SECRET_STORE_LOCKED',
    ],
    ['may not ask', { setPassword: fails('User interaction is not allowed.') }, 'SECRET_STORE_LOCKED'],
    ['never answers', { setPassword: never }, 'SECRET_STORE_UNAVAILABLE'],
    ['has no bus', { setPassword: fails('Cannot autolaunch D-Bus without X11 $DISPLAY') }, 'SECRET_STORE_UNAVAILABLE'],
  ])('that %s is not taken for an empty one', async (_, overrides, code) => {
    const store = keychain(overrides);
    await expect(store.probe()).rejects.toMatchObject({ code });
    await expect(store.get(KEY)).rejects.toMatchObject({ code });
    await expect(store.delete(KEY)).rejects.toMatchObject({ code });
  });

  it('says in one short line why it cannot be used', async () => {
    const store = createKeychain(fails(`libsecret-1.so.0: cannot open ${'x'.repeat(300)}\nstack`));
    await expect(store.probe()).rejects.toMatchObject({
      code: 'SECRET_STORE_UNAVAILABLE',
      params: { store: 'keychain', detail: expect.stringMatching(/^libsecret-1\.so\.0: cannot open x{150,170}$/) },
    });
  });
});
