/** Command lines of `cert` as the real command tree reads them; nothing is run. */
import { type Command, CommanderError } from 'commander';
import { isTopic } from '../../src/cli/help-topics.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { isCertError } from '../../src/errors.ts';
import { en } from '../../src/ui/messages/en/index.ts';

/** The words after each `cert` in a line of shell, of a configuration file or of prose. */
export const commandLinesIn = (line: string): string[][] =>
  [...line.matchAll(/(?<![\w./@-])cert(?=\s|$)([^"'|&;()<>`…]*)/g)].map(([, words = '']) => words.trim().split(/\s+/));

const programFor = (argv: readonly string[]): Promise<Command> =>
  buildProgram({
    argv,
    version: '0.0.0',
    messages: en,
    bind: (command) => void command.action(() => {}),
    topic: async (name) => (isTopic(name) || name === 'TOPIC' ? '' : undefined),
    writeOut: () => {},
  });

/** What a command that is only mentioned may leave out. */
const LEFT_OUT = ['commander.missingArgument', 'commander.optionMissingArgument', 'commander.help'];

/** Why `cert` would not understand these words; undefined when it would. */
export async function mistakeIn(words: readonly string[], { mentioned = false } = {}): Promise<string | undefined> {
  try {
    await (await programFor(words)).parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 || (mentioned && LEFT_OUT.includes(error.code)) ? undefined : error.message;
    if (isCertError(error, 'USAGE')) return `cert ${words.join(' ')}: no such command or topic`;
    throw error;
  }
  return undefined;
}

/** Every flag of every command, long and short. */
export async function knownFlags(): Promise<ReadonlySet<string>> {
  const names = (await programFor([])).commands.map((command) => command.name());
  const flagsBelow = (command: Command): string[] => [
    ...command.options.flatMap(({ long, short }) => [long ?? '', short ?? '']),
    ...command.commands.flatMap(flagsBelow),
  ];
  return new Set(['--help', '-h', ...flagsBelow(await programFor(names))]);
}

/** The flags of one command, those of every command included; none where there is no such command. */
export async function flagsOf(name: string): Promise<readonly string[]> {
  const program = await programFor([name]);
  const command = program.commands.find((one) => one.name() === name);
  const options = command === undefined ? [] : [...command.options, ...program.options];
  return options.flatMap(({ long, short }) => [long ?? '', short ?? '']);
}
