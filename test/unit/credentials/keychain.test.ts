import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createKeychain } from '../../../src/credentials/keychain.ts';
import { type KeychainAnswer, type KeychainChild, keytarInChild } from '../../../src/credentials/keychain-process.ts';
import type { Keytar } from '../../../src/credentials/keytar.ts';
import type { SecretKey } from '../../../src/ports/secrets.ts';

const KEY: SecretKey = { portal: 'https://portal.example', username: 'demo_nurse', entry: 'password' };
const clock = { now: () => new Date() };

/** A keychain that works, but for what is overridden. */
function keychain(overrides: Partial<Keytar> = {}, platform: NodeJS.Platform = 'linux') {
  const entries = new Map<string, string>();
  const keytar: Keytar = {
    getPassword: async (service, account) => entries.get(`${service} ${account}`) ?? null,
    setPassword: async (service, account, password) => void entries.set(`${service} ${account}`, password),
    deletePassword: async (service, account) => entries.delete(`${service} ${account}`),
    ...overrides,
  };
  return createKeychain(keytar, { platform, clock });
}

describe('the keychain', () => {
  it('addresses a secret by entry, user name and portal', async () => {
    const asked: string[] = [];
    const getPassword = async (...address: string[]) => {
      asked.push(address.join(' '));
      return 'Sandbox2026';
    };
    expect(await keychain({ getPassword }).get(KEY)).toBe('Sandbox2026');
    expect(asked).toEqual(['cert password:demo_nurse@https://portal.example']);
  });

  it('that forgets what it is given is not taken for an empty one', async () => {
    const store = keychain({ getPassword: async () => null });
    await expect(store.probe()).rejects.toMatchObject({ code: 'SECRET_STORE_LOCKED' });
    await expect(store.get(KEY)).rejects.toMatchObject({ code: 'SECRET_STORE_LOCKED' });
    await expect(store.delete(KEY)).rejects.toMatchObject({ code: 'SECRET_STORE_LOCKED' });
  });

  it.each([
    ['win32', '密'.repeat(853), true],
    ['win32', '密'.repeat(854), false],
    ['linux', 'x'.repeat(10_000), true],
  ] as const)('of %s counts bytes', async (platform, secret, fits) => {
    const set = keychain({}, platform).set(KEY, secret);
    if (fits) await set;
    else
      await expect(set).rejects.toMatchObject({ code: 'SECRET_TOO_LARGE', params: { bytes: 2_562, maxBytes: 2_560 } });
  });
});

/** A child that answers each call with the next of `answers`; after them it does what `then` says. */
function child(answers: (KeychainAnswer | 'never' | 'dies')[]) {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  const received: unknown[] = [];
  const killed: string[] = [];
  const events = new EventEmitter();
  stdin.on('data', (line) => {
    received.push(JSON.parse(String(line)));
    const answer = answers.shift() ?? 'never';
    if (answer === 'dies') events.emit('exit', null, 'SIGSEGV');
    else if (answer !== 'never') stdout.write(`${JSON.stringify(answer)}\n`);
  });
  const process: KeychainChild = {
    stdin,
    stdout,
    kill: (signal) => killed.push(signal),
    on: events.on.bind(events) as KeychainChild['on'],
  };
  return { process, received, killed };
}

const keytarOf = (children: ReturnType<typeof child>[], signal = new AbortController().signal) => {
  let started = 0;
  const spawn = () => (children[started++] as ReturnType<typeof child>).process;
  return { keytar: keytarInChild({ spawn, timeLimitMs: 50, clock, signal }), started: () => started };
};

