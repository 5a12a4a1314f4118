import { portalName } from '../domain/portal-origin.ts';
import type { SecretKey, SecretStore, StoreKind } from '../ports/secrets.ts';
import type { KeptSession } from '../ports/sessions.ts';
import type { Profile } from '../ports/settings.ts';
import { sealSession, unsealSession } from './stored-session.ts';

/**
 * The secrets of a profile, in the store that it names. A profile without a store has none and keeps none. A store is
 * not asked for what the profile says is not there: it might want to be unlocked for nothing.
 */
export interface Vault {
  session(profile: Profile): Promise<KeptSession | undefined>;
  password(profile: Profile): Promise<string | undefined>;
  keepSession(profile: Profile, session: KeptSession): Promise<void>;
  /**
   * All that is given, or what was there before; without a password none is left. What it gives puts back what was
   * there, where a later step fails.
   */
  keep(profile: Profile, password: string | undefined, session: KeptSession): Promise<() => Promise<void>>;
  forgetPassword(profile: Profile): Promise<void>;
  forget(profile: Profile): Promise<void>;
}

export function createVault(open: (kind: StoreKind) => Promise<SecretStore>): Vault {
  const storeOf = async ({ store }: Profile) => (store === 'none' ? undefined : open(store));
  const get = async (profile: Profile, entry: SecretKey['entry']) =>
    (await storeOf(profile))?.get(keyOf(profile, entry));
  const set = async (profile: Profile, entry: SecretKey['entry'], secret: string) =>
    (await storeOf(profile))?.set(keyOf(profile, entry), secret);
  const remove = async (profile: Profile, entry: SecretKey['entry']) => {
    await (await storeOf(profile))?.delete(keyOf(profile, entry));
  };
  const put = (profile: Profile, entry: SecretKey['entry'], secret: string | undefined) =>
    secret === undefined ? remove(profile, entry) : set(profile, entry, secret);
  const vault: Vault = {
    async session(profile) {
      const secret = profile.keeps === 'nothing' ? undefined : await get(profile, 'session');
      return secret === undefined ? undefined : unsealSession(secret);
    },
    password: async ({ keeps = 'password', ...profile }) =>
      keeps === 'password' ? get(profile, 'password') : undefined,
    keepSession: (profile, session) => set(profile, 'session', sealSession(session)),
    async keep(profile, password, session) {
      const before = await Promise.all(ENTRIES.map((entry) => get(profile, entry)));
      const putBack = async () => {
        for (const [index, entry] of ENTRIES.entries()) await put(profile, entry, before[index]);
      };
      try {
        await put(profile, 'password', password);
        await vault.keepSession(profile, session);
      } catch (error) {
        await putBack().catch(() => undefined);
        throw error;
      }
      return putBack;
    },
    forgetPassword: (profile) => remove(profile, 'password'),
    async forget(profile) {
      await remove(profile, 'password');
      await remove(profile, 'session');
    },
  };
  return vault;
}

const ENTRIES = ['password', 'session'] as const;

const keyOf = ({ portal, username }: Profile, entry: SecretKey['entry']): SecretKey => ({
  portal: portalName(portal),
  username,
  entry,
});
