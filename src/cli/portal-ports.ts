/** The ports to a portal, a function each, from the requests to the holder's session. */
import type { Context } from '../commands/context.ts';
import type { KnownSecrets } from '../domain/known-secrets.ts';
import { portalOrigin } from '../domain/portal-origin.ts';
import { withoutSecrets } from '../domain/privacy.ts';
import { CertError, isCertError } from '../errors.ts';
import type { Http } from '../portal/http.ts';
import type { HolderPortal } from '../ports/holder-portal.ts';
import type { Machine, Output } from '../ports/machine.ts';
import type { Portal, UnknownWord } from '../ports/portal.ts';
import type { Sessions } from '../ports/sessions.ts';
import type { Profile } from '../ports/settings.ts';
import type { GlobalOptions } from '../ports/surroundings.ts';

type OpenHttp = () => Promise<Http>;

export async function openHttp(
  { fetch, clock, random, signal, stderr }: Machine,
  { debug }: Pick<GlobalOptions, 'debug'>,
  known: KnownSecrets,
): Promise<Http> {
  const { createHttp } = await import('../portal/client.ts');
  return createHttp({
    fetch: await fetch(),
    clock,
    random,
    signal,
    log: debug ? await openDebugLog(stderr, known) : undefined,
    learn: ({ secret, ...learning }) => known.learn(secret, learning),
  });
}

async function openDebugLog(stderr: Output, known: KnownSecrets) {
  const { createDebugLog } = await import('../portal/debug.ts');
  return createDebugLog((line) => void stderr.write(`${withoutSecrets(line, known)}\n`));
}

export async function openPortal(
  http: OpenHttp,
  { account, secrets, messages, terminal }: Pick<Context, 'account' | 'secrets'> & Telling,
): Promise<Portal> {
  const { portal, store } = account();
  if (portal === undefined) throw new CertError('PORTAL_NOT_CONFIGURED', {});
  // The keychain's process gets ready while the HTTP stack is loaded.
  if (store === 'keychain') void secrets(store).catch(() => undefined);
  const origin = portalOrigin(portal.value);
  const { createPortal } = await import('../portal/client.ts');
  return createPortal({ http: await http(), origin, unknownWord: warningOf({ messages, terminal }) });
}

type Telling = Pick<Context, 'messages' | 'terminal'>;

const warningOf =
  ({ messages, terminal }: Telling) =>
  ({ of, word, id }: UnknownWord): void =>
    terminal.warn(messages.unknownWord[of](word, id));

/** A session that is at hand needs no portal: that is asked for at the first login. */
export async function openSessions({
  account,
  environment,
  clock,
  config,
  secrets,
  portal,
}: Pick<Context, 'account' | 'environment' | 'clock' | 'config' | 'secrets' | 'portal'>): Promise<Sessions> {
  const { createSessions } = await import('../credentials/sessions.ts');
  return createSessions({
    account: account(),
    environment,
    store: secrets,
    config,
    logIn: async (credentials) => (await portal()).logIn(credentials),
    clock,
  });
}

export async function openHolderPortal(
  http: OpenHttp,
  { portal, sessions, messages, terminal }: Pick<Context, 'portal' | 'sessions'> & Telling,
  known: KnownSecrets,
): Promise<HolderPortal> {
  const { origin } = await portal();
  const holderPortal = await holderPortalAt(origin, http, await sessions(), warningOf({ messages, terminal }));
  return {
    ...holderPortal,
    async certificates() {
      const certificates = await holderPortal.certificates();
      for (const { id } of certificates) known.allow(id);
      return certificates;
    },
  };
}

export async function checkToken(
  http: OpenHttp,
  { portal }: Pick<Context, 'portal'>,
  accessToken: string,
): Promise<void> {
  const { origin } = await portal();
  const holderPortal = await holderPortalAt(origin, http, onlySession(accessToken));
  await holderPortal.certificates().catch((error) => {
    throw isCertError(error, 'SESSION_EXPIRED') ? new CertError('TOKEN_REFUSED', {}) : error;
  });
}

export async function endSession(
  http: OpenHttp,
  { sessions }: Pick<Context, 'sessions'>,
  profile: Profile,
): Promise<void> {
  const accessToken = await (await sessions()).stored(profile);
  if (accessToken === undefined) return;
  const holderPortal = await holderPortalAt(portalOrigin(profile.portal), http, onlySession(accessToken));
  await holderPortal.logOut();
}

type UsedSessions = Pick<Sessions, 'current' | 'renew'>;

async function holderPortalAt(
  origin: string,
  http: OpenHttp,
  sessions: UsedSessions,
  unknownWord: (unknown: UnknownWord) => void = () => undefined,
): Promise<HolderPortal> {
  const { createHolderPortal } = await import('../portal/client.ts');
  return createHolderPortal({ http: await http(), origin, sessions, unknownWord });
}

/** One session and no other. */
const onlySession = (accessToken: string): UsedSessions => ({
  current: async () => ({ accessToken, source: 'none' }),
  renew: async () => undefined,
});
