/** The real machine around `run`: the process, its signals, and its end. */
import { homedir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { version } from '../../package.json' with { type: 'json' };
import { systemLocale } from '../config/locale.ts';
import { CertError, ERRORS, EXIT } from '../errors.ts';
import type { Machine } from '../ports/machine.ts';
import type { Clock } from '../ports/surroundings.ts';
import { run } from './run.ts';

/** How long `cert` may take to end in order after Ctrl-C. A second Ctrl-C ends it at once. */
const GRACE_MS = 3_000;
const SECOND_PRESS_MS = 150;

/** Next to the bundle of this file. */
const KEYCHAIN_CHILD = fileURLToPath(new URL('keychain-child.cjs', import.meta.url));
const TEXT_CHILD = fileURLToPath(new URL('text-child.cjs', import.meta.url));

export async function main(process: NodeJS.Process): Promise<void> {
  // After Ctrl-D at a question nothing more can happen: Node would end with 0 before `run` does.
  process.exitCode = EXIT.interrupted;
  const machine = realMachine(process, endOnSignals(process));
  const exitCode = await run(process.argv.slice(2), machine);
  await Promise.all([process.stdout, process.stderr].map(flushed));
  process.exit(exitCode);
}

function realMachine(process: NodeJS.Process, signal: AbortSignal): Machine {
  const { env, platform, stdin, stdout, stderr } = process;
  const clock = realClock(signal);
  return {
    version,
    environment: env,
    platform,
    pid: process.pid,
    signalProcess: (pid) => void process.kill(pid, 0),
    systemLocale: systemLocale(platform),
    home: homedir() || undefined,
    cwd: workingFolder(process),
    startedAt: new Date(performance.timeOrigin),
    stdin,
    stdout,
    stderr,
    clock,
    random: Math.random,
    newReference: () => crypto.randomUUID(),
    signal,
    fetch: async () => {
      const { createUndiciFetch } = await import('../portal/undici.ts');
      return createUndiciFetch({
        proxy: {
          httpProxy: env.http_proxy || env.HTTP_PROXY,
          httpsProxy: env.https_proxy || env.HTTPS_PROXY,
          noProxy: env.no_proxy || env.NO_PROXY,
        },
      });
    },
    pageText: async () => {
      const { textInChildren } = await import('../pdf/text/text-process.ts');
      const { spawnTextChild } = await import('./other-programs.ts');
      return textInChildren({ spawn: () => spawnTextChild(env, TEXT_CHILD) });
    },
    openInViewer: async (path) => (await import('./other-programs.ts')).openInViewer(process, path),
    runSelf: async (args, extra) => (await import('./other-programs.ts')).runSelf(process, args, extra),
    keychain: async (options) => {
      const { openKeychain } = await import('../credentials/keychain.ts');
      const { spawnKeychain } = await import('./other-programs.ts');
      return openKeychain({ spawn: () => spawnKeychain(env, KEYCHAIN_CHILD), platform, clock, signal, ...options });
    },
  };
}

/** Node takes a longer timer for one of 1 ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const realClock = (signal: AbortSignal, pause = sleep): Clock => ({
  now: () => new Date(),
  async sleep(ms) {
    for (let left = ms; ; left -= LONGEST_TIMER_MS) {
      await pause(Math.min(left, LONGEST_TIMER_MS), undefined, { signal }).catch(() => Promise.reject(signal.reason));
      if (left <= LONGEST_TIMER_MS) return;
    }
  },
});

/** One that was removed meanwhile is known by its name only. */
function workingFolder(process: NodeJS.Process): string {
  try {
    return process.cwd();
  } catch {
    return process.env.PWD || homedir();
  }
}

/** A signal that is aborted, with the error that says why, when the person or the system ends `cert`. */
function endOnSignals(process: NodeJS.Process): AbortSignal {
  const controller = new AbortController();
  let abortedAt = Number.POSITIVE_INFINITY;
  const endWith = (code: 'INTERRUPTED' | 'TERMINATED') => () => {
    // `conf` brings an exit hook that sends the same signal once more: a person is not that fast.
    if (performance.now() - abortedAt > SECOND_PRESS_MS) process.exit(ERRORS[code].exit);
    if (controller.signal.aborted) return;
    abortedAt = performance.now();
    controller.abort(new CertError(code, {}));
    setTimeout(() => process.exit(ERRORS[code].exit), GRACE_MS).unref();
  };
  process.on('SIGINT', endWith('INTERRUPTED'));
  process.on('SIGTERM', endWith('TERMINATED'));
  process.on('SIGHUP', endWith('TERMINATED'));
  // So that a limit on the size of files is an error of the write, which is told, and not the end at once.
  process.on('SIGXFSZ', () => {});
  return controller.signal;
}

/** What was written is on its way before the process ends; a reader that went away is no reason to wait. */
const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    if (stream.destroyed || !stream.writable) return resolve();
    stream.once('error', () => resolve());
    stream.write('', () => resolve());
  });
