import { ACCESS_TOKEN } from '../../domain/access-token.ts';
import type { StoreKind } from '../../ports/secrets.ts';
import { usageError } from '../command.ts';
import type { Context } from '../context.ts';
import { askUsername } from './ask-username.ts';

/** What a login with a token takes. */
export type LoggingInWithToken = Pick<
  Context,
  | 'account'
  | 'checkToken'
  | 'holderPortal'
  | 'messages'
  | 'portal'
  | 'prompts'
  | 'readSecretFromStdin'
  | 'sessions'
  | 'terminal'
>;

interface TokenLogin {
  readonly username?: string;
  readonly store: StoreKind;
  readonly acceptNotice?: string;
}

/**
 * Keeps the token of a session that was made elsewhere, once the portal has taken it. It comes from a prompt or from
 * standard input. Whose it is the portal does not say: the user name is the person's word.
 */
export async function logInWithToken(
  ctx: LoggingInWithToken,
  { username, store, acceptNotice }: TokenLogin,
): Promise<void> {
  const { messages, terminal } = ctx;
  const { login } = messages;
  if (store === 'none') throw usageError('conflict', { one: '--with-token', other: '--store none' });
  const name = username ?? ctx.account().username?.value ?? (await askUsername(ctx));
  const given = terminal.interactive
    ? await ctx.prompts.secret({ message: login.token, flag: '--with-token' })
    : await ctx.readSecretFromStdin('--with-token');
  const accessToken = given.trim();
  if (!ACCESS_TOKEN.test(accessToken)) throw usageError('notAToken', {});
  await ctx.checkToken(accessToken);
  const sessions = await ctx.sessions();
  const profile = await sessions.keep({ username: name, session: { accessToken }, store });
  const portal = await ctx.portal();
  if (acceptNotice !== undefined) await (await ctx.holderPortal()).acceptNotice(acceptNotice);
  terminal.partial(login.loggedIn(name, portal.origin));
  terminal.say(login.tokenKept(messages.store[store]));
  terminal.say(login.cannotBeRenewed);
  const shown = { name: profile, portal: portal.origin, username: name, store, sessionExpiresAt: null };
  const notice = acceptNotice === undefined ? null : { version: acceptNotice, accepted: true };
  terminal.result({ profile: shown, notice }, () => '');
}
