import type { Credentials, Session } from '../../src/contract/schemas.ts';
import { createSessions } from '../../src/credentials/sessions.ts';
import type { SecretKey } from '../../src/ports/secrets.ts';
import type { Account, Config, ConfigStore, Profile } from '../../src/ports/settings.ts';
import { type MemorySecrets, memorySecrets } from './memory-secrets.ts';

const NOW = '2026-11-24T00:00:00Z';
export const later = (ms: number) => new Date(Date.parse(NOW) + ms).toISOString();

export const PORTAL = 'https://portal.example';
export const NURSE: Profile = { portal: PORTAL, username: 'demo_nurse', store: 'keychain' };
export const key = (entry: SecretKey['entry'], { portal, username } = NURSE) => `${entry}:${username}@${portal}`;
export const CREDENTIALS = { CERT_USERNAME: 'demo_full', CERT_PASSWORD: 'Sandbox2026' };

export const sessionOf = (accessToken: string, lifeMs = 3_600_000): Session => ({
  accessToken,
  expiresAt: later(lifeMs),
  holder: { name: '样例', idType: 'resident-id', idNumberMasked: '11**************11' },
  notice: { version: '1', accepted: true },
});
export const stored = (accessToken: string, lifeMs?: number) => {
  const { notice: _, ...session } = sessionOf(accessToken, lifeMs);
  return JSON.stringify(session);
};

export interface Given {
  readonly profile?: Profile;
  readonly environment?: Record<string, string>;
  readonly secrets?: Record<string, string>;
  /** What the portal does at each login; a fresh session where nothing is said. */
  readonly logins?: (Error | undefined)[];
  /** Overrides of the store. */
  readonly store?: Partial<MemorySecrets>;
  /** Overrides of the config store. */
  readonly configStore?: Partial<ConfigStore>;
  readonly profiles?: Config['profiles'];
}

/** The sessions of one run over a config and a store in memory, and a portal that does as it is told. */
export function sessionsOf({ profile, environment = {}, secrets = {}, logins = [], ...overrides }: Given = {}) {
  let config: Config = {
    currentProfile: profile ? 'nurse' : null,
    profiles: overrides.profiles ?? (profile ? { nurse: profile } : {}),
    settings: {},
  };
  const configStore: ConfigStore = {
    path: '/config.json',
    read: () => config,
    ensureWritable: async () => undefined,
    update: async (change) => {
      config = change(config);
    },
    ...overrides.configStore,
  };
  const account: Account = {
    profile: profile && 'nurse',
    profileSource: profile && 'config',
    portal: { value: `${PORTAL}/`, source: 'flag' },
    username: profile && { value: profile.username, source: 'profile' },
    store: profile?.store,
  };
  const store = { ...memorySecrets(), ...overrides.store };
  for (const [name, secret] of Object.entries(secrets)) store.entries.set(name, secret);
  const asked: Credentials[] = [];
  const sessions = createSessions({
    account,
    environment,
    store: async () => store,
    config: configStore,
    logIn: async (credentials) => {
      const failure = logins[asked.length];
      asked.push(credentials);
      if (failure !== undefined) throw failure;
      return sessionOf(`token-${asked.length}`);
    },
    clock: { now: () => new Date(NOW) },
  });
  return { sessions, secrets: store.entries, asked, config: () => config };
}
