import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useRealWorld } from '../support/executable.ts';
import { onDisk } from '../support/on-disk.ts';
import { openTerminal } from '../support/pty.ts';

const world = useRealWorld();
const PASSPHRASE = 'planted passphrase';
const PASSWORD = 'Sandbox2026';

describe('with an encrypted file', () => {
  it('keeps the logins of three processes at once, each readable by another', async () => {
    const env = world.env(undefined, { CERT_PASSPHRASE: PASSPHRASE });
    const users = ['demo_nurse', 'demo_full', 'demo_mixed'];
    const logIn = (username: string) =>
      world.cert(['login', '-u', username, '--password-stdin', '--store', 'file', '--json'], env, PASSWORD);
    expect((await Promise.all(users.map(logIn))).map(({ code }) => code)).toEqual([0, 0, 0]);
    const phrase = join(world.folder, 'phrase');
    writeFileSync(phrase, PASSPHRASE);
    for (const username of users) {
      const args = ['whoami', '--profile', username, '--passphrase-file', phrase, '--json'];
      const { code, json } = await world.cert(args, world.env());
      expect({ code, username: json.data?.profile.username.value }).toEqual({ code: 0, username });
    }
    expect(onDisk(join(world.folder, 'config'))).not.toMatch(/planted|Sandbox2026|accessToken/);
  });

  it.skipIf(process.platform === 'win32')('takes the passphrase from a pipe, and from no device', async () => {
    const env = world.env(undefined, { CERT_CONFIG_DIR: join(world.folder, 'piped') });
    const knowing = { ...env, CERT_PASSPHRASE: PASSPHRASE };
    await world.cert(['login', '-u', 'demo_nurse', '--password-stdin', '--store', 'file'], knowing, PASSWORD);
    const whoami = async (file: string, input?: string) => {
      const { code, json } = await world.cert(['whoami', '--passphrase-file', file, '--json'], env, input);
      return json.error?.code ?? code;
    };
    expect(await whoami('/dev/stdin', `${PASSPHRASE}\n`)).toBe(0);
    expect(await whoami('/dev/zero')).toBe('PASSPHRASE_FILE_INVALID');
    const pipe = join(world.folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const read = whoami(pipe);
    writeFileSync(pipe, PASSPHRASE);
    expect(await read).toBe(0);
  });

  it('asks for the passphrase in a terminal, where it is not seen', async () => {
    const env = world.env(undefined, { CERT_CONFIG_DIR: join(world.folder, 'other') });
    const login = openTerminal(['login', '-u', 'demo_nurse', '--store', 'file'], env);
    for (const [question, answer] of [
      ['Choose a passphrase', PASSPHRASE],
      ['Once more', PASSPHRASE],
      ['? Password', PASSWORD],
    ] as const) {
      await login.shows(question);
      login.type(answer);
      login.press('enter');
    }
    await login.shows('encrypted file.');
    expect(await login.exitCode).toBe(0);
    expect(login.text()).not.toMatch(/planted|Sandbox2026/);

    const list = openTerminal(['list', '--lang', 'zh-CN'], env);
    await list.shows('加密文件的口令');
    list.press('ctrl-c');
    expect(await list.exitCode).toBe(130);
  });
});
