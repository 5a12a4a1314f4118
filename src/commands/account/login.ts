import { withoutUnseenEnds } from '../../domain/pasted-text.ts';
import type { Portal } from '../../ports/portal.ts';
import { type CommandDefinition, usageError } from '../command.ts';
import type { Context } from '../context.ts';
import type { AnsweringChallenges } from '../shared/challenge.ts';
import { askUsername, likelyUsername } from './ask-username.ts';
import { type CompletingLogin, completeLogin, type LoginOptions } from './complete-login.ts';
import { logInWithPassword } from './password-login.ts';
import { logInByQrCode } from './qr-login.ts';
import { type ChoosingStore, readStore } from './store.ts';
import { type LoggingInWithToken, logInWithToken } from './token-login.ts';

interface LoginFlags {
  readonly username?: string;
  readonly passwordStdin?: boolean;
  readonly withToken?: boolean;
  readonly qr?: boolean;
  readonly acceptNotice?: string;
  readonly store?: string;
}

export const login: CommandDefinition = {
  configure: (command, { help: { flag } }, bind) =>
    bind(
      command
        .option('-u, --username <name>', flag.username)
        .option('--password-stdin', flag.passwordStdin)
        .option('--with-token', flag.withToken)
        .option('--qr', flag.qr)
        .option('--accept-notice <version>', flag.acceptNotice)
        .option('--store <store>', flag.store),
      (ctx, flags: LoginFlags) => runLogin(ctx, flags),
    ),
};

export async function runLogin(
  ctx: ChoosingStore &
    AnsweringChallenges &
    CompletingLogin &
    LoggingInWithToken &
    Pick<Context, 'environment' | 'options'>,
  given: LoginFlags,
): Promise<void> {
  const { username } = given;
  const flags = username === undefined ? given : { ...given, username: likelyUsername(withoutUnseenEnds(username)) };
  const portal = await ctx.portal();
  refuseSeveralWays(flags);
  const store = await readStore(ctx, flags.store);
  if (flags.withToken) return logInWithToken(ctx, { ...flags, store });
  const options = { store, acceptNotice: flags.acceptNotice };
  const entered = flags.qr
    ? await completeQrLogin(ctx, portal, flags, options)
    : await logInWithPassword(ctx, portal, await askCredentials(ctx, flags), options);
  ctx.terminal.result(entered, () => '');
}

/** There are several ways in, one at a time. */
function refuseSeveralWays({ passwordStdin, withToken, qr }: LoginFlags): void {
  const ways = [
    ...(withToken ? ['--with-token'] : []),
    ...(qr ? ['--qr'] : []),
    ...(passwordStdin ? ['--password-stdin'] : []),
  ];
  const [one, other] = ways;
  if (one !== undefined && other !== undefined) throw usageError('conflict', { one, other });
}

async function completeQrLogin(
  ctx: CompletingLogin & Pick<Context, 'clock'>,
  portal: Portal,
  flags: LoginFlags,
  options: LoginOptions,
) {
  const session = await logInByQrCode(ctx, portal);
  const username = session.username || (flags.username ?? (await askUsername(ctx)));
  return completeLogin(ctx, portal, { username, session }, options);
}

async function askCredentials(
  ctx: Pick<Context, 'account' | 'environment' | 'messages' | 'prompts' | 'readSecretFromStdin'>,
  { username, passwordStdin }: LoginFlags,
) {
  const { environment, messages, prompts, readSecretFromStdin } = ctx;
  if (passwordStdin && username === undefined) throw usageError('missingValue', { flag: '--username' });
  // The password of one account is never tried for another.
  const isOther = username !== undefined && username !== environment.CERT_USERNAME;
  const fromEnvironment = passwordStdin || isOther ? undefined : environment.CERT_PASSWORD;
  return {
    username: username ?? environment.CERT_USERNAME ?? (await askUsername(ctx, ctx.account().username?.value)),
    password: passwordStdin
      ? await readSecretFromStdin('--password-stdin')
      : (fromEnvironment ?? (await prompts.secret({ message: messages.login.password, flag: '--password-stdin' }))),
  };
}
