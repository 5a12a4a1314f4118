import type { Context } from '../context.ts';
import { type CommandDefinition, usageError } from './command.ts';
import { enter, readStore } from './steps/enter.ts';
import { logInWithToken } from './steps/token-login.ts';

interface LoginFlags {
  readonly username?: string;
  readonly passwordStdin?: boolean;
  readonly withToken?: boolean;
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
        .option('--accept-notice <version>', flag.acceptNotice)
        .option('--store <store>', flag.store),
      (ctx, flags: LoginFlags) => runLogin(ctx, flags),
    ),
};

export async function runLogin(ctx: Context, flags: LoginFlags): Promise<void> {
  const portal = await ctx.portal();
  const { usage } = ctx.messages.help;
  if (flags.withToken && flags.passwordStdin) throw usageError(usage.conflict('--with-token', '--password-stdin'));
  const store = await readStore(ctx, flags.store);
  if (flags.withToken) return logInWithToken(ctx, { ...flags, store });
  const credentials = await askCredentials(ctx, flags);
  const entered = await enter(ctx, portal, credentials, { store, acceptNotice: flags.acceptNotice });
  ctx.terminal.result(entered, () => '');
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
