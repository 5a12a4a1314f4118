import type {
  Account,
  ActiveSession,
  Clock,
  ConfigStore,
  Profile,
  SecretStore,
  Sessions,
  StoreKind,
} from '../context.ts';
import { portalOrigin } from '../domain/portal-origin.ts';
import { CertError, isCertError } from '../errors.ts';
import type { Credentials, Session } from '../portal/contract/schemas.ts';
import { oneAttempt } from './one-attempt.ts';
import { profileNameFor } from './profile-name.ts';
import { createVault } from './vault.ts';

/** A stored session that ends so soon is not begun with. */
const MIN_SESSION_LIFE_MS = 60_000;

interface Dependencies {
  readonly account: Account;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly store: (kind: StoreKind) => Promise<SecretStore>;
  readonly config: ConfigStore;
  /** One login at the account's portal. */
  readonly logIn: (credentials: Credentials) => Promise<Session>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * The sessions of one run of `cert`. A password from the environment or a store is tried once: when the portal refuses
 * it, it is not tried again in this run, and a stored one is erased so that no later run tries it either.
 */
export function createSessions({ account, environment, store, config, logIn, clock }: Dependencies): Sessions {
  const profile = account.profile === undefined ? undefined : config.read().profiles[account.profile];
  const vault = createVault(store);
  const logInOnce = oneAttempt(logIn);
  let active: Promise<ActiveSession> | undefined;
  let renewal: Promise<ActiveSession | undefined> | undefined;

  async function find(): Promise<ActiveSession> {
    const token = tokenFrom(environment);
    if (token !== undefined) return { accessToken: token, source: 'environment' };
    const stored = profile && !passwordFrom(environment) ? await vault.session(profile) : undefined;
    if (profile && stored && lasts(stored)) return { ...stored, source: profile.store };
    const fresh = await logInWithPassword();
    if (fresh === undefined) throw new CertError('LOGIN_REQUIRED', {});
    return fresh;
  }

  const lasts = ({ expiresAt }: { expiresAt: string }) =>
    Date.parse(expiresAt) - clock.now().getTime() > MIN_SESSION_LIFE_MS;

  /** Undefined where no password is at hand. */
  async function logInWithPassword(): Promise<ActiveSession | undefined> {
    const given = passwordFrom(environment);
    if (given) return { ...(await logInOnce(given)), source: 'environment' };
    const password = profile && (await vault.password(profile));
    if (!profile || password === undefined) return undefined;
    try {
      const session = await logInOnce({ username: profile.username, password });
      await vault.keepSession(profile, session).catch(ignoreStore);
      return { ...session, source: profile.store };
    } catch (error) {
      if (isCertError(error, 'INVALID_CREDENTIALS')) await vault.forgetPassword(profile).catch(ignoreStore);
      throw error;
    }
  }

  async function logInAgain(): Promise<ActiveSession | undefined> {
    if (tokenFrom(environment) !== undefined) return undefined;
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
      const portal = portalOrigin(account.portal.value);
      const kept: Profile = { portal, username, store: kind };
      const before = config.read();
      const name = profileNameFor(before, portal, username);
      const previous = before.profiles[name];
      await vault.keep(kept, password, session);
      try {
        await config.update((now) => ({ ...now, currentProfile: name, profiles: { ...now.profiles, [name]: kept } }));
      } catch (error) {
        await vault.forget(kept).catch(ignoreStore);
        throw error;
      }
      if (previous && previous.store !== kind) await vault.forget(previous).catch(ignoreStore);
      active = Promise.resolve({ ...session, source: kind });
      return name;
    },
    stored: async (profile) => (await vault.session(profile))?.accessToken,
    forget: vault.forget,
  };
}

type Environment = Dependencies['environment'];

function tokenFrom({ CERT_TOKEN }: Environment): string | undefined {
  if (!CERT_TOKEN) return undefined;
  if (/^[\x21-\x7e]+$/.test(CERT_TOKEN)) return CERT_TOKEN;
  throw new CertError('ENVIRONMENT_INVALID', { name: 'CERT_TOKEN', detail: 'not a token' });
}

const passwordFrom = ({ CERT_USERNAME, CERT_PASSWORD }: Environment): Credentials | undefined =>
  CERT_USERNAME && CERT_PASSWORD ? { username: CERT_USERNAME, password: CERT_PASSWORD } : undefined;

/** What was asked for does not depend on the store. */
function ignoreStore(error: unknown): void {
  if (!isCertError(error)) throw error;
}
