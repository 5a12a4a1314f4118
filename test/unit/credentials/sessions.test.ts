import { describe, expect, it } from 'vitest';
import { CertError } from '../../../src/errors.ts';
import { CREDENTIALS, type Given, key, later, NURSE, sessionOf, sessionsOf, stored } from '../../support/sessions.ts';

const wrong = new CertError('INVALID_CREDENTIALS', { attemptsLeft: 4 });
const REFUSED = { accessToken: 'token-refused', source: 'environment' } as const;
const password = { [key('password')]: 'Sandbox2026' };

describe('the session of a run', () => {
  it.each<[string, Given, object]>([
    [
      'a token of the environment',
      { environment: { CERT_TOKEN: 'token-env' } },
      { accessToken: 'token-env', source: 'environment' },
    ],
    [
      'the token before the password of the environment',
      { environment: { CERT_TOKEN: 'token-env', ...CREDENTIALS } },
      { accessToken: 'token-env', source: 'environment' },
    ],
    ['a login with the environment', { environment: CREDENTIALS }, { accessToken: 'token-1', source: 'environment' }],
    [
      'the stored session',
      { profile: NURSE, secrets: { ...password, [key('session')]: stored('token-kept') } },
      { accessToken: 'token-kept', source: 'keychain', expiresAt: later(3_600_000), holder: { name: '样例' } },
    ],
    [
      'the stored session with more than a minute left',
      { profile: NURSE, secrets: { [key('session')]: stored('token-kept', 60_001) } },
      { accessToken: 'token-kept' },
    ],
    [
      'a login with the stored password',
      { profile: NURSE, secrets: password },
      { accessToken: 'token-1', source: 'keychain' },
    ],
    ...[
      '',
      '{',
      'null',
      '{}',
      '[]',
      JSON.stringify({ ...sessionOf('token-kept'), expiresAt: 'soon' }),
      stored('token-kept', 60_000),
    ].map((session): [string, Given, object] => [
      `a login where the stored session is ${session}`,
      { profile: NURSE, secrets: { ...password, [key('session')]: session } },
      { accessToken: 'token-1' },
    ]),
  ])('is %s', async (_, given, session) => {
    const { sessions } = sessionsOf(given);
    expect(await sessions.current()).toMatchObject(session);
  });

  it.each<[string, Given]>([
    ['no profile', {}],
    ['a profile without secrets', { profile: NURSE }],
    ['a profile without a store', { profile: { ...NURSE, store: 'none' }, secrets: password }],
    ['a profile that keeps nothing', { profile: { ...NURSE, keeps: 'nothing' }, secrets: password }],
    ['the secrets of another portal', { profile: { ...NURSE, portal: 'https://other.example' }, secrets: password }],
  ])('needs a login with %s', async (_, given) => {
    const { sessions, asked } = sessionsOf(given);
    await expect(sessions.current()).rejects.toMatchObject({ code: 'LOGIN_REQUIRED' });
    expect(asked).toEqual([]);
  });

  it('that has ended, without a password, is told by its end', async () => {
    const given = { profile: NURSE, secrets: { [key('session')]: stored('token-kept', -1) } };
    await expect(sessionsOf(given).sessions.current()).rejects.toMatchObject({
      code: 'SESSION_EXPIRED',
      params: { source: 'keychain', endedAt: later(-1) },
    });
  });

  it('without a password is used to its end', async () => {
    const given = { profile: NURSE, secrets: { [key('session')]: stored('token-kept', 1) } };
    expect(await sessionsOf(given).sessions.current()).toMatchObject({ accessToken: 'token-kept' });
  });

  it('whose end is not known is used until it is refused', async () => {
    const profile = { ...NURSE, keeps: 'session' } as const;
    const secrets = { ...password, [key('session')]: JSON.stringify({ accessToken: 'token-kept' }) };
    const { sessions, asked } = sessionsOf({ profile, secrets });
    const session = await sessions.current();
    expect(session).toEqual({ accessToken: 'token-kept', source: 'keychain' });
    expect(await sessions.renew(session)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('is not looked for in the store when the environment has credentials', async () => {
    const { sessions, asked, secrets } = sessionsOf({
      environment: CREDENTIALS,
      profile: NURSE,
      secrets: { [key('session')]: stored('token-kept') },
    });
    expect(await sessions.current()).toMatchObject({ accessToken: 'token-1' });
    expect(asked).toEqual([{ username: 'demo_full', password: 'Sandbox2026' }]);
    expect([...secrets]).toEqual([[key('session'), stored('token-kept')]]);
  });

  it('is made once, however many ask at once', async () => {
    const { sessions, asked } = sessionsOf({ environment: CREDENTIALS });
    const all = await Promise.all([sessions.current(), sessions.current(), sessions.current()]);
    await sessions.current();
    expect(all.map(({ accessToken }) => accessToken)).toEqual(['token-1', 'token-1', 'token-1']);
    expect(asked).toHaveLength(1);
  });

  it('is kept for the next run when it was made with a stored password', async () => {
    const { sessions, secrets } = sessionsOf({ profile: NURSE, secrets: password });
    await sessions.current();
    expect(JSON.parse(secrets.get(key('session')) ?? '')).toMatchObject({ accessToken: 'token-1' });
    expect(secrets.get(key('password'))).toBe('Sandbox2026');
  });

  it('refuses a token that no header can carry', async () => {
    const { sessions } = sessionsOf({ environment: { CERT_TOKEN: 'a\nb' } });
    await expect(sessions.current()).rejects.toMatchObject({
      code: 'ENVIRONMENT_INVALID',
      params: { name: 'CERT_TOKEN' },
    });
  });
});

describe('a password', () => {
  it('of the environment is tried once when it is wrong', async () => {
    const { sessions, asked } = sessionsOf({ environment: CREDENTIALS, logins: [wrong] });
    await expect(sessions.current()).rejects.toBe(wrong);
    await expect(sessions.current()).rejects.toBe(wrong);
    await expect(sessions.renew(REFUSED)).rejects.toBe(wrong);
    expect(asked).toHaveLength(1);
  });

  it('of the store is erased when it is wrong, and its portal is not asked again', async () => {
    const { sessions, asked, secrets } = sessionsOf({ profile: NURSE, secrets: password, logins: [wrong] });
    await expect(sessions.current()).rejects.toBe(wrong);
    expect(secrets.size).toBe(0);
    await expect(sessions.current()).rejects.toMatchObject({ code: 'LOGIN_REQUIRED' });
    expect(asked).toHaveLength(1);
  });

  it.each([
    new CertError('ACCOUNT_LOCKED', {}),
    new CertError('CHALLENGE_REQUIRED', { kind: 'image' }),
    new CertError('PORTAL_UNAVAILABLE', { status: 503 }),
  ])('of the store stays after $code', async (failure) => {
    const { sessions, secrets } = sessionsOf({ profile: NURSE, secrets: password, logins: [failure] });
    await expect(sessions.current()).rejects.toBe(failure);
    expect(secrets.get(key('password'))).toBe('Sandbox2026');
  });

  it.each([
    new CertError('DNS_FAILED', { host: 'portal.example' }),
    new CertError('CONNECTION_REFUSED', { host: 'portal.example' }),
    new CertError('PORTAL_UNAVAILABLE', { status: 503 }),
    new CertError('RATE_LIMITED', {}),
  ])('that was not checked ($code) may be tried again', async (failure) => {
    const { sessions, asked } = sessionsOf({ environment: CREDENTIALS, logins: [failure, failure] });
    await expect(sessions.current()).rejects.toBe(failure);
    await expect(sessions.current()).rejects.toBe(failure);
    expect(await sessions.current()).toMatchObject({ accessToken: 'token-3' });
    expect(asked).toHaveLength(3);
  });

  it.each([
    new CertError('CONNECTION_LOST', { host: 'portal.example' }),
    new CertError('TIMED_OUT', { host: 'portal.example', afterMs: 1 }),
  ])('that may have been checked ($code) is not tried again', async (failure) => {
    const { sessions, asked } = sessionsOf({ environment: CREDENTIALS, logins: [failure] });
    await expect(sessions.current()).rejects.toBe(failure);
    await expect(sessions.current()).rejects.toMatchObject({ code: 'LOGIN_REQUIRED' });
    expect(asked).toHaveLength(1);
  });
});

describe('a renewal', () => {
  it('logs in with the stored password, once for all who ask', async () => {
    const { sessions, asked, secrets } = sessionsOf({
      profile: NURSE,
      secrets: { ...password, [key('session')]: stored('token-kept') },
    });
    const kept = await sessions.current();
    expect(kept).toMatchObject({ accessToken: 'token-kept' });
    const renewed = await Promise.all([sessions.renew(kept), sessions.renew(kept)]);
    expect(renewed.map((session) => session?.accessToken)).toEqual(['token-1', 'token-1']);
    expect(await sessions.renew(kept)).toMatchObject({ accessToken: 'token-1' });
    expect(await sessions.current()).toMatchObject({ accessToken: 'token-1' });
    expect(asked).toHaveLength(1);
    expect(JSON.parse(secrets.get(key('session')) ?? '')).toMatchObject({ accessToken: 'token-1' });
  });

  it('logs in with the environment', async () => {
    const { sessions } = sessionsOf({ environment: CREDENTIALS });
    const refused = await sessions.current();
    expect(await sessions.renew(refused)).toMatchObject({ accessToken: 'token-2', source: 'environment' });
  });

  it('comes again and again in a long wait', async () => {
    const { sessions, asked } = sessionsOf({ environment: CREDENTIALS });
    let session = await sessions.current();
    for (let count = 2; count < 5; count += 1) {
      session = (await sessions.renew(session)) ?? session;
      expect(session.accessToken).toBe(`token-${count}`);
    }
    expect(asked).toHaveLength(4);
  });

  it.each<[string, Given]>([
    ['a token of the environment', { environment: { CERT_TOKEN: 'token-env', ...CREDENTIALS } }],
    ['a session without its password', { profile: NURSE, secrets: { [key('session')]: stored('token-kept') } }],
  ])('is not possible for %s', async (_, given) => {
    const { sessions, asked } = sessionsOf(given);
    const refused = await sessions.current();
    expect(await sessions.renew(refused)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('may be tried again after a failure in which no password was checked', async () => {
    const down = new CertError('CONNECTION_REFUSED', { host: 'portal.example' });
    const { sessions } = sessionsOf({ environment: CREDENTIALS, logins: [undefined, down] });
    const refused = await sessions.current();
    await expect(sessions.renew(refused)).rejects.toBe(down);
    expect(await sessions.renew(refused)).toMatchObject({ accessToken: 'token-3' });
  });
});
