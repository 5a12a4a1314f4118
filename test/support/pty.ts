/** `cert` in a real terminal, and its screen as a person sees it. */
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { onTestFinished } from 'vitest';
import { requireNoSecrets } from './no-secrets.ts';

const BIN = fileURLToPath(new URL('../../bin/cert.cjs', import.meta.url));

const KEYS = { enter: '\r', 'ctrl-c': '\x03', 'ctrl-d': '\x04', up: '\x1b[A', down: '\x1b[B' };

export interface Screen {
  /** The visible rows, without what is empty at the end. */
  text(): string;
  /** Resolves with the screen as soon as it shows something. @throws Error with the screen after 10 s */
  shows(expected: string | RegExp): Promise<string>;
  type(text: string): void;
  press(key: keyof typeof KEYS): void;
  readonly cursorIsVisible: boolean;
  readonly exitCode: Promise<number>;
  readonly pid: number;
}

export const openTerminal = (args: readonly string[], env: Readonly<Record<string, string>>, columns = 80): Screen =>
  openProgram(process.execPath, [BIN, ...args], env, columns);

export function openProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  columns = 80,
): Screen {
  const terminal = new xterm.Terminal({ cols: columns, rows: 40, allowProposedApi: true });
  const child = spawn(program, [...args], {
    cols: columns,
    rows: 40,
    name: 'xterm-256color',
    env: { PATH: process.env.PATH ?? '', TERM: 'xterm-256color', ...env },
  });
  let raw = '';
  child.onData((data) => {
    raw += data;
    terminal.write(data);
  });
  const exitCode = new Promise<number>((resolve) => child.onExit(({ exitCode }) => resolve(exitCode)));
  let exited = false;
  void exitCode.then(() => {
    exited = true;
  });
  onTestFinished(() => {
    requireNoSecrets(raw, { args, env });
    if (!exited) child.kill();
    terminal.dispose();
  });

  const text = () => {
    const { active } = terminal.buffer;
    const rows = Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
    return rows.join('\n').trimEnd();
  };
  return {
    text,
    shows: async (expected) => {
      const isShown = () => (typeof expected === 'string' ? text().includes(expected) : expected.test(text()));
      for (let waited = 0; waited < 10_000; waited += 20) {
        if (isShown()) return text();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`the screen never showed ${expected}:\n${text()}`);
    },
    type: (input) => child.write(input),
    press: (key) => child.write(KEYS[key]),
    get cursorIsVisible() {
      return raw.lastIndexOf('\x1b[?25l') <= raw.lastIndexOf('\x1b[?25h');
    },
    exitCode,
    pid: child.pid,
  };
}
