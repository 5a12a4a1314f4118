import type { Credentials } from '../contract/schemas.ts';
import { portalName, portalOrigin } from '../domain/portal-origin.ts';
import { CertError, isCertError } from '../errors.ts';
import type { Portal } from '../ports/portal.ts';
import type { SecretStore, StoreKind } from '../ports/secrets.ts';
import type { ActiveSession, KeptSession, Sessions } from '../ports/sessions.ts';
import type { Account, Config, ConfigStore, Profile } from '../ports/settings.ts';
import type { Clock } from '../ports/surroundings.ts';
import { environmentSecrets } from './environment.ts';
import { profileNameFor } from './profile-of-account.ts';
import { failingOnce } from './refused-logins.ts';
import { unsealSession } from './stored-session.ts';
import { createVault } from './vault.ts';

/** A stored session that ends so soon is not begun with. */
const MIN_SESSION_LIFE_MS = 60_000;

interface Dependencies {
  readonly account: Account;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly store: (kind: StoreKind) => Promise<SecretStore>;
  readonly config: ConfigStore;
  /** One login at the account's portal. */
  readonly logIn: Portal['logIn'];
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * The sessions of one run of `cert`. A password from the environment or a store is tried once: when the portal refuses
 * it, it is not tried again in this run, and a stored one is erased so that no later run tries it either.
 */
export function createSessions({ account, environment, store, config, logIn, clock }: Dependencies): Sessions {
  const profile = account.profile === undefined ? undefined : config.read().profiles[account.profile];
  const vault = createVault(store);
  const portal = account.portal?.value ?? '';
  const given = environmentSecrets(environment, portal);
  const logInOnce = failingOnce(logIn);
  let active: Promise<ActiveSession> | undefined;
  let renewal: Promise<ActiveSession | undefined> | undefined;

  async function find(): Promise<ActiveSession> {
    const token = await given.get({ portal, username: '', entry: 'session' });
    const ofToken = token === undefined ? undefined : unsealSession(token);
    if (ofToken !== undefined) return { ...ofToken, source: 'environment' };
    const stored = await storedSession();
    if (stored !== undefined && lifeMs(stored) > MIN_SESSION_LIFE_MS) return stored;
    const fresh = await logInWithPassword();
    if (fresh !== undefined) return fresh;
    if (stored === undefined)
      throw new CertError('LOGIN_REQUIRED', account.portal?.source === 'flag' ? { portal: account.portal.value } : {});
    if (lifeMs(stored) > 0) return stored;
    throw new CertError('SESSION_EXPIRED', { source: stored.source, endedAt: stored.expiresAt });
  }

  async function storedSession(): Promise<ActiveSession | undefined> {
    if (profile === undefined || (await givenCredentials()) !== undefined) return undefined;
    const session = await vault.session(profile);
    return session && { ...session, source: profile.store };
  }

  /** What is left of a session. One that does not say lasts until the portal refuses it. */
  const lifeMs = ({ expiresAt }: KeptSession) =>
    expiresAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(expiresAt) - clock.now().getTime();

  async function givenCredentials(): Promise<Credentials | undefined> {
    const { CERT_USERNAME: username } = environment;
    const password = username && (await given.get({ portal, username, entry: 'password' }));
    return username && password ? { username, password } : undefined;
  }

  /** Undefined where no password is at hand. */
  async function logInWithPassword(): Promise<ActiveSession | undefined> {
    const credentials = await givenCredentials();
    if (credentials) return { ...(await logInOnce(credentials)), source: 'environment' };
    const password = profile && (await vault.password(profile));
    if (!profile || password === undefined) return undefined;
    try {
      const session = await logInOnce({ username: profile.username, password });
      await vault.keepSession(profile, session).catch(ignoreFailure);
      return { ...session, source: profile.store };
    } catch (error) {
      if (isCertError(error, 'INVALID_CREDENTIALS')) await vault.forgetPassword(profile).catch(ignoreFailure);
      throw error;
    }
  }

  async function logInAgain(): Promise<ActiveSession | undefined> {
    if (environment.CERT_TOKEN) return undefined;
    const fresh = await logInWithPassword();
    if (fresh !== undefined) active = Promise.resolve(fresh);
    return fresh;
  }

  return {
    current() {
      active ??= find().catch((error) => {
        active = undefined;
        throw error;
      });
      return active;
    },
    async renew(refused) {
      const inForce = await active;
      if (inForce !== undefined && inForce.accessToken !== refused.accessToken) return inForce;
      renewal ??= logInAgain().finally(() => {
        renewal = undefined;
      });
      return renewal;
    },
    async keep({ username, password, session, store: kind }) {
      if (account.portal === undefined) throw new CertError('PORTAL_NOT_CONFIGURED', {});
      const origin = portalOrigin(account.portal.value);
      const kept: Profile = { portal: origin, username, store: kind, keeps: keptOf(kind, password) };
      const before = config.read();
      const previous = before.profiles[profileNameFor(before, origin, username)];
      let name = '';
      const putBack = await vault.keep(kept, password, session);
      try {
        await config.update((now) => {
          name = profileNameFor(now, origin, username);
          const profile = { ...now.profiles[name], ...kept };
          return { ...now, currentProfile: name, profiles: { ...now.profiles, [name]: profile } };
        });
      } catch (error) {
        await putBack().catch(ignoreFailure);
        throw error;
      }
      if (previous && previous.store !== kind) await vault.forget(previous).catch(ignoreFailure);
      active = Promise.resolve({ ...session, source: kind });
      return name;
    },
    stored: async (profile) => (await vault.session(profile))?.accessToken,
    async forget(profile) {
      await vault.forget(profile);
      await config.update((now) => ({ ...now, profiles: withNothing(now.profiles, profile) })).catch(ignoreFailure);
    },
  };
}

const keptOf = (store: StoreKind, password: string | undefined) =>
  store === 'none' ? 'nothing' : password === undefined ? 'session' : 'password';

/** The profiles, each of them that is for that account without secrets. */
const withNothing = (profiles: Config['profiles'], { portal, username }: Profile): Config['profiles'] =>
  Object.fromEntries(
    Object.entries(profiles).map(([name, one]) => [
      name,
      portalName(one.portal) === portalName(portal) && one.username === username
        ? { ...one, keeps: 'nothing' as const }
        : one,
    ]),
  );

/** What was asked for does not depend on it. */
function ignoreFailure(error: unknown): void {
  if (!isCertError(error)) throw error;
}
