import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Fetch } from '../../../src/ports/http.ts';
import { globalFetch, installation } from '../../support/cert.ts';
import { systemError } from '../../support/fake-fetch.ts';
import { ORIGIN, useSandbox } from '../../support/sandbox.ts';

const sandbox = useSandbox();
const here = () => ({ clock: sandbox.clock });
const PASSWORD = 'Sandbox2026';
const LOGIN = 'login -u demo_nurse';
const MINUTE_MS = 60_000;

const challengesAre = (challenge: string) => sandbox.control('POST', '/settings', { challenge });
const challenges = async () =>
  ((await sandbox.control('GET', '/challenges')) as { challenges: { id: string; answer: string }[] }).challenges;
const right = async () => (await challenges()).at(-1)?.answer;

/** The portal, with something that happens before the nth request of a kind. */
function before(path: string, nth: number, happen: (url: string) => Promise<unknown>): Fetch {
  let count = 0;
  return async (request) => {
    if (new URL(request.url).pathname.startsWith(path) && ++count === nth) await happen(request.url);
    return globalFetch(request);
  };
}

describe('a picture', () => {
  it('is opened from a private file, which is gone afterwards', async () => {
    await challengesAre('image');
    const cert = installation();
    let mode = 0;
    const look = async () => {
      const [path = ''] = cert.viewed;
      mode = statSync(path).mode & 0o777;
      expect(readFileSync(path).subarray(1, 4).toString()).toBe('PNG');
      return right();
    };
    const { code } = await cert.run(LOGIN, { ...here(), answers: [PASSWORD, look] });
    expect({ code, mode }).toEqual({ code: 0, mode: process.platform === 'win32' ? mode : 0o600 });
    expect(cert.viewed[0]).toMatch(/challenge-[0-9a-f]{12}\.png$/);
    expect(existsSync(cert.viewed[0] ?? '')).toBe(false);
  });

  it.each([
    [{ TERM: 'xterm-kitty' }, '\u001b_G'],
    [{ TERM_PROGRAM: 'iTerm.app' }, '\u001b]1337;File='],
  ])('is shown in a terminal that can: %j', async (env, sequence) => {
    await challengesAre('image');
    const cert = installation();
    const { code, err } = await cert.run(LOGIN, { ...here(), env, answers: [PASSWORD, right] });
    expect(code).toBe(0);
    expect(err).toContain(sequence);
    expect(cert.viewed).toEqual([]);
    expect(existsSync(join(cert.folder, 'state'))).toBe(false);
  });

  it.each([
    ['a page', '<html><script>run()</script></html>'],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg" onload="run()"/>'],
    ['a desktop entry', '[Desktop Entry]\nType=Application\nExec=run\n'],
    ['the first bytes of one', '\x89PNG\r\n\x1a\n<svg>'],
  ])('that is none but %s is shown nowhere, and the question is asked all the same', async (_, contents) => {
    await challengesAre('image');
    const cert = installation();
    const fetch: Fetch = async (request) => {
      const answer = await globalFetch(request);
      if (answer.status !== 403) return answer;
      const chunks: Uint8Array[] = [];
      for await (const chunk of answer.body) chunks.push(chunk);
      const body = JSON.parse(Buffer.concat(chunks).toString());
      body.challenge.image = Buffer.from(contents, 'latin1').toString('base64');
      const changed = (async function* () {
        yield Buffer.from(JSON.stringify(body));
      })();
      return { ...answer, body: changed };
    };
    for (const env of [{}, { TERM: 'xterm-kitty' }]) {
      const { code, err } = await cert.run(`${LOGIN} --lang en`, { ...here(), env, fetch, answers: [PASSWORD, right] });
      expect(code).toBe(0);
      expect(err).toContain('no picture that is safe to show');
      expect(err).not.toContain('\u001b_G');
    }
    expect(cert.viewed).toEqual([]);
  });

  it('is gone after Ctrl-C too', async () => {
    await challengesAre('image');
    const cert = installation();
    const end = new AbortController();
    const { CertError } = await import('../../../src/errors.ts');
    const interrupt = () => {
      end.abort(new CertError('INTERRUPTED', {}));
      throw end.signal.reason;
    };
    const { code } = await cert.run(LOGIN, { ...here(), answers: [PASSWORD, interrupt], signal: end.signal });
    expect(code).toBe(130);
    expect(readdirSync(join(cert.folder, 'state', 'view'))).toEqual(['.cert']);
  });
});

