import type { Session } from '../../contract/schemas.ts';
import { shanghaiMinute } from '../../domain/calendar.ts';
import { CertError } from '../../errors.ts';
import type { Portal } from '../../ports/portal.ts';
import type { StoreKind } from '../../ports/secrets.ts';
import type { Context } from '../context.ts';
import { withChallenges } from '../shared/challenge.ts';
import { oneOf } from '../shared/flags.ts';
import { usableStore } from './store.ts';

const STORES = ['keychain', 'file', 'none'] as const;

/** Where the secrets will be kept, found usable before anybody is asked for one. */
export const readStore = (ctx: Context, flag: string | undefined): Promise<StoreKind> =>
  usableStore(ctx, flag === undefined ? undefined : oneOf('--store', flag, STORES, ctx.messages));

export interface EnterOptions {
  readonly store: StoreKind;
  readonly acceptNotice: string | undefined;
}

/** Logs in with a password, keeps the secrets and sees to the service notice. */
export async function enter(
  ctx: Context,
  portal: Portal,
  { username, password }: { username: string; password: string },
  options: EnterOptions,
) {
  // A portal that was named for this call only is not known to the next one.
  const words = [
    'login',
    ...(ctx.options.portal === undefined ? [] : ['--portal', portal.origin]),
    '--username',
    username,
  ];
  // Only what a shell takes as it is can be repeated as a command.
  const command = words.every((word) => /^[\w.@:/%-]+$/.test(word)) ? words.join(' ') : undefined;
  const session = await withChallenges(ctx, (given) => portal.logIn({ username, password, ...given }), command);
  return settleIn(ctx, portal, { username, password, session }, options);
}

/** Keeps the secrets of a login and sees to the service notice. Without a password the session cannot be renewed. */
export async function settleIn(
  ctx: Context,
  portal: Portal,
  { username, password, session }: { username: string; password?: string; session: Session },
  { store, acceptNotice }: EnterOptions,
) {
  const name = await (await ctx.sessions()).keep({ username, password, session, store });
  const { messages, terminal } = ctx;
  terminal.say(messages.login.loggedIn(username, portal.origin));
  terminal.say(store === 'none' ? messages.login.notKept : messages.login.kept(messages.store[store]));
  terminal.say(messages.login.until(shanghaiMinute(session.expiresAt)));
  const profile = { name, portal: portal.origin, username, store, sessionExpiresAt: session.expiresAt };
  const accepted = await consent(ctx, portal, session, acceptNotice, profile);
  return { profile, notice: { version: session.notice.version, accepted } };
}

/** Shows the service notice where it has not been accepted yet, and asks for consent. */
async function consent(
  ctx: Context,
  portal: Portal,
  { notice: { version, accepted } }: Session,
  acceptVersion: string | undefined,
  profile: object,
): Promise<boolean> {
  if (accepted) return true;
  const { messages, terminal, prompts } = ctx;
  const notice = await portal.notice();
  if (acceptVersion !== undefined && acceptVersion !== notice.version)
    throw new CertError('NOTICE_NOT_ACCEPTED', { version }, { data: { profile } });
  if (acceptVersion === undefined) {
    if (!terminal.interactive) throw new CertError('NOTICE_NOT_ACCEPTED', { version }, { data: { profile } });
    terminal.say(`\n${terminal.style.bold(notice.title)}\n\n${notice.body}\n`);
    const agreed = await prompts.confirm({ message: messages.login.consent(notice.version), flag: '--accept-notice' });
    if (!agreed) throw new CertError('NOTICE_NOT_ACCEPTED', { version }, { data: { profile } });
  }
  await (await ctx.holderPortal()).acceptNotice(notice.version);
  terminal.say(messages.login.accepted(notice.version));
  return true;
}
