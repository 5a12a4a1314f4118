import type { Profile, SecretKey, SecretStore, StoreKind } from '../context.ts';
import type { Session } from '../portal/contract/schemas.ts';
import { type StoredSession, sealSession, unsealSession } from './stored-session.ts';

/** The secrets of a profile, in the store that it names. A profile without a store has none and keeps none. */
export interface Vault {
  session(profile: Profile): Promise<StoredSession | undefined>;
  password(profile: Profile): Promise<string | undefined>;
  keepSession(profile: Profile, session: Session): Promise<void>;
  /** Both or neither. */
  keep(profile: Profile, password: string, session: Session): Promise<void>;
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
  const vault: Vault = {
    async session(profile) {
      const secret = await get(profile, 'session');
      return secret === undefined ? undefined : unsealSession(secret);
    },
    password: (profile) => get(profile, 'password'),
    keepSession: (profile, session) => set(profile, 'session', sealSession(session)),
    async keep(profile, password, session) {
      try {
        await set(profile, 'password', password);
        await vault.keepSession(profile, session);
      } catch (error) {
        await vault.forget(profile).catch(() => undefined);
        throw error;
      }
    },
    forgetPassword: (profile) => remove(profile, 'password'),
    async forget(profile) {
      await remove(profile, 'password');
      await remove(profile, 'session');
    },
  };
  return vault;
}

const keyOf = ({ portal, username }: Profile, entry: SecretKey['entry']): SecretKey => ({ portal, username, entry });
