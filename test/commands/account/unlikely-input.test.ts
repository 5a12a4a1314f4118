import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Fetch } from '../../../src/ports/http.ts';
import { globalFetch, installation } from '../../support/cert.ts';
import { useSandbox } from '../../support/sandbox.ts';

const sandbox = useSandbox();
const PASSWORD = 'Sandbox2026';

/** What was sent as a name and a password. */
function sending() {
  const sent: string[] = [];
  const fetch: Fetch = (request) => {
    if (request.method === 'POST') sent.push(request.body ?? '');
    return globalFetch(request);
  };
  return { sent, options: { clock: sandbox.clock, fetch } };
}

const UNLIKELY = [
  ['a tab', '\t'],
  ['an escape', '\u001b[D'],
  ['a NUL', '\0'],
  ['a byte order mark', 'x\ufeff'],
  ['a special space', '\u00a0'],
  ['nothing visible', '\u200b'],
  ['a joiner', '\u200d'],
  ['a mark of direction', '\u202e'],
  ['a replacement', '\ufffd'],
] as const;

describe('what no keyboard types', () => {
  it.each(UNLIKELY)('is not sent in a password: %s', async (_, what) => {
    const { sent, options } = sending();
    const bad = `Sand${what}box2026`;
    const login = 'login -u demo_nurse --json';
    const env = { CERT_USERNAME: 'demo_nurse', CERT_PASSWORD: bad };
    const runs = [
      await installation().run(`${login} --password-stdin`, { ...options, stdin: `${bad}\n` }),
      await installation().run('list --json', { ...options, env }),
      await installation().run('login --json', { ...options, env }),
      await installation().run(login, { ...options, answers: [bad] }),
    ];
    for (const { code, json } of runs)
      expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'INPUT_UNLIKELY' });
    expect(sent).toEqual([]);
  });

  it.each([...UNLIKELY, ['a blank', ' '] as const])('is not sent in a name: %s', async (_, what) => {
    const { sent, options } = sending();
    const name = `demo${what}nurse`;
    const runs = [
      await installation().run(['login', '-u', name, '--password-stdin', '--json'], { ...options, stdin: PASSWORD }),
      await installation().run(['login', '-u', name, '--with-token', '--json'], { ...options, stdin: 'token-12345' }),
      await installation().run('list --json', { ...options, env: { CERT_USERNAME: name, CERT_PASSWORD: PASSWORD } }),
      await installation().run('login --json', { ...options, answers: [name, PASSWORD] }),
      await installation().run(['login', '-u', name, '--qr', '--json'], { ...options, answers: [] }),
    ];
    for (const { code, json } of runs)
      expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'INPUT_UNLIKELY' });
    expect(sent).toEqual([]);
  });

  it.each([
    ['a blank at its end', `${PASSWORD} \r\n`],
    ['a blank before it', ` ${PASSWORD}\n`],
    ['a wide blank at its end', `${PASSWORD}\u3000\n`],
    ['another line', `${PASSWORD}\nmore\n`],
    ['a line break in it', `Sandbox\r2026\n`],
    ['UTF-16', `\ufffd\ufffd${[...PASSWORD].map((one) => `${one}\0`).join('')}`],
    ['too much', 'x'.repeat(5_000)],
  ])('is not sent from standard input, nor called missing: %s', async (_, stdin) => {
    const { sent, options } = sending();
    const { code, json } = await installation().run('login -u demo_nurse --password-stdin --json', {
      ...options,
      stdin,
    });
    expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'INPUT_UNLIKELY' });
    expect(sent).toEqual([]);
  });

  it('is not taken from the file of a passphrase', async () => {
    const cert = installation();
    const { options } = sending();
    const file = join(cert.folder, 'phrase');
    for (const contents of [
      Buffer.from('\ufeffplanted-passphrase\r\n', 'utf16le'),
      'planted\u00a0passphrase\n',
      'planted-passphrase \n',
    ]) {
      writeFileSync(file, contents);
      const line = [
        'login',
        '-u',
        'demo_nurse',
        '--password-stdin',
        '--store',
        'file',
        '--passphrase-file',
        file,
        '--json',
      ];
      const { code, json } = await cert.run(line, { ...options, stdin: PASSWORD });
      expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'INPUT_UNLIKELY' });
    }
  });
});

describe('what certainly was not meant', () => {
  it.each([`${PASSWORD}\r`, `${PASSWORD}\r\r\n`, `\ufeff${PASSWORD}\r\n`])('is mended: %j', async (stdin) => {
    const { sent, options } = sending();
    const { code } = await installation().run('login -u demo_nurse --password-stdin', { ...options, stdin });
    expect({ code, passwords: sent.map((body) => JSON.parse(body).password) }).toEqual({
      code: 0,
      passwords: [PASSWORD],
    });
  });

  it('is mended in the environment', async () => {
    const { sent, options } = sending();
    const env = { CERT_USERNAME: 'demo_nurse\r', CERT_PASSWORD: `\ufeff${PASSWORD}\r` };
    const { code, json } = await installation().run('list --json', { ...options, env });
    expect({ code, warnings: json.warnings }).toEqual({
      code: 0,
      warnings: [expect.stringContaining('CERT_PASSWORD')],
    });
    expect(sent.map((body) => JSON.parse(body))).toEqual([{ username: 'demo_nurse', password: PASSWORD }]);
  });

  it('is a blank that a person types: it is sent', async () => {
    const { sent, options } = sending();
    await installation().run('login -u demo_nurse', { ...options, answers: ['Typed with 1 '] });
    expect(sent.map((body) => JSON.parse(body).password)).toEqual(['Typed with 1 ']);
  });
});
