import { describe, expect, it } from 'vitest';
import { profileNameFor } from '../../../src/credentials/profile-of-account.ts';
import { CertError } from '../../../src/errors.ts';
import type { Config } from '../../../src/ports/settings.ts';
import { CREDENTIALS, key, NURSE, PORTAL, sessionOf, sessionsOf, stored } from '../../support/sessions.ts';

const login = { username: 'demo_nurse', password: 'Sandbox2026', session: sessionOf('token-new') } as const;
const SECRETS = { [key('password')]: 'Sandbox2026', [key('session')]: stored('token-new') };
const unavailable = new CertError('SECRET_STORE_UNAVAILABLE', { store: 'keychain', said: 'gone' });

describe('keeping a login', () => {
  it('stores password and session, and makes it the current profile', async () => {
    const { sessions, secrets, config } = sessionsOf();
    expect(await sessions.keep({ ...login, store: 'keychain' })).toBe('demo_nurse');
    expect(Object.fromEntries(secrets)).toEqual(SECRETS);
    expect(config()).toMatchObject({ currentProfile: 'demo_nurse', profiles: { demo_nurse: NURSE } });
  });

  it('keeps no secret without a store', async () => {
    const { sessions, secrets, config } = sessionsOf();
    await sessions.keep({ ...login, store: 'none' });
    expect(secrets.size).toBe(0);
    expect(config().profiles).toEqual({ demo_nurse: { ...NURSE, store: 'none', keeps: 'nothing' } });
  });

  it.each([{}, CREDENTIALS, { CERT_TOKEN: 'token-env' }])(
    'goes on with the new session, given %j',
    async (environment) => {
      const { sessions, asked } = sessionsOf({ environment });
      await sessions.keep({ ...login, store: 'none' });
      expect(await sessions.current()).toMatchObject({ accessToken: 'token-new', source: 'none' });
      expect(asked).toEqual([]);
    },
  );

  it('keeps the name of a profile that is there, and erases what it no longer stores', async () => {
    const { sessions, secrets, config } = sessionsOf({ profile: NURSE, secrets: SECRETS });
    expect(await sessions.keep({ ...login, store: 'none' })).toBe('nurse');
    expect(secrets.size).toBe(0);
    expect(config().profiles).toEqual({ nurse: { ...NURSE, store: 'none', keeps: 'nothing' } });
  });

  it('works without a store even where the former one is gone', async () => {
    const store = { delete: () => Promise.reject(unavailable) };
    const { sessions, config } = sessionsOf({ profile: NURSE, store });
    await sessions.keep({ ...login, store: 'none' });
    expect(config().profiles.nurse?.store).toBe('none');
  });

  it('keeps nothing when the session cannot be stored', async () => {
    const entries = new Map<string, string>();
    const set = async ({ entry }: { entry: string }, secret: string) => {
      if (entry === 'session') throw unavailable;
      entries.set(key('password'), secret);
    };
    const { sessions, config } = sessionsOf({
      store: { entries, set, delete: async ({ entry }) => entries.delete(key(entry)) },
    });
    await expect(sessions.keep({ ...login, store: 'keychain' })).rejects.toBe(unavailable);
    expect(entries.size).toBe(0);
    expect(config()).toEqual({ currentProfile: null, profiles: {}, settings: {} });
  });

  it.each(['password', 'session'])(
    'keeps what was there when the %s of a second login cannot be stored',
    async (which) => {
      const entries = new Map([
        [key('password'), 'Former2026'],
        [key('session'), stored('token-former')],
      ]);
      const set = async ({ entry }: { entry: string }, secret: string) => {
        if (entry === which && secret !== 'Former2026' && !secret.includes('token-former')) throw unavailable;
        entries.set(key(entry as 'password' | 'session'), secret);
      };
      const { sessions } = sessionsOf({
        profile: NURSE,
        store: {
          entries,
          set,
          get: async ({ entry }) => entries.get(key(entry)),
          delete: async ({ entry }) => entries.delete(key(entry)),
        },
      });
      await expect(sessions.keep({ ...login, store: 'keychain' })).rejects.toBe(unavailable);
      expect(Object.fromEntries(entries)).toEqual({
        [key('password')]: 'Former2026',
        [key('session')]: stored('token-former'),
      });
    },
  );

  it.each([
    ['with a password', login.password],
    ['with a token', undefined],
  ])('keeps what was there when the profile of a second login %s cannot be written', async (_, password) => {
    const full = new CertError('FILE_NOT_WRITABLE', { path: '/config.json', detail: 'disk-full' });
    const former = { [key('password')]: 'Former2026', [key('session')]: stored('token-former') };
    const { sessions, secrets } = sessionsOf({
      profile: NURSE,
      secrets: former,
      configStore: { update: () => Promise.reject(full) },
    });
    await expect(sessions.keep({ ...login, password, store: 'keychain' })).rejects.toBe(full);
    expect(Object.fromEntries(secrets)).toEqual(former);
  });

  it('keeps nothing when the profile cannot be written', async () => {
    const full = new CertError('FILE_NOT_WRITABLE', { path: '/config.json', detail: 'disk-full' });
    const { sessions, secrets } = sessionsOf({ configStore: { update: () => Promise.reject(full) } });
    await expect(sessions.keep({ ...login, store: 'keychain' })).rejects.toBe(full);
    expect(secrets.size).toBe(0);
  });
});

describe('the name of a profile', () => {
  const config = (profiles: Config['profiles']): Config => ({ currentProfile: null, profiles, settings: {} });
  const other = { ...NURSE, portal: 'https://other.example' };

  it.each([
    ['the user name', {}, 'demo_nurse', 'demo_nurse'],
    ['the one it has', { nurse: NURSE }, 'demo_nurse', 'nurse'],
    ['with the host', { demo_nurse: other }, 'demo_nurse', 'demo_nurse@portal.example'],
    [
      'with the whole address',
      { demo_nurse: other, 'demo_nurse@portal.example': other },
      'demo_nurse',
      `demo_nurse@${PORTAL}`,
    ],
    ['with the host for a name that every object has', {}, 'constructor', 'constructor@portal.example'],
    ['with the host for the prototype', {}, '__proto__', '__proto__@portal.example'],
  ])('is %s', (_, profiles, username, name) => {
    expect(profileNameFor(config(profiles), PORTAL, username)).toBe(name);
  });
});

describe('forgetting', () => {
  it('erases password and session of that profile only', async () => {
    const other = key('password', { ...NURSE, username: 'demo_full' });
    const { sessions, secrets } = sessionsOf({ profile: NURSE, secrets: { ...SECRETS, [other]: 'Sandbox2026' } });
    expect(await sessions.stored(NURSE)).toBe('token-new');
    await sessions.forget(NURSE);
    expect([...secrets.keys()]).toEqual([other]);
    expect(await sessions.stored(NURSE)).toBeUndefined();
  });

  it('says so when the store cannot be reached', async () => {
    const { sessions } = sessionsOf({ profile: NURSE, store: { delete: () => Promise.reject(unavailable) } });
    await expect(sessions.forget(NURSE)).rejects.toBe(unavailable);
  });

  it('asks no store for a profile without one', async () => {
    const { sessions } = sessionsOf({ store: { delete: () => Promise.reject(unavailable) } });
    await sessions.forget({ ...NURSE, store: 'none' });
    expect(await sessions.stored({ ...NURSE, store: 'none' })).toBeUndefined();
  });
});
