import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../../src/sandbox/create-sandbox.ts';
import type { SignatureKind, State, StateStore } from '../../../src/sandbox/state.ts';
import { fileStateStore } from '../../../src/sandbox/state-file.ts';
import { ORIGIN, testClock } from '../../support/sandbox.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const clock = testClock();
const sandboxOn = (store: StateStore, signature?: SignatureKind) =>
  createSandbox({ now: () => clock.now(), newId: () => crypto.randomUUID(), store, signature });

const send = (sandbox: Sandbox, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  sandbox.handle(
    new Request(ORIGIN + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
  );

const logIn = async (sandbox: Sandbox, password = 'Sandbox2026'): Promise<Record<string, string>> => {
  const response = await send(sandbox, 'POST', '/api/v1/sessions', { username: 'demo_nurse', password });
  return { authorization: `Bearer ${(await response.json()).accessToken}` };
};

const apply = (sandbox: Sandbox, session: Record<string, string>) =>
  send(
    sandbox,
    'POST',
    '/api/v1/certificates/c-nurse-2023/annotations',
    { scenario: 'self', validDays: 90, clientReference: 'reference-1' },
    { ...session, 'idempotency-key': 'reference-1' },
  );

describe('a state file', () => {
  it('brings everything back: sessions, annotations, wrong passwords, faults', async () => {
    const path = join(temporaryFolder(), 'state.json');
    const first = sandboxOn(fileStateStore(path));
    const session = await logIn(first);
    const { id } = await (await apply(first, session)).json();
    await logIn(first, 'Wrong2026x');
    await send(first, 'POST', '/sandbox/faults', { route: 'meta', kind: 'status', status: 429 });

    const second = sandboxOn(fileStateStore(path));
    expect((await (await apply(second, session)).json()).id).toBe(id);
    const wrong = await send(second, 'POST', '/api/v1/sessions', { username: 'demo_nurse', password: 'Wrong2026x' });
    expect((await wrong.json()).attemptsLeft).toBe(3);
    expect((await send(second, 'GET', '/api/v1/meta')).status).toBe(429);
    expect((await send(second, 'GET', '/api/v1/meta')).status).toBe(200);
  });

  it.each(['p256', 'rsa', 'sm2', 'ses', 'none'] as const)(
    'serves the same bytes of a PDF after a restart: %s',
    async (signature) => {
      const path = join(temporaryFolder(), 'state.json');
      const etag = async () => {
        const sandbox = sandboxOn(fileStateStore(path), signature);
        const file = await send(
          sandbox,
          'GET',
          '/api/v1/certificates/c-nurse-2019/file',
          undefined,
          await logIn(sandbox),
        );
        return file.headers.get('etag');
      };
      const first = await etag();
      expect(first).toMatch(/^"[0-9a-f]{32}"$/);
      expect(await etag()).toBe(first);
    },
  );

  it.skipIf(process.platform === 'win32')('is for its owner only, whatever a killed process left', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'state.json');
    writeFileSync(join(folder, 'elsewhere'), 'untouched');
    symlinkSync(join(folder, 'elsewhere'), path);
    rmSync(join(folder, 'elsewhere'));
    await logIn(sandboxOn(fileStateStore(path)));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(existsSync(join(folder, 'elsewhere'))).toBe(false);
  });

  it.each([
    ['torn', '{"schemaVersion":2,"annot', 'not-json'],
    ['empty', '', 'not-json'],
    ['null', 'null', 'wrong-value'],
    ['of an earlier version', '{"schemaVersion":1,"annotations":[]}', 'wrong-value'],
    ['of a newer version', '{"schemaVersion":3,"annotations":[]}', 'newer-version'],
    ['with half of its fields', '{"schemaVersion":2,"annotations":[]}', 'wrong-value'],
  ])('that is %s is refused and left as it is', async (_, text, detail) => {
    const path = join(temporaryFolder(), 'state.json');
    writeFileSync(path, text);
    await expect(async () => sandboxOn(fileStateStore(path))).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      params: { path, detail },
    });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it.skipIf(process.platform === 'win32').each<[string, (path: string) => unknown]>([
    ['a pipe', (path) => execFileSync('mkfifo', [path])],
    ['a device without end', (path) => symlinkSync('/dev/zero', path)],
  ])('is never %s', async (_, put) => {
    const path = join(temporaryFolder(), 'state.json');
    put(path);
    await expect(async () => sandboxOn(fileStateStore(path))).rejects.toMatchObject({
      params: { path, detail: 'not-a-file' },
    });
  });

  it('is that of the latest of many changes at once, and has all of them', async () => {
    const path = join(temporaryFolder(), 'state.json');
    const sandbox = sandboxOn(fileStateStore(path));
    const sessions = await Promise.all(Array.from({ length: 10 }, () => logIn(sandbox)));
    const kept = Object.keys(JSON.parse(readFileSync(path, 'utf8')).sessions);
    expect(sessions.map(({ authorization = '' }) => kept.includes(authorization.slice(7)))).toEqual(
      sessions.map(() => true),
    );
  });

  it('is the last that was saved, however long an earlier one takes', async () => {
    const path = join(temporaryFolder(), 'state.json');
    const store = fileStateStore(path);
    await logIn(sandboxOn(store));
    const state = store.load() as State;
    const failures = ['x'.repeat(20_000_000), 'x'.repeat(1_000), 'last'];
    await Promise.all(failures.map((failNextGeneration) => store.save({ ...state, failNextGeneration })));
    expect(store.load()?.failNextGeneration).toBe('last');
  });

  it('has the signature of the last start once the trust anchor is handed out', async () => {
    const path = join(temporaryFolder(), 'state.json');
    await sandboxOn(fileStateStore(path)).trustAnchor();
    await sandboxOn(fileStateStore(path), 'rsa').trustAnchor();
    expect(JSON.parse(readFileSync(path, 'utf8')).signature).toBe('rsa');
  });

  it('with one wrong field is refused', async () => {
    const path = join(temporaryFolder(), 'state.json');
    await logIn(sandboxOn(fileStateStore(path)));
    const state = JSON.parse(readFileSync(path, 'utf8'));
    state.annotations[0].requestedAt = 'yesterday';
    writeFileSync(path, JSON.stringify(state));
    expect(() => sandboxOn(fileStateStore(path))).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });

  it('that cannot be written makes the answer a failure', async () => {
    const sandbox = sandboxOn(fileStateStore(join(temporaryFolder(), 'absent', 'state.json')));
    const response = await send(sandbox, 'POST', '/api/v1/sessions', {
      username: 'demo_nurse',
      password: 'Sandbox2026',
    });
    expect([response.status, (await response.json()).code]).toEqual([500, 'INTERNAL_ERROR']);
  });
});

describe('a change', () => {
  it('is saved before its answer is given, and reading changes nothing', async () => {
    let saved = '';
    const save = async (state: State) => {
      const text = JSON.stringify(state);
      await new Promise((resolve) => setTimeout(resolve, 20));
      saved = text;
    };
    const sandbox = sandboxOn({ load: () => undefined, save });
    const session = await logIn(sandbox);
    expect(saved).toContain(session.authorization?.slice('Bearer '.length));
    const { id } = await (await apply(sandbox, session)).json();
    expect(saved).toContain(id);

    const login = await (await send(sandbox, 'POST', '/api/v1/sessions/qr')).json();
    await send(sandbox, 'POST', '/sandbox/confirm', { id: login.id, username: 'demo_nurse' });
    const confirmed = await (await send(sandbox, 'GET', `/api/v1/sessions/qr/${login.id}`)).json();
    expect(saved).toContain(confirmed.session.accessToken);
  });
});
