import { gravest } from '../../domain/gravity.ts';
import { type CertError, isCertError } from '../../errors.ts';
import { type CommandDefinition, usageError } from '../command.ts';
import type { Context } from '../context.ts';
import { type LoggingOut, logOutProfile } from './log-out-profile.ts';
import { type PurgeFlags, purge } from './purge.ts';

interface LogoutFlags extends PurgeFlags {
  readonly all?: boolean;
  readonly purge?: boolean;
}

export const logout: CommandDefinition = {
  configure: (command, { help: { flag } }, bind) =>
    bind(
      command
        .option('--all', flag.allProfiles)
        .option('--purge', flag.purge)
        .option('-y, --yes', flag.yes)
        .option('--force', flag.purgeForce),
      (ctx, flags: LogoutFlags) => runLogout(ctx, flags),
    ),
};

export async function runLogout(
  ctx: LoggingOut & Pick<Context, 'account' | 'config' | 'localData' | 'prompts'>,
  flags: LogoutFlags,
): Promise<void> {
  const { messages, terminal } = ctx;
  const { all = false } = flags;
  if (flags.purge) {
    if (!all) throw usageError('together', { one: '--purge', other: '--all' });
    return purge(ctx, flags);
  }
  const { profiles } = ctx.config.read();
  const current = ctx.account().profile;
  const names = all ? Object.keys(profiles) : current === undefined ? [] : [current];
  const loggedOut: string[] = [];
  const failures: CertError[] = [];
  for (const name of names) {
    const profile = profiles[name];
    try {
      if (profile !== undefined) await logOutProfile(ctx, profile);
      loggedOut.push(name);
    } catch (error) {
      // The store of one profile does not keep the others logged in.
      if (!isCertError(error)) throw error;
      failures.push(error);
    }
  }
  const text = loggedOut.map((name) => messages.logout.done(name)).join('\n');
  const error = gravest(failures);
  if (error === undefined) return terminal.result({ loggedOut }, () => text || messages.logout.none);
  if (text !== '') terminal.partial(text);
  throw error.withData({ loggedOut });
}
