/** The texts of `cert help TOPIC`: nothing is asked of the network, the keychain or the settings. */
import { configFolder, stateFolder } from '../config/paths.ts';
import { GRAVITY } from '../domain/gravity.ts';
import { ERRORS, type ErrorCode, EXIT, isCertError } from '../errors.ts';
import type { Machine } from '../ports/machine.ts';
import type { Entries, Topics } from '../ui/messages/en/topics.ts';
import type { ReasonText } from '../ui/messages/en/verification.ts';
import { pad } from '../ui/width.ts';
import { entries } from '../ui/wrap.ts';

const WIDTH = 80;

const TOPICS = ['environment', 'exit-codes', 'json', 'privacy', 'verification'] as const;

type Topic = (typeof TOPICS)[number];

export const isTopic = (name: string): name is Topic => TOPICS.some((topic) => topic === name);

export function topicText(
  topic: Topic,
  { environment, exitCodes, json, privacy, verification }: Topics,
  machine: Pick<Machine, 'environment' | 'platform' | 'home'>,
): string {
  switch (topic) {
    case 'environment':
      return `${environment.title}\n\n${listed(environment.variables)}\n`;
    case 'exit-codes':
      return `${exitCodes.title}\n\n${listed(exitCodeEntries(exitCodes.meanings))}\n\n${exitCodes.gravest(GRAVITY.join(', '))}\n`;
    case 'json':
      return `${json}\n`;
    case 'verification':
      return `${verification.title}\n\n${layers(verification).join('\n\n')}\n`;
    case 'privacy':
      return `${privacy({ config: folderOf(configFolder, machine), state: folderOf(stateFolder, machine) })}\n`;
  }
}

/** The texts of the reasons are those of `cert verify`. */
const layers = ({ layers: labels, reasons }: Topics['verification']): string[] =>
  (Object.keys(labels) as (keyof typeof labels)[]).map((layer) => {
    const meant = Object.entries<ReasonText>(reasons[layer]).map(
      ([code, { meaning, advice }]) =>
        `  ${code}\n${entries([['', [meaning, advice].filter(Boolean).join('\n')]], '  ', WIDTH)}`,
    );
    return [labels[layer], ...meant].join('\n');
  });

const exitCodeEntries = (meanings: Topics['exitCodes']['meanings']): Entries =>
  (Object.keys(EXIT) as (keyof typeof EXIT)[]).map((name) => {
    const codes = (Object.keys(ERRORS) as ErrorCode[]).filter((code) => ERRORS[code].exit === EXIT[name]);
    return [String(EXIT[name]), [meanings[name], ...wrapped(codes, WIDTH - 7)].join('\n')];
  });

function listed(entries: Entries): string {
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries
    .map(([name, meaning]) => `  ${pad(name, width)}  ${meaning.replaceAll('\n', `\n${' '.repeat(width + 4)}`)}`)
    .join('\n');
}

function wrapped(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** Without a home folder the variable that would name the folder stands for it. */
function folderOf(
  find: typeof configFolder,
  { environment, platform, home }: Pick<Machine, 'environment' | 'platform' | 'home'>,
): string {
  try {
    return find(environment, platform, home);
  } catch (error) {
    if (!isCertError(error)) throw error;
    return find === configFolder ? 'CERT_CONFIG_DIR' : 'CERT_STATE_DIR';
  }
}
