import type { GlobalOptions } from '../ports/surroundings.ts';
import type { Style } from '../ports/terminal.ts';

const same = (text: string) => text;

export const PLAIN: Style = { bold: same, dim: same, good: same, bad: same, warn: same };

interface Surroundings {
  readonly options: Pick<GlobalOptions, 'color'>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Whether a stream gets colours: `--no-color` and NO_COLOR forbid them, FORCE_COLOR asks for them, else a terminal has them. */
export function wantsColor(
  stream: { readonly isTTY?: boolean | undefined },
  { options, environment }: Surroundings,
): boolean {
  if (!options.color || environment.NO_COLOR) return false;
  if (environment.FORCE_COLOR !== undefined) return environment.FORCE_COLOR !== '0';
  return stream.isTTY === true && environment.TERM !== 'dumb';
}

/** The colours, from chalk, loaded only where there are any. */
export async function colored(): Promise<Style> {
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  return { bold: chalk.bold, dim: chalk.dim, good: chalk.green, bad: chalk.red, warn: chalk.yellow };
}
