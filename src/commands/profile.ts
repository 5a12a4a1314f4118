import type { Context } from '../context.ts';
import { CertError } from '../errors.ts';
import type { CommandDefinition } from './command.ts';

export const profile: CommandDefinition = {
  configure: (command, { help: { argument, command: text } }, bind) => {
    bind(command.command('list').description(text.profileList), (ctx) => runProfileList(ctx));
    bind(
      command.command('use').description(text.profileUse).argument('<name>', argument.profile),
      (ctx, _options: object, name: string) => runProfileUse(ctx, name),
    );
    bind(
      command.command('remove').description(text.profileRemove).argument('<name>', argument.profile),
      (ctx, _options: object, name: string) => runProfileRemove(ctx, name),
    );
  },
};

export async function runProfileList(ctx: Context): Promise<void> {
  const { messages, terminal } = ctx;
  const { profiles, currentProfile } = ctx.config.read();
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

function known(ctx: Context, name: string) {
  const { profiles } = ctx.config.read();
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (profile === undefined) throw new CertError('PROFILE_NOT_FOUND', { name, known: Object.keys(profiles) });
  return profile;
}

export async function runProfileUse(ctx: Context, name: string): Promise<void> {
  const { portal, username, store } = known(ctx, name);
  await ctx.config.update((config) => ({ ...config, currentProfile: name }));
  ctx.terminal.result({ profile: { name, portal, username, store } }, () => ctx.messages.profile.used(name));
}

export async function runProfileRemove(ctx: Context, name: string): Promise<void> {
  const profile = known(ctx, name);
  await (await ctx.sessions()).forget(profile);
  await ctx.config.update(({ profiles: { [name]: _removed, ...profiles }, currentProfile, settings }) => ({
    profiles,
    currentProfile: currentProfile === name ? null : currentProfile,
    settings,
  }));
  ctx.terminal.result({ removed: name }, () => ctx.messages.profile.removed(name));
}