describe('an answer', () => {
  it('that comes too late is asked for once more, with a fresh challenge', async () => {
    await challengesAre('sms');
    const late = async () => {
      const answer = await right();
      await sandbox.clock.sleep(6 * MINUTE_MS);
      return answer;
    };
    const { code, err } = await installation().run(LOGIN, { ...here(), answers: [PASSWORD, late, right] });
    expect(code).toBe(0);
    expect(err).toContain('It expired.');
    expect(err).toContain('valid until 10:05');
    expect(err).toContain('valid until 10:11');
  });

  it('that is wrong is said to be', async () => {
    await challengesAre('sms');
    const { code, err } = await installation().run(LOGIN, { ...here(), answers: [PASSWORD, 'x', right] });
    expect({ code, said: err.includes('That was not right.') }).toEqual({ code: 0, said: true });
  });
});

describe('a QR code that confirms a login', () => {
  it('is drawn, with its payload, and waited for', async () => {
    await challengesAre('qr');
    const fetch = before('/api/v1/sessions', 4, async () => {
      const [challenge] = await challenges();
      await sandbox.control('POST', '/confirm', { id: challenge?.id });
    });
    const { code, err, asked } = await installation().run(LOGIN, { ...here(), fetch, answers: [PASSWORD] });
    expect({ code, questions: asked.length }).toEqual({ code: 0, questions: 1 });
    expect(err).toContain('▀');
    expect(err).toContain(`cert-sandbox:confirm:`);
    expect(await challenges()).toEqual([]);
  });

  it('is drawn anew when it expired, three times at most', async () => {
    await challengesAre('qr');
    const { code, err } = await installation().run(LOGIN, { ...here(), answers: [PASSWORD] });
    expect(code).toBe(4);
    expect(err.match(/cert-sandbox:confirm:/g)).toHaveLength(3);
    expect(err.match(/It expired\./g)).toHaveLength(2);
  });

  it('is asked for only once where the portal makes a new one of every question', async () => {
    await challengesAre('qr');
    let logIns = 0;
    const fetch: Fetch = async (request) => {
      if (!request.url.endsWith('/sessions')) return globalFetch(request);
      logIns += 1;
      if (logIns === 3) {
        await challengesAre('none');
        return globalFetch(request);
      }
      const challenge = {
        id: `ch-${logIns}`,
        kind: 'qr',
        prompt: 'scan',
        payload: `p-${logIns}`,
        expiresAt: '2026-11-24T10:30:00+08:00',
      };
      const body = (async function* () {
        yield Buffer.from(JSON.stringify({ code: 'CHALLENGE_FAILED', challenge }));
      })();
      return { status: 403, headers: { 'content-type': 'application/problem+json' }, body };
    };
    const { code, asked } = await installation().run(LOGIN, { ...here(), fetch, answers: [PASSWORD, true] });
    expect({ code, questions: asked.length, logIns }).toEqual({ code: 0, questions: 2, logIns: 3 });
  });
});

