import type { Context, Profile } from '../context.ts';
import { isCertError } from '../errors.ts';
import type { CommandDefinition } from './command.ts';

export const logout: CommandDefinition = {
  configure: (command, { help: { flag } }, bind) =>
    bind(command.option('--all', flag.allProfiles), (ctx, flags: { all?: boolean }) => runLogout(ctx, flags)),
};

export async function runLogout(ctx: Context, { all = false }: { all?: boolean }): Promise<void> {
  const { messages, terminal } = ctx;
  const { profiles } = ctx.config.read();
  const current = ctx.account().profile;
  const names = all ? Object.keys(profiles) : current === undefined ? [] : [current];
  const sessions = await ctx.sessions();
  for (const name of names) {
    const profile = profiles[name];
    if (profile === undefined) continue;
    if (!(await endSessionAtPortal(ctx, profile))) terminal.warn(messages.logout.portalNotTold);
    await sessions.forget(profile);
  }
  terminal.result({ loggedOut: names }, () =>
    names.length === 0 ? messages.logout.none : names.map((name) => messages.logout.done(name)).join('\n'),
  );
}

/** Whether the portal ended the stored session, or there was none to end. Works on offline too: then it is false. */
async function endSessionAtPortal(ctx: Context, profile: Profile): Promise<boolean> {
  try {
    await ctx.endSession(profile);
    return true;
  } catch (error) {
    if (!isCertError(error)) throw error;
    return isCertError(error, 'SESSION_EXPIRED', 'LOGIN_REQUIRED');
  }
}
