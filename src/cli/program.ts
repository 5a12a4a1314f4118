import { Command, CommanderError, Option } from 'commander';
import type { Bind, CommandDefinition } from '../commands/command.ts';
import { CertError, type UsageFault } from '../errors.ts';
import type { Messages } from '../ui/messages/en/index.ts';

const COMMANDS = {
  register: async () => (await import('../commands/account/register.ts')).register,
  login: async () => (await import('../commands/account/login.ts')).login,
  logout: async () => (await import('../commands/account/logout.ts')).logout,
  whoami: async () => (await import('../commands/account/whoami.ts')).whoami,
  list: async () => (await import('../commands/certificates/list.ts')).list,
  info: async () => (await import('../commands/certificates/info.ts')).info,
  history: async () => (await import('../commands/certificates/history.ts')).history,
  get: async () => (await import('../commands/copies/get.ts')).get,
  renew: async () => (await import('../commands/copies/renew.ts')).renew,
  remind: async () => (await import('../commands/copies/remind.ts')).remind,
  annotate: async () => (await import('../commands/copies/annotate.ts')).annotate,
  wait: async () => (await import('../commands/copies/wait.ts')).wait,
  download: async () => (await import('../commands/copies/download.ts')).download,
  view: async () => (await import('../commands/copies/view.ts')).view,
  import: async () => (await import('../commands/copies/import.ts')).importCommand,
  lookup: async () => (await import('../commands/certificates/lookup.ts')).lookup,
  verify: async () => (await import('../commands/signatures/verify.ts')).verify,
  trust: async () => (await import('../commands/signatures/trust.ts')).trust,
  profile: async () => (await import('../commands/account/profile.ts')).profile,
  config: async () => (await import('../commands/config.ts')).config,
  sandbox: async () => (await import('../commands/sandbox.ts')).sandbox,
  demo: async () => (await import('../commands/demo.ts')).demo,
} as const satisfies Record<string, () => Promise<CommandDefinition>>;

type CommandName = keyof typeof COMMANDS;

const withGlobalOptions = (program: Command, { help: { flag } }: Messages) =>
  program
    .addOption(new Option('--json', flag.json))
    .addOption(new Option('--profile <name>', flag.profile))
    .addOption(new Option('--portal <url>', flag.portal))
    .addOption(new Option('--lang <language>', flag.lang))
    .addOption(new Option('--passphrase-file <file>', flag.passphraseFile))
    .addOption(new Option('--no-input', flag.noInput))
    .addOption(new Option('--no-color', flag.noColor))
    .addOption(new Option('-q, --quiet', flag.quiet))
    .addOption(new Option('--debug', flag.debug))
    .helpOption('-h, --help', flag.help);

interface ProgramParts {
  readonly argv: readonly string[];
  readonly version: string;
  readonly messages: Messages;
  readonly bind: Bind;
  /** The text of `cert help TOPIC`; undefined where there is no such topic. */
  readonly topic: (name: string) => Promise<string | undefined>;
  readonly writeOut: (text: string) => void;
}

const HELP_WIDTH = 80;

/**
 * The command tree. Only the commands that `argv` can mean are loaded; the others are there by name, for the help
 * and for "did you mean".
 */
export async function buildProgram({ argv, version, messages, bind, topic, writeOut }: ProgramParts): Promise<Command> {
  const { help } = messages;
  const program = withGlobalOptions(new Command('cert'), messages)
    .version(version, '--version', help.flag.version)
    .description(help.tagline)
    .helpCommand(false)
    .addHelpText('after', `\n${help.epilogue}`)
    .configureHelp({
      styleTitle: (title) => help.headings[title] ?? title,
      showGlobalOptions: true,
      optionDescription: ({ description, defaultValue }) =>
        typeof defaultValue === 'string' ? description + help.byDefault(defaultValue) : description,
    })
    .configureOutput({ writeOut, writeErr: () => {}, outputError: () => {}, getOutHelpWidth: () => HELP_WIDTH })
    .exitOverride();
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    const command = program.command(name).description(help.command[name]);
    if (!argv.includes(name)) continue;
    (await COMMANDS[name]()).configure(command, messages, bind);
    localizeHelp(command, messages);
  }
  const helpCommand = program
    .command('help')
    .description(help.command.help)
    .argument('[command...]', help.argument.help);
  helpCommand.action(async (names: string[]) => {
    const text = names.length === 1 ? await topic(names[0] ?? '') : undefined;
    if (text === undefined) commandNamed(program, names).outputHelp();
    else writeOut(text);
  });
  localizeHelp(helpCommand, messages);
  return program;
}

/** @throws CertError USAGE */
function commandNamed(program: Command, names: readonly string[]): Command {
  return names.reduce((parent, name) => {
    const found = parent.commands.find((command) => command.name() === name);
    if (found === undefined) throw new CertError('USAGE', { fault: { kind: 'unknownCommand', name } });
    return found;
  }, program);
}

const localizeHelp = (command: Command, messages: Messages): void => {
  command.helpOption('-h, --help', messages.help.flag.help);
  for (const sub of command.commands) localizeHelp(sub, messages);
  if (command.name() !== 'help') withHelpCommand(command, messages);
};

/**
 * `cert profile help list`, `cert list help`. Commander's own `help` ends with the exit code that the process has so
 * far. Where a word is a value of the command, as of `cert info`, `help` is one too.
 */
function withHelpCommand(command: Command, { help }: Messages): void {
  command.helpCommand(false);
  if (command.registeredArguments.length > 0) return;
  const isGroup = command.commands.length > 0;
  if (!isGroup) command.usage('[options]');
  command
    .command('help [command...]', { hidden: !isGroup })
    .description(help.command.help)
    .helpOption('-h, --help', help.flag.help)
    .action((names: string[]) => commandNamed(command, names).outputHelp());
}

/** Whether commander ended because it had shown what was asked for: help or the version. */
export const isHelpShown = (error: unknown): boolean => error instanceof CommanderError && error.exitCode === 0;

/** What commander found wrong in the command line; anything else as it is. */
export function usageErrorOf(error: unknown): unknown {
  if (!(error instanceof CommanderError)) return error;
  // Of --flag=value the value is not repeated: somebody may take the flag for one that takes a secret.
  const name = /'([^'=]+)[^']*'/.exec(error.message)?.[1] ?? '';
  const similar = /Did you mean (?:one of )?([^?]+)\?/.exec(error.message)?.[1];
  const faults: Readonly<Record<string, UsageFault>> = {
    'commander.unknownCommand': { kind: 'unknownCommand', name, similar },
    'commander.unknownOption': { kind: 'unknownOption', name, similar },
    'commander.missingArgument': { kind: 'missingArgument', name },
    'commander.optionMissingArgument': { kind: 'missingValue', flag: name },
    'commander.excessArguments': { kind: 'excessArguments' },
    'commander.help': { kind: 'missingCommand' },
  };
  return new CertError('USAGE', { fault: faults[error.code] ?? { kind: 'notUnderstood' } });
}
