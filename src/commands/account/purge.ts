import { CertError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { type LoggingOut, logOutProfile } from './log-out-profile.ts';

export interface PurgeFlags {
  readonly yes?: boolean;
  readonly force?: boolean;
}

/**
 * Erases everything that `cert` keeps on this machine: secrets and sessions of every account, settings, state. PDFs
 * that the person saved stay. A secret store that cannot be opened keeps the settings: they tell what is in it.
 * @throws CertError APPLICATION_OPEN without `force`, INPUT_REQUIRED
 */
export async function purge(
  ctx: LoggingOut & Pick<Context, 'config' | 'localData' | 'prompts'>,
  { yes = false, force = false }: PurgeFlags,
): Promise<void> {
  const { messages, terminal, prompts } = ctx;
  const profiles = Object.entries(ctx.config.read().profiles);
  const localData = await ctx.localData();
  const open = await localData.openApplications();
  if (open > 0 && !force) throw new CertError('APPLICATION_OPEN', { count: open });
  if (open > 0) terminal.warn(messages.purge.open(open));
  const question = messages.purge.confirm(profiles.length, localData.folders);
  if (!yes && !(await prompts.confirm({ message: question, flag: '--yes' })))
    return terminal.result({ loggedOut: [], erased: [], left: [] }, () => messages.purge.declined);
  for (const [, profile] of profiles) await logOutProfile(ctx, profile);
  const left = await localData.erase();
  for (const path of left) terminal.warn(messages.purge.left(path));
  const names = profiles.map(([name]) => name);
  terminal.result({ loggedOut: names, erased: localData.folders, left }, () =>
    [...names.map((name) => messages.logout.done(name)), messages.purge.done(localData.folders)].join('\n'),
  );
}
