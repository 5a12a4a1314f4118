import { describe, expect, it } from 'vitest';
import { environmentSecrets } from '../../../src/credentials/environment.ts';
import { unsealSession } from '../../../src/credentials/stored-session.ts';

const PORTAL = 'https://portal.example';
const ENVIRONMENT = { CERT_TOKEN: 'a-token-of-a-script', CERT_USERNAME: 'demo_nurse', CERT_PASSWORD: 'Sandbox2026' };
const given = (environment: Readonly<Record<string, string>> = ENVIRONMENT) => environmentSecrets(environment, PORTAL);

describe('a secret of the environment', () => {
  const password = { portal: PORTAL, username: 'demo_nurse', entry: 'password' } as const;
  const session = { portal: PORTAL, username: '', entry: 'session' } as const;

  it('is given for the portal of the call and the user that it belongs to', async () => {
    expect(await given().get(password)).toBe('Sandbox2026');
    expect(unsealSession((await given().get(session)) ?? '')).toMatchObject({ accessToken: 'a-token-of-a-script' });
  });

  it.each([
    ['a password for another portal', { ...password, portal: 'https://elsewhere.example' }],
    ['a password for another user', { ...password, username: 'demo_full' }],
    ['a password for another spelling', { ...password, username: 'Demo_nurse' }],
    ['a token for another portal', { ...session, portal: 'https://portal.example.evil' }],
  ])('is not %s', async (_, key) => expect(await given().get(key)).toBeUndefined());

  it.each([password, session])('is none where the variable is empty: $entry', async (key) => {
    expect(await given({ CERT_TOKEN: '', CERT_USERNAME: 'demo_nurse', CERT_PASSWORD: '' }).get(key)).toBeUndefined();
    expect(await given({ CERT_USERNAME: 'demo_nurse' }).get(key)).toBeUndefined();
  });

  it.each(['short', 'with a space', 'a-token\n', 'tökentöken', 'a'.repeat(1_501)])(
    'is refused where it cannot be a token: %j',
    async (token) => {
      await expect(given({ CERT_TOKEN: token }).get(session)).rejects.toMatchObject({
        code: 'ENVIRONMENT_INVALID',
        params: { name: 'CERT_TOKEN', detail: 'not-a-token' },
      });
    },
  );
});
