import type { Context, Portal } from '../context.ts';
import { shanghaiMinute } from '../domain/calendar.ts';
import { CertError } from '../errors.ts';
import type { Session } from '../portal/contract/schemas.ts';
import { type CommandDefinition, usageError } from './command.ts';
import { withChallenges } from './steps/challenge.ts';
import { oneOf } from './steps/flags.ts';
import { usableStore } from './steps/store.ts';
import { logInWithToken } from './steps/token-login.ts';

interface LoginFlags {
  readonly username?: string;
  readonly passwordStdin?: boolean;
  readonly withToken?: boolean;
  readonly acceptNotice?: string;
  readonly store?: string;
}

const STORES = ['keychain', 'file', 'none'] as const;

export const login: CommandDefinition = {
  configure: (command, { help: { flag } }, bind) =>
    bind(
      command
        .option('-u, --username <name>', flag.username)
        .option('--password-stdin', flag.passwordStdin)
        .option('--with-token', flag.withToken)
        .option('--accept-notice <version>', flag.acceptNotice)
        .option('--store <store>', flag.store),
      (ctx, flags: LoginFlags) => runLogin(ctx, flags),
    ),
};

export async function runLogin(ctx: Context, flags: LoginFlags): Promise<void> {
  const { messages, terminal } = ctx;
  const wanted = flags.store === undefined ? undefined : oneOf('--store', flags.store, STORES, messages);
  const portal = await ctx.portal();
  if (flags.withToken && flags.passwordStdin)
    throw usageError(messages.help.usage.conflict('--with-token', '--password-stdin'));
  const store = await usableStore(ctx, wanted);
  if (flags.withToken) return logInWithToken(ctx, { ...flags, store });
  const { username, password } = await askCredentials(ctx, flags);
  const session = await withChallenges(ctx, (given) => portal.logIn({ username, password, ...given }));
  const sessions = await ctx.sessions();
  const name = await sessions.keep({ username, password, session, store });
  terminal.say(messages.login.loggedIn(username, portal.origin));
  terminal.say(store === 'none' ? messages.login.notKept : messages.login.kept(messages.store[store]));
  terminal.say(messages.login.until(shanghaiMinute(session.expiresAt)));
  const profile = { name, portal: portal.origin, username, store, sessionExpiresAt: session.expiresAt };
  const accepted = await consent(ctx, portal, session, flags.acceptNotice, profile);
  terminal.result({ profile, notice: { version: session.notice.version, accepted } }, () => '');
}

async function askCredentials(ctx: Context, { username, passwordStdin }: LoginFlags) {
  const { environment, prompts, messages } = ctx;
  if (passwordStdin && username === undefined) throw usageError(messages.help.usage.missingValue('--username'));
  const fromEnvironment = passwordStdin ? undefined : environment.CERT_PASSWORD;
  return {
    username:
      username ??
      environment.CERT_USERNAME ??
      (await prompts.text({
        message: messages.login.username,
        flag: '--username',
        initial: ctx.account().username?.value,
      })),
    password: passwordStdin
      ? await ctx.readSecretFromStdin()
      : (fromEnvironment ?? (await prompts.secret({ message: messages.login.password, flag: '--password-stdin' }))),
  };
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
  await portal.acceptNotice(notice.version);
  terminal.say(messages.login.accepted(notice.version));
  return true;
}
