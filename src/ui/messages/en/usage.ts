/** What is wrong with a command line. */
import type { ExpectedValue } from '../../../errors.ts';
import type { UsageTexts } from '../error-text.ts';

export const oneOf = (values: readonly string[]): string => `one of ${values.join(', ')}`;

function expectation(expected: ExpectedValue): string {
  if (expected === 'duration') return 'a time such as 90s, 30m, 24h, of 366d at most';
  if (expected === 'day') return 'a day such as 2027-02-22, or none';
  if (expected === 'profileName')
    return '1 to 64 visible characters, the first of them no - and no blank at either end';
  return 'oneOf' in expected ? oneOf(expected.oneOf) : `a whole number from ${expected.from} to ${expected.to}`;
}

const didYouMean = (similar: string | undefined): string => (similar ? ` Did you mean ${similar}?` : '');

export const usage: UsageTexts = {
  unknownCommand: ({ name, similar }) => `There is no command ${name}.${didYouMean(similar)}`,
  unknownOption: ({ name, similar }) => `There is no option ${name} here.${didYouMean(similar)}`,
  missingArgument: ({ name }) => `The argument ${name} is missing.`,
  missingValue: ({ flag }) => `The option ${flag} needs a value.`,
  excessArguments: () => 'There are too many arguments.',
  missingCommand: () => 'A command is missing.',
  notUnderstood: () => 'The command line cannot be understood.',
  badValue: ({ flag, value, expected }) => `${flag} ${value}: give ${expectation(expected)}.`,
  conflict: ({ one, other }) => `${one} and ${other} do not go together.`,
  together: ({ one, other }) => `${one} needs ${other}.`,
  notAToken: () => 'This is no token: a token is one word of 8 to 1,500 visible characters.',
  stdoutWantsOne: () => '-o - saves one file: name one certificate.',
  stdoutIsJson: () => '- and --json both write to standard output: use one of them.',
  daysBelowMinDays: ({ days, minDays }) =>
    `A copy for ${days} days never holds for ${minDays} more days: lower --min-days, or raise --days if the portal allows more.`,
  folderForSeveral: ({ output }) => `Several certificates need a folder: -o ${output}/`,
  stepFailed: ({ command, code, said }) => `${command} ended with exit code ${code}${said && `: ${said}`}`,
};
