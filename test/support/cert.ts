/** Runs a command line of `cert` in this process, against small fakes of the machine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { run } from '../../src/cli/run.ts';
import type { Fetch } from '../../src/ports/http.ts';
import type { Machine, Output } from '../../src/ports/machine.ts';
import type { Prompts } from '../../src/ports/prompts.ts';
import type { SecretStore } from '../../src/ports/secrets.ts';
import { type MemorySecrets, memorySecrets } from './memory-secrets.ts';
import { requireNoSecrets } from './no-secrets.ts';
import { pageText } from './page-text.ts';
import { ORIGIN, type TestClock, testClock } from './sandbox.ts';

/** The `Fetch` port over the global fetch, which msw sees; it is looked up when called. */
export const globalFetch: Fetch = async ({ method, url, headers, body, signal }) => {
  const response = await fetch(url, {
    method,
    headers,
    signal,
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: (response.body ?? new ReadableStream({ start: (c) => c.close() })) as unknown as AsyncIterable<Uint8Array>,
  };
};

function memoryOutput(isTTY: boolean) {
  const chunks: Buffer[] = [];
  const output: Output = {
    isTTY,
    columns: 80,
    write: (chunk, done) => {
      chunks.push(Buffer.from(chunk));
      done?.();
      return true;
    },
    once: () => undefined,
    on: () => undefined,
  };
  return { output, bytes: () => Buffer.concat(chunks) };
}

/** Answers in order, each a value or what gives it when asked; a question without an answer fails the test. */
function scriptedPrompts(answers: readonly unknown[]): Prompts & { readonly asked: string[] } {
  const left = [...answers];
  const asked: string[] = [];
  const answer = async <T>({ message }: { message: string }): Promise<T> => {
    asked.push(message);
    if (left.length === 0) throw new Error(`unexpected question: ${message}`);
    const next = left.shift();
    return (typeof next === 'function' ? await next() : next) as T;
  };
  return {
    asked,
    confirm: answer,
    text: answer,
    secret: answer,
    select: async ({ message, choices }) => {
      const wanted = await answer<string>({ message });
      const found = choices.find(({ name }) => name.includes(wanted));
      if (found === undefined)
        throw new Error(`no choice ${wanted} among ${choices.map(({ name }) => name).join(' | ')}`);
      return found.value;
    },
  };
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Answers of a person at a terminal; without them nobody is there. */
  readonly answers?: readonly unknown[];
  readonly stdin?: string;
  readonly clock?: TestClock;
  readonly fetch?: Fetch;
  readonly signal?: AbortSignal;
  /** In place of a keychain that works. */
  readonly keychain?: SecretStore;
  /** Null where the system knows none. */
  readonly home?: string | null;
}

interface Finished {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly bytes: Buffer;
  /** The one JSON document on standard output. */
  readonly json: {
    readonly ok: boolean;
    // biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
    readonly data: any;
    readonly error: { readonly code: string; readonly retryable: boolean; readonly hint?: string };
    readonly warnings: string[];
  };
  readonly asked: readonly string[];
}

export interface Installation {
  readonly folder: string;
  readonly secrets: MemorySecrets;
  readonly viewed: string[];
  run(line: string | readonly string[], options?: RunOptions): Promise<Finished>;
}

/** No two machines make the same. */
let references = 0;

/** A machine with `cert` on it: its folders, its keychain. Gone when the test ends. */
export function installation(): Installation {
  const folder = mkdtempSync(join(tmpdir(), 'cert-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const secrets = memorySecrets();
  const viewed: string[] = [];

  const runLine: Installation['run'] = async (line, options = {}) => {
    const isTTY = options.answers !== undefined;
    const [stdout, stderr] = [memoryOutput(isTTY), memoryOutput(isTTY)];
    const prompts = scriptedPrompts(options.answers ?? []);
    const machine: Machine = {
      version: '0.0.0-test',
      environment: {
        CERT_CONFIG_DIR: join(folder, 'config'),
        CERT_STATE_DIR: join(folder, 'state'),
        CERT_PORTAL: ORIGIN,
        TERM: 'dumb',
        ...options.env,
      },
      platform: 'linux',
      pid: process.pid,
      signalProcess: (pid) => void process.kill(pid, 0),
      systemLocale: '',
      home: options.home === undefined ? folder : (options.home ?? undefined),
      cwd: folder,
      startedAt: (options.clock ?? testClock()).now(),
      stdin: Object.assign(
        (async function* () {
          yield options.stdin ?? '';
        })(),
        { isTTY },
      ),
      stdout: stdout.output,
      stderr: stderr.output,
      clock: options.clock ?? testClock(),
      random: () => 0.5,
      newReference: () => `ref-${String(++references).padStart(8, '0')}`,
      signal: options.signal ?? new AbortController().signal,
      fetch: async () => options.fetch ?? globalFetch,
      passphraseWorkFactor: 10,
      keychain: async () => options.keychain ?? secrets,
      ...(isTTY ? { prompts } : {}),
      pageText: async () => pageText,
      openInViewer: async (path) => void viewed.push(path),
      runSelf: async () => ({ code: 0, stdout: '', transcript: '' }),
    };
    const args = typeof line === 'string' ? line.split(' ').filter(Boolean) : line;
    const code = await run(args, machine);
    const [out, err] = [stdout.bytes().toString(), stderr.bytes().toString()];
    requireNoSecrets(out + err, { args, env: machine.environment, stdin: options.stdin });
    return {
      code,
      out,
      err,
      bytes: stdout.bytes(),
      get json() {
        return JSON.parse(out);
      },
      asked: prompts.asked,
    };
  };
  return { folder, secrets, viewed, run: runLine };
}

/** The environment of a script: a user of the sandbox and the password. */
export const as = (username: string, password = 'Sandbox2026') => ({
  CERT_USERNAME: username,
  CERT_PASSWORD: password,
});
