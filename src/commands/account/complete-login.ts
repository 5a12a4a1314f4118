import type { Session } from '../../contract/schemas.ts';
import { shanghaiMinute } from '../../domain/calendar.ts';
import type { Portal } from '../../ports/portal.ts';
import type { StoreKind } from '../../ports/secrets.ts';
import type { Context } from '../context.ts';
import { consent } from './notice.ts';

/** What completing a login takes. */
export type CompletingLogin = Pick<Context, 'holderPortal' | 'messages' | 'prompts' | 'sessions' | 'terminal'>;

export interface LoginOptions {
  readonly store: StoreKind;
  readonly acceptNotice: string | undefined;
}

/** Keeps the secrets of a login and sees to the service notice. Without a password the session cannot be renewed. */
export async function completeLogin(
  ctx: CompletingLogin,
  portal: Pick<Portal, 'notice' | 'origin'>,
  { username, password, session }: { username: string; password?: string; session: Session },
  { store, acceptNotice }: LoginOptions,
) {
  const name = await (await ctx.sessions()).keep({ username, password, session, store });
  const { messages, terminal } = ctx;
  terminal.partial(messages.login.loggedIn(username, portal.origin));
  terminal.say(store === 'none' ? messages.login.notKept : messages.login.kept(messages.store[store]));
  terminal.say(messages.login.until(shanghaiMinute(session.expiresAt)));
  const profile = { name, portal: portal.origin, username, store, sessionExpiresAt: session.expiresAt };
  const accepted = await consent(ctx, portal, session, acceptNotice, profile);
  return { profile, notice: { version: session.notice.version, accepted } };
}
