import type { Progress } from '../ports/terminal.ts';
import { printableLine } from './printable.ts';

interface Surroundings {
  /** A stream that a person watches. */
  readonly stream: NodeJS.WriteStream | undefined;
  readonly say: (line: string) => void;
}

/** A spinner where a person watches, one plain line a change of text elsewhere. */
export function startProgress(first: string, { stream, say }: Surroundings): Progress {
  const line = printableLine(first);
  const { update, stop } = stream === undefined ? plainLines(line, say) : spinner(line, stream);
  return { update: (next) => update(printableLine(next)), stop };
}

function plainLines(first: string, say: (line: string) => void): Progress {
  let latest = first;
  say(first);
  return {
    update: (line) => {
      if (line !== latest) say(line);
      latest = line;
    },
    stop: () => {},
  };
}

function spinner(first: string, stream: NodeJS.WriteStream): Progress {
  let text = first;
  let stopped = false;
  let running: { text: string; stop(): unknown } | undefined;
  void import('ora').then(({ default: ora }) => {
    // With discardStdin, ora swallows Ctrl-C.
    if (!stopped) running = ora({ text, stream, discardStdin: false }).start();
  });
  return {
    update: (line) => {
      text = line;
      if (running) running.text = line;
    },
    stop: () => {
      stopped = true;
      running?.stop();
    },
  };
}
