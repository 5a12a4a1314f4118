import { describe, expect, it } from 'vitest';
import { resolveAccount } from '../../../src/config/resolve-account.ts';
import type { Config } from '../../../src/ports/settings.ts';

const A = 'https://a.example';
const B = 'https://b.example';
const CONFIG: Config = {
  currentProfile: 'nurse',
  profiles: {
    nurse: { portal: A, username: 'demo_nurse', store: 'keychain' },
    other: { portal: B, username: 'demo_full', store: 'none' },
  },
  settings: { portal: 'https://setting.example' },
};
const LOGGED_OUT: Config = { ...CONFIG, currentProfile: null };
const ON_LOOPBACK: Config = {
  ...CONFIG,
  profiles: { nurse: { portal: 'http://127.0.0.1:8321', username: 'demo_nurse', store: 'keychain' } },
};
const EMPTY: Config = { currentProfile: null, profiles: {}, settings: {} };
const CREDENTIALS = { CERT_USERNAME: 'u_env', CERT_PASSWORD: 'p' };

const resolve = (
  options: { profile?: string; portal?: string },
  environment: Record<string, string>,
  config: Config,
) => {
  const { profile, portal, username, store } = resolveAccount({ options, environment, config });
  const shown = (from: typeof portal) => from && `${from.value} ${from.source}`;
  return [profile, shown(portal), shown(username), store];
};

const NURSE = ['nurse', `${A} profile`, 'demo_nurse profile', 'keychain'];
const OTHER = ['other', `${B} profile`, 'demo_full profile', 'none'];

describe('the account of a call', () => {
  it.each([
    [{}, {}, EMPTY, [undefined, undefined, undefined, undefined]],
    [{}, {}, CONFIG, NURSE],
    [{}, {}, LOGGED_OUT, [undefined, 'https://setting.example config', undefined, undefined]],
    [
      {},
      {},
      { ...CONFIG, currentProfile: 'gone' },
      [undefined, 'https://setting.example config', undefined, undefined],
    ],
    [{ profile: 'other' }, {}, CONFIG, OTHER],
    [{}, { CERT_PROFILE: 'other' }, CONFIG, OTHER],
    [{ profile: 'nurse' }, { CERT_PROFILE: 'other' }, CONFIG, NURSE],
    [{}, { CERT_PROFILE: '', CERT_PORTAL: '', CERT_TOKEN: '' }, CONFIG, NURSE],
    // The same portal, named for this call: the profile applies.
    [{ portal: A }, {}, CONFIG, ['nurse', `${A} flag`, 'demo_nurse profile', 'keychain']],
    [
      { portal: 'https://A.example:443/' },
      {},
      CONFIG,
      ['nurse', 'https://A.example:443/ flag', 'demo_nurse profile', 'keychain'],
    ],
    [
      { portal: 'https://a.example./' },
      {},
      CONFIG,
      ['nurse', 'https://a.example./ flag', 'demo_nurse profile', 'keychain'],
    ],
    [{}, { CERT_PORTAL: A }, CONFIG, ['nurse', `${A} environment`, 'demo_nurse profile', 'keychain']],
    // Another portal: nothing stored applies.
    [{ portal: B }, {}, CONFIG, [undefined, `${B} flag`, undefined, undefined]],
    [{}, { CERT_PORTAL: B }, CONFIG, [undefined, `${B} environment`, undefined, undefined]],
    // Another user's program may listen there.
    [
      { portal: 'http://localhost:8321' },
      {},
      ON_LOOPBACK,
      [undefined, 'http://localhost:8321 flag', undefined, undefined],
    ],
    [{ portal: `${A}:8443` }, {}, CONFIG, [undefined, `${A}:8443 flag`, undefined, undefined]],
    [{ portal: `${A}/base` }, {}, CONFIG, [undefined, `${A}/base flag`, undefined, undefined]],
    [{ portal: 'http://a.example' }, {}, CONFIG, [undefined, 'http://a.example flag', undefined, undefined]],
    [{ portal: 'nonsense' }, {}, CONFIG, [undefined, 'nonsense flag', undefined, undefined]],
    [{ profile: 'nurse', portal: B }, {}, CONFIG, [undefined, `${B} flag`, undefined, undefined]],
    [{ portal: A }, { CERT_PORTAL: B }, CONFIG, ['nurse', `${A} flag`, 'demo_nurse profile', 'keychain']],
    // Credentials in the environment: the profile gives the portal only.
    [{}, { CERT_TOKEN: 't' }, CONFIG, [undefined, `${A} profile`, undefined, undefined]],
    [{}, CREDENTIALS, CONFIG, [undefined, `${A} profile`, 'u_env environment', undefined]],
    [
      {},
      { ...CREDENTIALS, CERT_PROFILE: 'other' },
      CONFIG,
      [undefined, `${B} profile`, 'u_env environment', undefined],
    ],
    [{}, { ...CREDENTIALS, CERT_PORTAL: B }, EMPTY, [undefined, `${B} environment`, 'u_env environment', undefined]],
  ])('%j %j', (options, environment, config, expected) => {
    expect(resolve(options, environment as Record<string, string>, config)).toEqual(expected);
  });

  it.each([
    [{ profile: 'gone' }, {}, 'PROFILE_NOT_FOUND', { name: 'gone', known: ['nurse', 'other'] }],
    [{ profile: 'constructor' }, {}, 'PROFILE_NOT_FOUND', { name: 'constructor' }],
    [{}, { CERT_PROFILE: 'gone' }, 'PROFILE_NOT_FOUND', { name: 'gone' }],
    [{}, { CERT_USERNAME: 'u' }, 'ENVIRONMENT_INVALID', { name: 'CERT_PASSWORD' }],
    [{}, { CERT_USERNAME: 'u', CERT_PASSWORD: '' }, 'ENVIRONMENT_INVALID', { name: 'CERT_PASSWORD' }],
    [{}, { CERT_PASSWORD: 'p' }, 'ENVIRONMENT_INVALID', { name: 'CERT_USERNAME' }],
    [{ profile: 'nurse' }, { CERT_TOKEN: 't' }, 'ENVIRONMENT_INVALID', { name: 'CERT_TOKEN' }],
    [{ profile: 'nurse' }, CREDENTIALS, 'ENVIRONMENT_INVALID', { name: 'CERT_USERNAME' }],
  ])('%j %j is %s', (options, environment, code, params) => {
    expect(() => resolve(options, environment as Record<string, string>, CONFIG)).toThrow(
      expect.objectContaining({ code, params: expect.objectContaining(params) }),
    );
  });
});