describe('the process of the keychain', () => {
  it('is started at once, and serves all calls', async () => {
    const one = child([{ value: null }, { value: 'Sandbox2026' }, { value: true }]);
    const { keytar, started } = keytarOf([one]);
    expect(started()).toBe(1);
    await keytar.setPassword('cert', 'a', 'Sandbox2026');
    expect(await keytar.getPassword('cert', 'a')).toBe('Sandbox2026');
    expect(await keytar.deletePassword('cert', 'a')).toBe(true);
    expect({ started: started(), received: one.received }).toEqual({
      started: 1,
      received: [
        ['setPassword', 'cert', 'a', 'Sandbox2026'],
        ['getPassword', 'cert', 'a'],
        ['deletePassword', 'cert', 'a'],
      ],
    });
  });

  it.each<[string, KeychainAnswer, string, string | undefined]>([
    ['libsecret', { error: 'Cannot create an item in a locked collection' }, 'SECRET_STORE_LOCKED', undefined],
    ['macOS', { error: 'User interaction is not allowed.' }, 'SECRET_STORE_LOCKED', undefined],
    ['macOS', { error: 'User canceled the operation.' }, 'SECRET_STORE_DISMISSED', undefined],
    ['libsecret', { error: 'Cannot autolaunch D-Bus without X11 $DISPLAY' }, 'SECRET_STORE_UNAVAILABLE', 'no-service'],
    [
      'libsecret',
      { error: 'The name org.freedesktop.secrets was not provided by any .service files' },
      'SECRET_STORE_UNAVAILABLE',
      'no-service',
    ],
    [
      'Windows',
      { error: 'A specified logon session does not exist. It may already have been terminated.' },
      'SECRET_STORE_UNAVAILABLE',
      'no-service',
    ],
    [
      'the loader',
      { error: 'libsecret-1.so.0: cannot open shared object file', reason: 'library-missing' },
      'SECRET_STORE_UNAVAILABLE',
      'library-missing',
    ],
    ['the loader', { error: 'x', reason: 'not-installed' }, 'SECRET_STORE_UNAVAILABLE', 'not-installed'],
    ['anybody', { error: 'whatever' }, 'SECRET_STORE_UNAVAILABLE', undefined],
  ])('tells what %s says: %j', async (_, answer, code, reason) => {
    const failure = await keytarOf([child([answer])])
      .keytar.getPassword('cert', 'a')
      .catch((error) => error);
    expect(failure).toMatchObject({ code });
    expect(failure.params.reason).toBe(reason);
  });

  it('says in one short line why it cannot be used', async () => {
    const { keytar } = keytarOf([child([{ error: `broken ${'x'.repeat(300)}\nstack` }])]);
    await expect(keytar.getPassword('cert', 'a')).rejects.toMatchObject({
      params: { store: 'keychain', said: expect.stringMatching(/^broken x{193}$/) },
    });
  });

  it('is killed when it does not answer, and not started again', async () => {
    const one = child(['never']);
    const { keytar, started } = keytarOf([one, child([{ value: null }])]);
    const late = { code: 'SECRET_STORE_TIMED_OUT', params: { afterMs: 50 } };
    await expect(keytar.getPassword('cert', 'a')).rejects.toMatchObject(late);
    await expect(keytar.setPassword('cert', 'a', 'b')).rejects.toMatchObject(late);
    expect({ killed: one.killed, started: started() }).toEqual({ killed: ['SIGKILL'], started: 1 });
  });

  it('that is slow is told once', async () => {
    const said: string[] = [];
    const one = child([]);
    const keytar = keytarInChild({
      spawn: () => one.process,
      timeLimitMs: 2_050,
      clock,
      signal: new AbortController().signal,
      onSlow: () => said.push('slow'),
    });
    await Promise.allSettled([keytar.getPassword('cert', 'a'), keytar.getPassword('cert', 'b')]);
    expect(said).toEqual(['slow']);
  });

  it('that crashes is told, and started again for the next call', async () => {
    const { keytar } = keytarOf([child(['dies']), child([{ value: 'Sandbox2026' }])]);
    await expect(keytar.getPassword('cert', 'a')).rejects.toMatchObject({ code: 'SECRET_STORE_UNAVAILABLE' });
    expect(await keytar.getPassword('cert', 'a')).toBe('Sandbox2026');
  });

  it('is killed at once when cert is to end', async () => {
    const interruption = new AbortController();
    const one = child(['never']);
    const { keytar } = keytarOf([one], interruption.signal);
    const call = keytar.getPassword('cert', 'a');
    interruption.abort(new Error('interrupted'));
    await expect(call).rejects.toThrow('interrupted');
    await expect(keytar.getPassword('cert', 'a')).rejects.toThrow('interrupted');
    expect(one.killed).toEqual(['SIGKILL']);
  });
});
