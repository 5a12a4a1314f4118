/**
 * keytar in a child process.
 *
 * - A call that gets no answer in time ends with the child killed; the keychain is not asked again in this run.
 * - Secrets travel through pipes: never as an argument, never in the environment.
 * - One child serves all calls of a run. It starts at once: it gets ready while `cert` does.
 */
import type { Readable, Writable } from 'node:stream';
import { CertError, type UnavailableReason } from '../errors.ts';
import type { Clock } from '../ports/surroundings.ts';
import { keychainFailure } from './keychain-failure.ts';
import type { Keytar } from './keytar.ts';
import { onLines } from './lines.ts';

const SLOW_MS = 2_000;

export type KeychainCall = readonly [method: keyof Keytar, ...args: string[]];
export type KeychainAnswer =
  | { readonly value: string | boolean | null }
  | { readonly error: string; readonly reason?: UnavailableReason };

/** What is used of a child process of Node. */
export interface KeychainChild {
  readonly stdin: Writable;
  readonly stdout: Readable;
  kill(signal: 'SIGKILL'): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: (code: number | null, signal: string | null) => void): unknown;
}

export interface ChildSurroundings {
  /** Starts `keychain-child`. */
  readonly spawn: () => KeychainChild;
  readonly timeLimitMs: number;
  readonly clock: Pick<Clock, 'now'>;
  /** Called once, when an answer takes so long that a person wonders. */
  readonly onSlow?: (() => void) | undefined;
  /** Aborted with a CertError as its reason when `cert` is to end. */
  readonly signal: AbortSignal;
}

interface Waiting {
  resolve(answer: KeychainAnswer): void;
  reject(error: unknown): void;
}

/** Every method rejects with CertError SECRET_STORE_UNAVAILABLE, …_LOCKED, …_DISMISSED or …_TIMED_OUT. */
export function keytarInChild({ spawn, timeLimitMs, clock, onSlow, signal }: ChildSurroundings): Keytar {
  let running = start(spawn);
  let spent: unknown;
  let isSlowSaid = false;

  function saySlow(): void {
    if (!isSlowSaid) onSlow?.();
    isSlowSaid = true;
  }

  async function call<T>(...request: KeychainCall): Promise<T> {
    if (signal.aborted) throw signal.reason;
    if (spent !== undefined) throw spent;
    if (running.hasEnded()) running = start(spawn);
    const { ask, end } = running;
    const startedAt = clock.now().getTime();
    const timer = setTimeout(() => {
      spent = new CertError('SECRET_STORE_TIMED_OUT', { store: 'keychain', afterMs: timeLimitMs });
      end(spent);
    }, timeLimitMs);
    const slow = setTimeout(saySlow, SLOW_MS);
    const interrupt = () => end(signal.reason);
    signal.addEventListener('abort', interrupt, { once: true });
    try {
      const answer = await ask(request);
      if ('error' in answer) throw keychainFailure(answer.error, clock.now().getTime() - startedAt, answer.reason);
      return answer.value as T;
    } finally {
      clearTimeout(timer);
      clearTimeout(slow);
      signal.removeEventListener('abort', interrupt);
    }
  }

  return {
    getPassword: (service, account) => call('getPassword', service, account),
    setPassword: (service, account, password) => call('setPassword', service, account, password),
    deletePassword: (service, account) => call('deletePassword', service, account),
  };
}

/** A child, and its questions in flight: it answers in their order. */
function start(spawn: () => KeychainChild) {
  const child = spawn();
  const waiting: Waiting[] = [];
  let ended = false;
  const end = (error: unknown): void => {
    ended = true;
    child.kill('SIGKILL');
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  child.on('error', (error) => end(keychainFailure(error.message, 0, 'no-process')));
  child.on('exit', (code, signal) => end(keychainFailure(String(signal ?? code), 0, 'process-ended')));
  // A broken pipe is told by the child's end.
  child.stdin.on('error', () => {});
  onLines(child.stdout, (line) => waiting.shift()?.resolve(JSON.parse(line)));
  return {
    ask: (request: KeychainCall) =>
      new Promise<KeychainAnswer>((resolve, reject) => {
        waiting.push({ resolve, reject });
        child.stdin.write(`${JSON.stringify(request)}\n`);
      }),
    end,
    hasEnded: () => ended,
  };
}
