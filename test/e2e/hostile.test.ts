/** What only the system itself can do: read-only folders, other users' files, a full disk; and a portal as it lies. */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ERRORS } from '../../src/errors.ts';
import { BIN, useRealWorld } from '../support/executable.ts';
import { LIES, lyingPortal } from '../support/lying-portal.ts';

const world = useRealWorld();

/** An ordinary user: permissions do not hold for root. */
const NOBODY = 65_534;
const IS_ROOT = process.getuid?.() === 0;
const SETTINGS = '{\n  "schemaVersion": 1,\n  "settings": {}\n}\n';

function home(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cert-hostile-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['config', 'state', 'work']) mkdirSync(join(folder, name), { mode: 0o700 });
  writeFileSync(join(folder, 'config', 'config.json'), SETTINGS, { mode: 0o600 });
  if (IS_ROOT)
    for (const name of ['', 'config', 'state', 'work', 'config/config.json'])
      chownSync(join(folder, name), NOBODY, NOBODY);
  return folder;
}

/** `cert` as a user who is not root, with a limit of the shell. */
const run = (folder: string, args: readonly string[], limit = 'true') =>
  new Promise<{ code: number | null; json: { ok: boolean; error: { code: string } }; err: string }>((resolve) => {
    const child = spawn('sh', ['-c', `${limit}; exec "$@"`, 'sh', process.execPath, BIN, ...args, '--json'], {
      cwd: join(folder, 'work'),
      env: world.env('demo_nurse', {
        HOME: folder,
        CERT_CONFIG_DIR: join(folder, 'config'),
        CERT_STATE_DIR: join(folder, 'state'),
      }),
      ...(IS_ROOT ? { uid: NOBODY, gid: NOBODY } : {}),
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.stdin.end();
    child.once('close', (code) => resolve({ code, json: JSON.parse(out), err }));
  });

const submissions = async () => (await (await fetch(`${world.url}/sandbox/state`)).json()).received.submissions;

describe.skipIf(process.platform === 'win32')('a hostile system', () => {
  it.each([
    ['config', ['config', 'set', 'days', '30'], 'FILE_NOT_WRITABLE'],
    ['config', ['logout', '--all', '--purge', '--yes'], 'FILE_NOT_WRITABLE'],
    ['state', ['annotate', 'c-nurse-2023', '--yes'], 'FILE_NOT_WRITABLE'],
    ['state', ['get', 'c-nurse-2023', '--yes'], 'FILE_NOT_WRITABLE'],
    ['state', ['view', 'c-nurse-2019'], 'FILE_NOT_WRITABLE'],
    ['state', ['download', 'c-nurse-2019'], 'FILE_NOT_WRITABLE'],
    ['config', ['login', '-u', 'demo_nurse', '--password-stdin', '--store', 'none'], 'FILE_NOT_WRITABLE'],
    ['work', ['download', 'c-nurse-2019'], 'FILE_NOT_WRITABLE'],
    ['work', ['get', 'c-nurse-2023', '--yes'], 'FILE_NOT_WRITABLE'],
  ])('%s is read-only: cert %j', async (name, args, error) => {
    const folder = home();
    const before = await submissions();
    chmodSync(join(folder, name), 0o500);
    const { code, json, err } = await run(folder, args);
    expect({ code, error: json.error.code }).toEqual({ code: 2, error });
    expect(err).not.toMatch(/\n\s+at /);
    expect(readFileSync(join(folder, 'config', 'config.json'), 'utf8')).toBe(SETTINGS);
    expect(await submissions()).toBe(before);
    expect(readdirSync(join(folder, 'work'))).toEqual([]);
    chmodSync(join(folder, name), 0o700);
  });

  it.runIf(IS_ROOT).each([
    ['config/config.json', ['list'], 'CONFIG_INVALID'],
    ['config/config.json', ['config', 'set', 'days', '30'], 'CONFIG_INVALID'],
    ['state/wallet.json', ['get', 'c-nurse-2019'], 'CONFIG_INVALID'],
    ['work/mine.pdf', ['download', 'c-nurse-2019', '-o', 'mine.pdf'], 'FILE_EXISTS'],
  ])("%s is another user's: cert %j", async (name, args, error) => {
    const folder = home();
    const path = join(folder, name);
    writeFileSync(path, SETTINGS);
    chownSync(path, 0, 0);
    chmodSync(path, 0o600);
    const { code, json } = await run(folder, args);
    expect({ code, error: json.error.code }).toEqual({ code: 2, error });
    expect(readFileSync(path, 'utf8')).toBe(SETTINGS);
    expect(statSync(path).uid).toBe(0);
  });

  it.each([
    [['config', 'set', 'days', '30']],
    [['annotate', 'c-nurse-2023', '--yes']],
    [['get', 'c-nurse-2023', '--yes']],
    [['view', 'c-nurse-2019']],
    [['download', 'c-nurse-2019']],
  ])('no byte can be written, as on a full disk: cert %j', async (args) => {
    const folder = home();
    const before = await submissions();
    const { code, json } = await run(folder, args, 'ulimit -f 0');
    expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'FILE_NOT_WRITABLE' });
    expect(readFileSync(join(folder, 'config', 'config.json'), 'utf8')).toBe(SETTINGS);
    expect(await submissions()).toBe(before);
  });
});

describe('a portal that lies without end', () => {
  const lies = Object.keys(LIES) as (keyof typeof LIES)[];

  it.each(lies)('ends with one document and little memory: %s', { timeout: 60_000 }, async (lie) => {
    const [, expected] = LIES[lie];
    // More than 300 MB of objects is the end of the process, by SIGABRT.
    const env = {
      CERT_PORTAL: await lyingPortal(lie),
      CERT_TOKEN: 'token-of-a-test',
      NODE_OPTIONS: '--max-old-space-size=300',
    };
    for (const args of [['list'], ['list', '--debug']]) {
      const { code, json } = await world.cert([...args, '--json'], world.env(undefined, env));
      expect({ code, error: json.error.code }).toEqual({ code: ERRORS[expected].exit, error: expected });
      expect(json.error.message.length).toBeLessThan(300);
    }
  });
});
