import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { BIN, useRealWorld } from '../support/executable.ts';
import { type Keyring, type KeyringState, keyringAvailable, keyringHome } from '../support/keyring.ts';
import { processesWith } from '../support/process-watch.ts';
import { openTerminal } from '../support/pty.ts';

const world = useRealWorld();
const LOGIN = ['login', '-u', 'demo_nurse', '--password-stdin', '--json'];
const PASSWORD = 'Sandbox2026';

const keychainProcesses = (parent: number | undefined) =>
  processesWith('keychain-child').filter((one) => one.parent === parent);

const until = async (condition: () => boolean) => {
  for (let waited = 0; !condition(); waited += 20) {
    if (waited > 5_000) throw new Error('it never happened');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

describe.runIf(keyringAvailable())('with the keychain of the system', () => {
  const { under, remove } = keyringHome();
  afterAll(remove);
  const inside = <T>(state: KeyringState, action: (env: Record<string, string>) => Promise<T>) =>
    under(state, (_, { env }: Keyring) => action({ ...world.env(), ...env }));

  it('logs in with one process, lists with another, and is not asked for a token of the environment', async () => {
    await inside('unlocked', async (env) => {
      expect((await world.cert(LOGIN, env, PASSWORD)).code).toBe(0);
      expect((await world.cert(['list', '--json'], env)).code).toBe(0);
    });
    await inside('locked', async (env) => {
      for (const args of [['list', '--json'], ['logout', '--json'], LOGIN]) {
        const { code, json } = await world.cert(args, env, PASSWORD);
        expect({ code, error: json.error.code }).toEqual({ code: 11, error: 'SECRET_STORE_LOCKED' });
      }
    });
    await inside('silent', async (env) => {
      const { code, json } = await world.cert(['list', '--json'], env);
      expect({ code, error: json.error.code }).toEqual({ code: 11, error: 'SECRET_STORE_TIMED_OUT' });
      const startedAt = performance.now();
      expect((await world.cert(['--help'], env)).code).toBe(0);
      const token = await world.cert(['list', '--json'], { ...env, CERT_TOKEN: 'ended-token' });
      expect({ code: token.code, error: token.json.error.code }).toEqual({ code: 4, error: 'SESSION_EXPIRED' });
      expect(performance.now() - startedAt).toBeLessThan(2_500);
    });
    await inside('unlocked', async (env) => {
      expect((await world.cert(['logout'], env)).code).toBe(0);
      expect((await world.cert(['list', '--json'], env)).code).toBe(4);
    });
  });

  it('finds out before it reads the password that there is none', async () => {
    await inside('absent', async (env) => {
      const screen = openTerminal(['login', '-u', 'demo_nurse', '--store', 'keychain'], env);
      await screen.shows('none runs in this session');
      expect(await screen.exitCode).toBe(11);
      expect(screen.text()).not.toContain('Password');
    });
  });

  it('ends at once with Ctrl-C while nobody answers its dialog', async () => {
    await inside('unanswered', async (env) => {
      const screen = openTerminal(['login', '-u', 'demo_nurse', '--store', 'keychain'], env);
      await until(() => keychainProcesses(screen.pid).length === 1);
      await screen.shows('Does it ask you to unlock it?');
      const startedAt = performance.now();
      screen.press('ctrl-c');
      expect(await screen.exitCode).toBe(130);
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    });
  });

  it('has a process that is told no secret but through its pipe, and does not outlive cert', async () => {
    await inside('silent', async (env) => {
      const secrets = { CERT_PASSPHRASE: 'planted-passphrase', CERT_UNUSED: 'planted-secret' };
      const child = spawn(process.execPath, [BIN, ...LOGIN], { env: { ...env, ...secrets } });
      child.stdin.end(PASSWORD);
      await until(() => keychainProcesses(child.pid).length === 1);
      const [keychain] = keychainProcesses(child.pid);
      expect(keychain?.told).not.toMatch(/planted|Sandbox2026/);
      child.kill('SIGKILL');
      await until(() => processesWith('keychain-child').every(({ pid }) => pid !== keychain?.pid));
    });
  });
});

describe('the process of the keychain', () => {
  it('says that keytar is not installed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cert-no-keytar-'));
    cpSync(fileURLToPath(new URL('../../dist', import.meta.url)), folder, {
      recursive: true,
      filter: (path) => !path.endsWith('assets'),
    });
    const child = spawn(process.execPath, [join(folder, 'keychain-child.cjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
    const answer = new Promise((resolve) => child.stdout.once('data', (line) => resolve(JSON.parse(String(line)))));
    child.stdin.write(`${JSON.stringify(['getPassword', 'cert', 'a'])}\n`);
    expect(await answer).toMatchObject({ reason: 'not-installed' });
    child.stdin.end();
    rmSync(folder, { recursive: true });
  });
});
