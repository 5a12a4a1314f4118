import { spawn } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BIN, useRealWorld } from '../support/executable.ts';

const world = useRealWorld();
const CREDENTIALS = { username: 'demo_nurse', password: 'Sandbox2026' };

/** `cert sandbox` in a process of its own, and what it has said so far. */
async function sandbox(args: readonly string[]) {
  const child = spawn(process.execPath, [BIN, 'sandbox', '--port', '0', ...args], { env: world.env() });
  onTestFinished(async () => {
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    await ended;
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const url = await matched(() => said.out, /http:\/\/127\.0\.0\.1:\d+/);
  const post = async (path: string, body: unknown = {}) =>
    (await fetch(`${url}/api/v1${path}`, { method: 'POST', body: JSON.stringify(body) })).json();
  return { said, url, post };
}

async function matched(text: () => string, pattern: RegExp): Promise<string> {
  for (;;) {
    const found = pattern.exec(text())?.[0];
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('cert sandbox tells the person at its terminal', () => {
  it.each([
    ['zh-CN', '短信验证码：'],
    ['en', 'SMS code: '],
  ])('the code of an SMS, in %s', async (language, words) => {
    const { said, post } = await sandbox(['--challenge', 'sms', '--lang', language]);
    const { challenge } = await post('/sessions', CREDENTIALS);
    const line = await matched(() => said.err, new RegExp(`${words}\\d{6}\\n`));
    const answered = { ...CREDENTIALS, challenge: { id: challenge.id, answer: line.trim().slice(-6) } };
    expect(await post('/sessions', answered)).toMatchObject({ username: 'demo_nurse' });
    expect(said.out).not.toContain(words);
  });

  it('where the digits of a picture stand, and not the digits', async () => {
    const { said, url, post } = await sandbox(['--challenge', 'image']);
    const { challenge } = await post('/sessions', CREDENTIALS);
    const address = await matched(() => said.err, /http:\S+\/sandbox\/challenges/);
    expect(address).toBe(`${url}/sandbox/challenges`);
    const { challenges } = await (await fetch(address)).json();
    const [{ id, answer }] = challenges;
    expect(id).toBe(challenge.id);
    expect(said.err).not.toContain(answer);
  });

  it('the address that confirms a QR code', async () => {
    const { said, post } = await sandbox(['--challenge', 'qr']);
    const { challenge } = await post('/sessions', CREDENTIALS);
    expect((await fetch(await matched(() => said.err, /http:\S+\/sandbox\/confirm\S+/))).status).toBe(200);
    const answered = { ...CREDENTIALS, challenge: { id: challenge.id, answer: '' } };
    expect(await post('/sessions', answered)).toMatchObject({ username: 'demo_nurse' });
  });

  it('the address that confirms a login by QR code', async () => {
    const { said, url, post } = await sandbox([]);
    const { id } = await post('/sessions/qr');
    await fetch(await matched(() => said.err, /http:\S+\/sandbox\/confirm\S+/));
    expect(await (await fetch(`${url}/api/v1/sessions/qr/${id}`)).json()).toMatchObject({ status: 'confirmed' });
  });

  it.each([
    [['--web', 'C'], '<frameset'],
    [['--web', 'B', '--web-labels', '2019'], '资格证书'],
    [[], '电子证书下载'],
  ] as const)('the address of its web pages, as %j has them', async (args, shown) => {
    const { said } = await sandbox(args);
    const address = await matched(() => said.err, /http:\S+\/web\//);
    expect(await (await fetch(address)).text()).toContain(shown);
  });

  it('nothing with --json but its one document', async () => {
    const { said, url, post } = await sandbox(['--challenge', 'sms', '--json']);
    await post('/sessions', CREDENTIALS);
    await post('/sessions/qr');
    expect(JSON.parse(said.out)).toMatchObject({ ok: true, data: { web: `${url}/web/` } });
    expect(said.err).toBe('');
  });
});
