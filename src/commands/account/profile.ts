import { isProfileName } from '../../domain/profile-name.ts';
import { CertError } from '../../errors.ts';
import type { Config, Profile } from '../../ports/settings.ts';
import { type CommandDefinition, usageError } from '../command.ts';
import type { Context } from '../context.ts';
import { type LoggingOut, logOutProfile } from './log-out-profile.ts';

export const profile: CommandDefinition = {
  configure: (command, { help: { argument, command: text } }, bind) => {
    bind(command.command('list').description(text.profileList), (ctx) => runProfileList(ctx));
    bind(
      command.command('use').description(text.profileUse).argument('<name>', argument.profile),
      (ctx, _options: object, name: string) => runProfileUse(ctx, name),
    );
    bind(
      command
        .command('rename')
        .description(text.profileRename)
        .argument('<name>', argument.profile)
        .argument('<new>', argument.newProfile),
      (ctx, _options: object, name: string, to: string) => runProfileRename(ctx, name, to),
    );
    bind(
      command.command('remove').description(text.profileRemove).argument('<name>', argument.profile),
      (ctx, _options: object, name: string) => runProfileRemove(ctx, name),
    );
  },
};

type ManagingProfiles = Pick<Context, 'config' | 'messages' | 'terminal'>;

export async function runProfileList({ config, messages, terminal }: ManagingProfiles): Promise<void> {
  const { profiles, currentProfile } = config.read();
  const list = Object.entries(profiles).map(([name, profile]) => ({
    name,
    ...profile,
    current: name === currentProfile,
  }));
  terminal.result({ profiles: list }, () =>
    list.length === 0
      ? messages.profile.none
      : terminal.table(
          [
            { title: messages.term.name },
            { title: messages.term.username },
            { title: messages.term.portal, flexible: true },
            { title: messages.term.secret },
          ],
          list.map(({ name, username, portal, store, current }) => [
            current ? `* ${name}` : `  ${name}`,
            username,
            portal,
            messages.store[store],
          ]),
        ),
  );
}

function profileNamed({ profiles }: Config, name: string): Profile {
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (profile === undefined) throw new CertError('PROFILE_NOT_FOUND', { name, known: Object.keys(profiles) });
  return profile;
}

const shown = (name: string, { portal, username, store }: Profile) => ({ name, portal, username, store });

export async function runProfileUse(ctx: ManagingProfiles, name: string): Promise<void> {
  await ctx.config.update((config) => {
    profileNamed(config, name);
    return { ...config, currentProfile: name };
  });
  const profile = shown(name, profileNamed(ctx.config.read(), name));
  ctx.terminal.result({ profile }, () => ctx.messages.profile.used(name));
}

/** Only the name changes: secrets are found by portal and user name, and trust anchors move with it. */
export async function runProfileRename(
  ctx: ManagingProfiles & Pick<Context, 'trust'>,
  from: string,
  to: string,
): Promise<void> {
  if (!isProfileName(to)) throw usageError('badValue', { flag: 'NEW', value: to, expected: 'profileName' });
  renamed(ctx.config.read(), from, to);
  const trust = await ctx.trust();
  await trust.move(from, to);
  await ctx.config
    .update((config) => renamed(config, from, to))
    .catch(async (error) => {
      await trust.move(to, from);
      throw error;
    });
  const profile = shown(to, profileNamed(ctx.config.read(), to));
  ctx.terminal.result({ profile }, () => ctx.messages.profile.renamed(from, to));
}

/** @throws CertError PROFILE_NOT_FOUND, PROFILE_EXISTS */
function renamed(config: Config, from: string, to: string): Config {
  profileNamed(config, from);
  if (to !== from && Object.hasOwn(config.profiles, to)) throw new CertError('PROFILE_EXISTS', { name: to });
  return {
    ...config,
    currentProfile: config.currentProfile === from ? to : config.currentProfile,
    profiles: Object.fromEntries(
      Object.entries(config.profiles).map(([name, profile]) => [name === from ? to : name, profile]),
    ),
  };
}

/** Logs out as well: no session stays open at the portal. */
export async function runProfileRemove(
  ctx: LoggingOut & Pick<Context, 'config' | 'trust'>,
  name: string,
): Promise<void> {
  const profile = profileNamed(ctx.config.read(), name);
  const trust = await ctx.trust();
  for (const file of [ctx.config, trust]) await file.ensureWritable();
  await logOutProfile(ctx, profile);
  // A later profile of that name must not find them.
  await trust.move(name, undefined);
  await ctx.config.update((config) => {
    const { [name]: _removed, ...profiles } = config.profiles;
    return { ...config, profiles, currentProfile: config.currentProfile === name ? null : config.currentProfile };
  });
  ctx.terminal.result({ removed: name }, () => ctx.messages.profile.removed(name));
}
