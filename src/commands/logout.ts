import type { Context } from '../context.ts';
import type { CommandDefinition } from './command.ts';
import { logOutProfile } from './steps/log-out.ts';

export const logout: CommandDefinition = {
  configure: (command, { help: { flag } }, bind) =>
    bind(command.option('--all', flag.allProfiles), (ctx, flags: { all?: boolean }) => runLogout(ctx, flags)),
};

export async function runLogout(ctx: Context, { all = false }: { all?: boolean }): Promise<void> {
  const { messages, terminal } = ctx;
  const { profiles } = ctx.config.read();
  const current = ctx.account().profile;
  const names = all ? Object.keys(profiles) : current === undefined ? [] : [current];
  for (const name of names) {
    const profile = profiles[name];
    if (profile !== undefined) await logOutProfile(ctx, profile);
  }
  terminal.result({ loggedOut: names }, () =>
    names.length === 0 ? messages.logout.none : names.map((name) => messages.logout.done(name)).join('\n'),
  );
}
