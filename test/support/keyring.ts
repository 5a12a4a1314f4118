/** A real Secret Service without a desktop: gnome-keyring on a bus of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { requireTool } from './tools.ts';

/** `locked`: a keychain that nobody unlocks; it must have been unlocked before. `absent`: no bus at all. */
export type KeyringState = 'unlocked' | 'locked' | 'absent';

const underBus = (start: string) => ['dbus-run-session', '--', 'sh', '-c', `${start} >/dev/null; exec "$@"`, 'sh'];

const PREFIX: { readonly [S in KeyringState]: readonly string[] } = {
  unlocked: underBus('printf %s pw | gnome-keyring-daemon --unlock --components=secrets'),
  locked: underBus('gnome-keyring-daemon --start --components=secrets'),
  absent: [],
};

/** Whether the programs for it are installed. @throws Error where CI is set and they are not */
export const keyringAvailable = (): boolean =>
  process.platform === 'linux' && ['dbus-run-session', 'gnome-keyring-daemon'].every(requireTool);

/** Runs a command with the keyring that lives in the folder `home`; its standard streams are pipes. */
export function spawnUnderKeyring(home: string, state: KeyringState, command: readonly string[]): ChildProcess {
  const [data, runtime] = [join(home, 'data'), join(home, 'run')];
  for (const folder of [data, runtime]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [program = '', ...args] = [...PREFIX[state], ...command];
  return spawn(program, args, {
    env: { PATH: process.env.PATH, HOME: home, XDG_DATA_HOME: data, XDG_RUNTIME_DIR: runtime },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}
