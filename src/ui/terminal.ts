import { notWritable, systemCode } from '../disk/file-error.ts';
import type { Machine, Output } from '../ports/machine.ts';
import type { GlobalOptions } from '../ports/surroundings.ts';
import type { Failure, Terminal } from '../ports/terminal.ts';
import { pictureProtocol, pictureSequence } from './picture.ts';
import { printable, printableJson, printableLine } from './printable.ts';
import { startProgress } from './progress.ts';
import { colored, PLAIN, wantsColor } from './style.ts';
import { details, table } from './table.ts';
import { entries } from './wrap.ts';

interface Surroundings extends Pick<Machine, 'stdin' | 'stdout' | 'stderr' | 'environment'> {
  readonly options: GlobalOptions;
  /** Takes out of a text what may not be shown. Everything goes through it, before it is fitted and after. */
  readonly hide: (text: string) => string;
}

const DEFAULT_COLUMNS = 80;
const MOST_READABLE_COLUMNS = 100;

/** Whether a person can be asked: both ends are a terminal, and nothing says otherwise. */
const canAsk = ({ stdin, stderr, environment, options }: Omit<Surroundings, 'stdout'>): boolean =>
  stdin.isTTY === true &&
  stderr.isTTY === true &&
  options.input &&
  !options.json &&
  !environment.CI &&
  !environment.CERT_NO_INPUT;

export async function createTerminal(surroundings: Surroundings): Promise<Terminal> {
  const { stdout, stderr, environment, options, hide } = surroundings;
  const shown = (text: string) => hide(printable(text));
  const warnings: string[] = [];
  const outStyle = wantsColor(stdout, surroundings) ? await colored() : PLAIN;
  const errStyle = wantsColor(stderr, surroundings) ? await colored() : PLAIN;
  const silent = options.quiet || options.json;
  const watched = stderr.isTTY === true && !silent && environment.TERM !== 'dumb';
  // Off a terminal a program reads, and looks for whole words: nothing is cut for it.
  const columns = stdout.isTTY ? stdout.columns || DEFAULT_COLUMNS : Number.POSITIVE_INFINITY;
  survives(stdout);
  survives(stderr);

  const tell = (line: string): void => {
    if (!options.json) stderr.write(`${shown(line)}\n`);
  };
  const say = (line: string): void => {
    if (!silent) tell(line);
  };
  const hiddenPair = ([label, text]: readonly [string, string]) => [label, shown(text)] as const;
  const hidden = (_: string, value: unknown) => (typeof value === 'string' ? hide(value) : value);
  const print = (document: object): void =>
    void stdout.write(`${printableJson(JSON.stringify(document, hidden, 2))}\n`);

  return {
    interactive: canAsk(surroundings),
    watched,
    columns,
    style: outStyle,
    result: (data, text) => {
      if (options.json) return print({ schemaVersion: 1, ok: true, data, warnings });
      const line = shown(text());
      if (line !== '') stdout.write(`${line}\n`);
    },
    partial: (text) => {
      if (!options.json) stdout.write(`${shown(text)}\n`);
    },
    failure: (failure, data) => {
      if (options.json && !broken.has(stdout))
        return print({ schemaVersion: 1, ok: false, error: failure, ...(data ? { data } : {}), warnings });
      stderr.write(`${shown(failureText(failure, errStyle.bad, errStyle.dim))}\n`);
    },
    bytes: (chunk) => {
      stdout.write(chunk);
      return written(stdout);
    },
    written: () => written(stdout),
    say,
    tell,
    warn: (line) => {
      warnings.push(line);
      if (!options.json) stderr.write(`${errStyle.warn('!')} ${shown(line)}\n`);
    },
    picture: (image) => {
      const protocol = stderr.isTTY === true && !options.json ? pictureProtocol(environment) : undefined;
      const sequence = protocol && pictureSequence(protocol, image);
      if (sequence !== undefined) stderr.write(sequence);
      return sequence !== undefined;
    },
    qrCode: async (payload) => {
      if (options.json) return false;
      const { groundOf, qrLines } = await import('./qr.ts');
      const ground = groundOf(wantsColor(stderr, surroundings), environment);
      const lines = qrLines(payload, ground, stderr.columns ?? DEFAULT_COLUMNS);
      if (lines !== undefined) stderr.write(`${lines.join('\n')}\n`);
      return lines !== undefined;
    },
    shown,
    progress: (line) => {
      const stream = watched ? (stderr as NodeJS.WriteStream) : undefined;
      const { update, stop } = startProgress(hide(line), { stream, say });
      return { update: (next) => update(hide(next)), stop };
    },
    // Half a secret is one too: it is taken out before a text is cut or broken.
    table: (titles, rows) =>
      table(
        titles,
        rows.map((row) => row.map(shown)),
        columns,
      ),
    entries: (pairs, indent = '') => entries(pairs.map(hiddenPair), indent, Math.min(columns, MOST_READABLE_COLUMNS)),
    details: (pairs) => details(pairs.map(hiddenPair)),
  };
}

type Paint = (text: string) => string;

const failureText = ({ message, hint }: Failure, bad: Paint, dim: Paint): string =>
  [`${bad('✗')} ${printableLine(message)}`, ...(hint === undefined ? [] : [dim(`  ${printableLine(hint)}`)])].join(
    '\n',
  );

const guarded = new WeakSet<Output>();
/** Streams to which nothing more can be written, and why. */
const broken = new WeakMap<Output, unknown>();

function survives(stream: Output): void {
  if (guarded.has(stream)) return;
  guarded.add(stream);
  stream.on('error', (error) => void (broken.has(stream) || broken.set(stream, error)));
}

/** `cert list | head -1` ends the reader early: no reason to fail. A full disk is one. */
const written = (stdout: Output): Promise<void> =>
  new Promise((resolve, reject) => {
    // The error comes after the callback of the write that failed.
    const settle = () => {
      const error = broken.get(stdout);
      if (error === undefined || systemCode(error) === 'EPIPE') resolve();
      else reject(notWritable('stdout', error));
    };
    stdout.write('', () => setImmediate(settle));
  });
