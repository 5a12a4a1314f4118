/** Other programs: the system's viewer, the keychain's process, and `cert` itself. */
import { fork, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { KeychainChild } from '../credentials/keychain-process.ts';
import { environmentForOthers } from '../domain/environment-for-others.ts';
import { CertError } from '../errors.ts';
import type { TextChild } from '../pdf/text/text-process.ts';
import type { RunSelf } from '../ports/surroundings.ts';

const VIEWERS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'explorer.exe' };

/** How long a viewer may take to say that it cannot start. */
const START_MS = 1_000;

/** @throws CertError NO_VIEWER when there is none, or it fails at once. */
export function openInViewer({ env, platform }: Pick<NodeJS.Process, 'env' | 'platform'>, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const viewer = spawn(VIEWERS[platform] ?? 'xdg-open', [path], {
      env: environmentForOthers(env),
      detached: true,
      stdio: 'ignore',
    });
    const fail = () => reject(new CertError('NO_VIEWER', { path }));
    const started = setTimeout(resolve, START_MS);
    viewer.once('error', fail);
    // explorer.exe ends with 1 even when it opened the file.
    viewer.once('exit', (code) => (code === 0 || platform === 'win32' ? resolve() : fail()));
    viewer.once('close', () => clearTimeout(started));
    viewer.unref();
  });
}

/** What would slow a process of ours, or make it another one. */
const NODES = /^NODE_/i;

const environmentOfChild = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environmentForOthers(env)).filter(([name]) => !NODES.test(name)));

/**
 * Starts the keychain's process. It is waited for only while it is asked, and ends with this one. The locale is fixed,
 * so that the keychain's errors are in words that are known. Ctrl-C is for `cert` alone, which then kills it: where the
 * terminal told both, it could end first and look like a crash.
 */
export function spawnKeychain(env: NodeJS.ProcessEnv, script: string): KeychainChild {
  const child = spawn(process.execPath, [script], {
    env: { ...environmentOfChild(env), LC_ALL: 'C', LANGUAGE: 'C' },
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  if (!child.stdin || !child.stdout)
    throw new CertError('SECRET_STORE_UNAVAILABLE', { store: 'keychain', reason: 'no-process' });
  for (const part of [child, child.stdin as Socket, child.stdout as Socket]) part.unref();
  return child;
}

const MOST_HEAP_MB = 256;

/** Starts the process that reads PDFs. It is waited for only while it is asked, and ends with this one. */
export function spawnTextChild(env: NodeJS.ProcessEnv, script: string): TextChild {
  const child = fork(script, [], {
    env: environmentOfChild(env),
    execArgv: [`--max-old-space-size=${MOST_HEAP_MB}`, '--disallow-code-generation-from-strings'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.unref();
  child.channel?.unref();
  return child;
}

/** What a program needs of the system and says its words by. Accounts, portals, proxies and Node's options are not. */
const FOR_SELF =
  /^(PATH|PATHEXT|LD_LIBRARY_PATH|HOME|USERPROFILE|TEMP|TMP|TMPDIR|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|TZ|LANG|LANGUAGE|LC_\w+|TERM|NO_COLOR)$/i;

/** Runs this executable as a process of its own, without a terminal, and gives what it said. */
export const runSelf = (process: NodeJS.Process, ...[args, env]: Parameters<RunSelf>): ReturnType<RunSelf> =>
  new Promise((resolve, reject) => {
    const kept = Object.entries(process.env).filter(([name]) => FOR_SELF.test(name));
    const child = spawn(process.execPath, [process.argv[1] ?? '', ...args], {
      env: { ...Object.fromEntries(kept), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stdout: Buffer[] = [];
    const transcript: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => {
      stdout.push(chunk);
      transcript.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => transcript.push(chunk));
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({
        code: code ?? 1,
        stdout: Buffer.concat(stdout).toString(),
        transcript: Buffer.concat(transcript).toString(),
      }),
    );
  });
