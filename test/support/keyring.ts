/** A real Secret Service without a desktop: gnome-keyring on a bus of its own. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnKeychain } from '../../src/cli/other-programs.ts';
import { openKeychain } from '../../src/credentials/keychain.ts';
import type { SecretStore } from '../../src/ports/secrets.ts';
import { requireTool } from './tools.ts';

/**
 * `locked`: nobody can unlock it. `dismissed`: its dialog is closed after a moment. `unanswered`: its dialog stays
 * open. `silent`: its service never answers. `absent`: no bus at all. All but the first and last were unlocked before.
 */
export type KeyringState = 'unlocked' | 'locked' | 'dismissed' | 'unanswered' | 'silent' | 'absent';

export interface Keyring {
  /** What a program needs to find it, and nothing else of this machine. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Whether the programs for it are installed. @throws Error where CI is set and they are not */
export const keyringAvailable = (): boolean =>
  process.platform === 'linux' && ['dbus-run-session', 'dbus-send', 'gnome-keyring-daemon'].every(requireTool);

/** What stands in for the program that shows the dialog. */
const PROMPTER: Partial<Record<KeyringState, string>> = {
  dismissed: '/bin/sh -c "sleep 1.5; exit 1"',
  unanswered: '/bin/sleep 20',
};

const script = (state: KeyringState) => `
${state === 'unlocked' ? 'printf %s pw | gnome-keyring-daemon --unlock' : 'gnome-keyring-daemon'} --foreground --components=secrets >/dev/null &
daemon=$!
until dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q true; do sleep 0.05; done
${state === 'silent' ? 'kill -STOP $daemon' : ''}
echo "$DBUS_SESSION_BUS_ADDRESS"
cat >/dev/null
kill -KILL $daemon
`;

/** Starts the keyring that lives in the folder `home`. It ends with this process at the latest. */
export async function startKeyring(home: string, state: KeyringState): Promise<Keyring> {
  const [data, runtime] = [join(home, 'data'), join(home, 'run')];
  const services = join(data, 'dbus-1', 'services');
  for (const folder of [services, runtime]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const env = { PATH: process.env.PATH ?? '', HOME: home, XDG_DATA_HOME: data, XDG_RUNTIME_DIR: runtime };
  if (state === 'absent') return { env, stop: async () => {} };
  const service = join(services, 'org.gnome.keyring.SystemPrompter.service');
  const prompter = PROMPTER[state] ?? '/bin/false';
  writeFileSync(service, `[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=${prompter}\n`);
  const session = spawn('dbus-run-session', ['--', 'sh', '-c', script(state)], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => session.once('exit', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    session.stdout.once('data', (line) => resolve(String(line).trim()));
    session.once('exit', () => reject(new Error('the keyring did not start')));
  });
  return {
    env: { ...env, DBUS_SESSION_BUS_ADDRESS: address },
    stop: () => {
      session.stdin.end();
      return ended;
    },
  };
}

const CHILD = fileURLToPath(new URL('../../dist/keychain-child.cjs', import.meta.url));

/** The store of `cert` over it, as one run opens it. */
export const keychainIn = ({ env }: Keyring, { interactive = false, signal = new AbortController().signal } = {}) =>
  openKeychain({
    spawn: () => spawnKeychain(env, CHILD),
    platform: process.platform,
    clock: { now: () => new Date() },
    signal,
    interactive,
  });

/** A folder for keyrings, and what is done under one in some state. */
export function keyringHome() {
  const home = mkdtempSync(join(tmpdir(), 'cert-keyring-'));
  return {
    home,
    async under<T>(state: KeyringState, action: (store: SecretStore, keyring: Keyring) => Promise<T>): Promise<T> {
      const keyring = await startKeyring(home, state);
      try {
        return await action(keychainIn(keyring), keyring);
      } finally {
        await keyring.stop();
      }
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}