describe('a portal whose clock is another', () => {
  const withExpiry =
    (expiresAt: string): Fetch =>
    async (request) => {
      const answer = await globalFetch(request);
      const chunks: Uint8Array[] = [];
      for await (const chunk of answer.body) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString();
      const body = (async function* () {
        yield Buffer.from(text.replace(/"expiresAt":"[^"]+"/, `"expiresAt":"${expiresAt}"`));
      })();
      return { ...answer, body };
    };

  it('does not end the wait for a confirmation at once', async () => {
    await challengesAre('qr');
    const past = withExpiry('2026-11-24T09:00:00+08:00');
    let logIns = 0;
    const fetch: Fetch = async (request) => {
      if (++logIns < 5) return past(request);
      const [challenge] = await challenges();
      await sandbox.control('POST', '/confirm', { id: challenge?.id });
      return globalFetch(request);
    };
    expect((await installation().run(LOGIN, { ...here(), fetch, answers: [PASSWORD] })).code).toBe(0);
  });

  it('does not make it wait for ever', async () => {
    await challengesAre('qr');
    const startedAt = sandbox.clock.now().getTime();
    const challenge = { id: 'ch-1', kind: 'qr', prompt: 'scan', payload: 'p', expiresAt: '2099-01-01T00:00:00+08:00' };
    const fetch: Fetch = async (request) => {
      if (!request.url.endsWith('/sessions')) return globalFetch(request);
      const body = (async function* () {
        yield Buffer.from(JSON.stringify({ code: 'CHALLENGE_REQUIRED', challenge }));
      })();
      return { status: 403, headers: { 'content-type': 'application/problem+json' }, body };
    };
    expect((await installation().run(LOGIN, { ...here(), fetch, answers: [PASSWORD] })).code).toBe(4);
    expect(sandbox.clock.now().getTime() - startedAt).toBeLessThanOrEqual(16 * MINUTE_MS);
  });
});

describe('without a person', () => {
  it.each(['image', 'sms', 'qr'])('a challenge ends with exit 4 and the next step: %s', async (kind) => {
    await challengesAre(kind);
    const { code, json } = await installation().run(`${LOGIN} --password-stdin --json`, { ...here(), stdin: PASSWORD });
    expect({ code, error: json.error.code }).toEqual({ code: 4, error: 'CHALLENGE_REQUIRED' });
    expect(json.error.hint).toContain('`cert login --username demo_nurse`');
  });

  it('a challenge of a portal that was named for this call only names it again', async () => {
    await challengesAre('sms');
    const line = `${LOGIN} --portal ${ORIGIN} --password-stdin --json`;
    const { json } = await installation().run(line, { ...here(), stdin: PASSWORD });
    expect(json.error.hint).toContain(`\`cert login --portal ${ORIGIN} --username demo_nurse\``);
  });
});

describe('cert login --qr', () => {
  const confirmOn = (nth: number, username = 'demo_nurse') =>
    before('/api/v1/sessions/qr/', nth, (url) =>
      sandbox.control('POST', '/confirm', { id: url.split('/').at(-1), username }),
    );

  it('needs no user name and no password, and keeps the session only', async () => {
    const cert = installation();
    const { code, asked, err } = await cert.run('login --qr', { ...here(), fetch: confirmOn(3), answers: [] });
    expect({ code, questions: asked.length }).toEqual({ code: 0, questions: 0 });
    expect(err).toContain('cert-sandbox:login:');
    expect([...cert.secrets.entries.keys()]).toEqual([`session:demo_nurse@${ORIGIN}`]);
    expect((await cert.run('list --json', here())).json.data.certificates).toHaveLength(2);
    expect((await cert.run('whoami --json', here())).json.data.profile.name).toBe('demo_nurse');
  });

  it('erases the password of an earlier login', async () => {
    const cert = installation();
    await cert.run(`${LOGIN} --password-stdin`, { ...here(), stdin: PASSWORD });
    await cert.run('login --qr', { ...here(), fetch: confirmOn(1), answers: [] });
    expect([...cert.secrets.entries.keys()]).toEqual([`session:demo_nurse@${ORIGIN}`]);
  });

  it('shows the service notice as any login does', async () => {
    const { code, err } = await installation().run('login --qr', {
      ...here(),
      fetch: confirmOn(1, 'demo_new'),
      answers: [true],
    });
    expect(code).toBe(0);
    expect(err).toContain('服务须知');
  });

  it('offers another code when one expired', async () => {
    const another = await installation().run('login --qr', { ...here(), fetch: confirmOn(100), answers: [true] });
    expect(another.code).toBe(0);
    expect(another.err.match(/cert-sandbox:login:/g)).toHaveLength(2);
    const enough = await installation().run('login --qr', { ...here(), answers: [false] });
    expect(enough.code).toBe(4);
  });

  it('goes on when the portal is away for a while', async () => {
    let asked = 0;
    const fetch: Fetch = async (request) => {
      if (!request.url.includes('/sessions/qr/')) return globalFetch(request);
      asked += 1;
      if (asked <= 6) throw systemError('ECONNRESET');
      await sandbox.control('POST', '/confirm', { id: request.url.split('/').at(-1), username: 'demo_nurse' });
      return globalFetch(request);
    };
    expect((await installation().run('login --qr', { ...here(), fetch, answers: [] })).code).toBe(0);
  });

  it.each([
    ['login --qr --json', {}, 4, 'CHALLENGE_REQUIRED', 'cert login --qr'],
    ['login --qr --password-stdin --json', { stdin: PASSWORD }, 2, 'USAGE', ''],
  ])('%s without a person: exit', async (line, options, exit, error, hint) => {
    const { code, json } = await installation().run(line, { ...here(), ...options });
    expect({ code, error: json.error.code }).toEqual({ code: exit, error });
    expect(json.error.hint).toContain(hint);
  });

  it('is no feature of every portal', async () => {
    await sandbox.control('POST', '/settings', { features: { qrLogin: false } });
    const { code, err } = await installation().run('login --qr', { ...here(), answers: [] });
    expect({ code, said: err.includes('QR') }).toEqual({ code: 6, said: true });
  });
});
