import { portalOrigin } from '../domain/portal-origin.ts';
import type { Settings } from '../ports/settings.ts';
import type { CommandDefinition } from './command.ts';
import type { Context } from './context.ts';
import { oneOf, validDays } from './shared/flags.ts';

export const config: CommandDefinition = {
  configure: (command, { help: { argument, command: text } }, bind) => {
    bind(command.command('list').description(text.configList), (ctx) => runConfigList(ctx));
    bind(
      command.command('get').description(text.configGet).argument('<key>', argument.key),
      (ctx, _options: object, key: string) => runConfigGet(ctx, key),
    );
    bind(
      command
        .command('set')
        .description(text.configSet)
        .argument('<key>', argument.key)
        .argument('<value>', argument.value),
      (ctx, _options: object, key: string, value: string) => runConfigSet(ctx, key, value),
    );
    bind(command.command('path').description(text.configPath), (ctx) => runConfigPath(ctx));
  },
};

/** Each setting with what makes a value of a word; the flag of the same name overrides it. */
const SETTINGS: { readonly [K in keyof Required<Settings>]: (value: string) => Settings[K] } = {
  lang: (value) => oneOf('lang', value, ['en', 'zh-CN']),
  portal: (value) => portalOrigin(value),
  days: (value) => validDays(value),
  output: (value) => value,
};

const KEYS = Object.keys(SETTINGS) as (keyof Settings)[];

export async function runConfigList(ctx: Pick<Context, 'config' | 'terminal'>): Promise<void> {
  const { settings } = ctx.config.read();
  ctx.terminal.result({ settings }, () =>
    ctx.terminal.details(KEYS.map((key) => [key, String(settings[key] ?? '')] as const)),
  );
}

type Configuring = Pick<Context, 'config' | 'messages' | 'terminal'>;

export async function runConfigGet(ctx: Configuring, name: string): Promise<void> {
  const key = oneOf('KEY', name, KEYS);
  const value = ctx.config.read().settings[key] ?? null;
  ctx.terminal.result({ setting: { key, value } }, () => String(value ?? ''));
}

export async function runConfigSet(ctx: Configuring, name: string, text: string): Promise<void> {
  const key = oneOf('KEY', name, KEYS);
  const value = text === '' ? undefined : SETTINGS[key](text);
  await ctx.config.update((config) => {
    const { [key]: _old, ...others } = config.settings;
    return { ...config, settings: value === undefined ? others : { ...others, [key]: value } };
  });
  const { config: say } = ctx.messages;
  ctx.terminal.result({ setting: { key, value: value ?? null } }, () =>
    value === undefined ? say.removed(key) : say.changed(key, String(value)),
  );
}

export async function runConfigPath(ctx: Pick<Context, 'config' | 'terminal'>): Promise<void> {
  const { path } = ctx.config;
  ctx.terminal.result({ path }, () => path);
}
