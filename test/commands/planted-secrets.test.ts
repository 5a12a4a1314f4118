/** Secrets and personal data are planted everywhere, every command meets every failure, and nothing of it may show. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/cli/program.ts';
import type { Fetch, HttpRequest, HttpResponse } from '../../src/ports/http.ts';
import { seedAccounts } from '../../src/sandbox/people.ts';
import { en } from '../../src/ui/messages/en/index.ts';
import { as, globalFetch, type Installation, installation } from '../support/cert.ts';
import { systemError } from '../support/fake-fetch.ts';
import { useSandbox } from '../support/sandbox.ts';

const sandbox = useSandbox();
const PASSWORD = 'Sandbox2026';
const WRONG_PASSWORD = 'Planted-Wrong-1';
const { name = '', idNumber = '' } = seedAccounts().demo_nurse ?? {};
const MASKED = `${idNumber.slice(0, 6)}********${idNumber.slice(-4)}`;

const PHONE = '13800001234';

/** Without the program's name; `demo` and `sandbox` have no person's data, `help` has no data at all. */
const COMMANDS: readonly string[] = [
  'list',
  'info c-nurse-2023',
  'info',
  'history c-nurse-2023',
  'get c-nurse-2023 --dry-run',
  'get c-nurse-2023 --yes',
  'get',
  'annotate c-nurse-2023 --yes --wait',
  'wait',
  'renew --min-days 90',
  'remind',
  'download c-nurse-2019 --force',
  'download --all',
  'view c-nurse-2019',
  'whoami',
  'login -u demo_nurse --password-stdin',
  `register -u new_person --name ${name} --phone ${PHONE} --id-type resident-id --password-stdin --id-number-stdin`,
  `lookup --name ${name} --number GL2023083100002 --id-number-stdin`,
  'verify c-nurse.pdf',
  'import c-nurse.pdf --yes',
  'trust list',
  'trust add c-nurse.pem',
  'trust remove 0123456789abcdef',
  'login -u demo_nurse --with-token',
  'login --qr',
  'logout',
  'logout --all --purge --yes',
  'profile list',
  'profile use demo_nurse',
  'profile rename demo_nurse other',
  'profile remove demo_nurse',
  'config list',
  'config get portal',
  'config path',
  'config set days 30',
];

type Fault = (request: HttpRequest, serve: () => Promise<HttpResponse>) => Promise<HttpResponse>;

const answer = (status: number, body: string, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json', 'set-cookie': `session=${PASSWORD}; name=${idNumber}`, ...headers },
  body: (async function* () {
    yield Buffer.from(body);
  })(),
});
const everything = ({ url, headers, body }: HttpRequest) =>
  `${url} ${Object.values(headers).join(' ')} ${body} ${name} ${idNumber}`;

const FAULTS: Readonly<Record<string, Fault>> = {
  none: (_, serve) => serve(),
  'a problem that repeats the request': async (request) =>
    answer(
      422,
      JSON.stringify({
        code: 'VALIDATION_FAILED',
        title: request.body ?? request.headers.authorization,
        detail: everything(request).replaceAll(name, '').slice(0, 500),
        fields: [{ field: 'password', message: request.body ?? request.headers.authorization ?? '' }],
      }),
    ),
  'an internal error': async (request) =>
    answer(500, JSON.stringify({ code: 'INTERNAL_ERROR', detail: everything(request) })),
  'a page': async (request) =>
    answer(200, `<html>${everything(request)}</html>`, { 'content-type': `text/html; ${PASSWORD}` }),
  garbage: async (request) => answer(200, `{"accessToken":"${everything(request)}`),
  'another shape': async (request) =>
    answer(
      200,
      JSON.stringify({
        [PASSWORD]: idNumber,
        items: [{ id: everything(request), holderName: name }],
        accessToken: 7,
        name,
      }),
    ),
  'a connection that breaks': async (request) => {
    throw systemError('ECONNRESET', { message: everything(request) });
  },
  'a redirect': async (request) =>
    answer(302, '', { location: `https://elsewhere.test/?${encodeURIComponent(everything(request))}` }),
  throttling: async () => answer(429, '', { 'retry-after': '60', 'x-request-id': 'r-1' }),
  'a challenge that repeats the request': async (request) =>
    answer(
      403,
      JSON.stringify({
        code: 'CHALLENGE_REQUIRED',
        detail: everything(request),
        challenge: {
          id: everything(request),
          kind: 'image',
          prompt: everything(request),
          image: Buffer.from(everything(request)).toString('base64'),
          expiresAt: '2026-11-25T12:00:00+08:00',
        },
      }),
    ),
  'a locked account': async (request) =>
    answer(
      423,
      JSON.stringify({
        code: 'ACCOUNT_LOCKED',
        detail: everything(request),
        until: '2026-11-25T12:00:00+08:00',
        requestId: everything(request),
      }),
    ),
  'an ended session': async (request, serve) =>
    request.headers.authorization === undefined
      ? serve()
      : answer(401, JSON.stringify({ code: 'SESSION_EXPIRED', detail: everything(request) })),
};

async function wholeOf(body: HttpResponse['body']): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const stdinOf = (line: string): string => {
  if (line.startsWith('register')) return `${PASSWORD}\n${idNumber}\n`;
  return line.startsWith('lookup') ? `${idNumber}\n` : `${PASSWORD}\n`;
};

/** A portal that masks nothing, and does wrong from the first request or once somebody is logged in. */
function portalWith(fault: Fault, when: 'always' | 'logged in') {
  const tokens = new Set<string>();
  const serve = async (request: HttpRequest): Promise<HttpResponse> => {
    const { status, headers, body } = await globalFetch(request);
    if (headers['content-type'] === 'application/pdf') return { status, headers, body };
    const text = (await wholeOf(body)).replaceAll(MASKED, idNumber);
    const token = /"accessToken":"([^"]+)"/.exec(text)?.[1];
    if (token !== undefined) tokens.add(token);
    return answer(status, status === 304 || status === 204 ? '' : text, headers);
  };
  const fetch: Fetch = (request) =>
    when === 'always' || request.headers.authorization !== undefined
      ? fault(request, () => serve(request))
      : serve(request);
  return { fetch, tokens };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return [path, ...filesIn(path)];
    return entry.name.endsWith('.pdf') ? [path] : [path, readFileSync(path, 'utf8')];
  });
}

const leaks = (cert: Installation, shown: readonly string[], tokens: Iterable<string>) => {
  const haystack = [...shown, ...filesIn(cert.folder)].join('\n');
  return [PASSWORD, WRONG_PASSWORD, name, idNumber, PHONE, ...tokens].filter((needle) => haystack.includes(needle));
};

describe('what is planted', () => {
  it('covers every command', async () => {
    const program = await buildProgram({
      argv: [],
      version: '',
      messages: en,
      bind: () => {},
      topic: async () => undefined,
      writeOut: () => {},
    });
    const covered = new Set(COMMANDS.map((line) => line.split(' ')[0]));
    const names = program.commands.map((command) => command.name());
    expect(names.filter((command) => !covered.has(command))).toEqual(['sandbox', 'demo', 'help']);
  });

  it('would be found', () => {
    const cert = installation();
    expect(leaks(cert, [`x${PASSWORD}x`, 'token'], ['token'])).toEqual([PASSWORD, 'token']);
  });

  describe.each(Object.keys(FAULTS))('does not show with %s', (kind) => {
    it.each(COMMANDS)('cert %s', async (line) => {
      for (const when of ['always', 'logged in'] as const)
        for (const stored of [true, false]) {
          const cert = installation();
          const { fetch, tokens } = portalWith(FAULTS[kind] as Fault, when);
          const { fetch: calm } = portalWith(FAULTS.none as Fault, when);
          const clock = sandbox.clock;
          if (stored) await cert.run('login -u demo_nurse --password-stdin', { clock, stdin: PASSWORD, fetch: calm });
          for (const secret of cert.secrets.entries.values())
            if (secret !== PASSWORD) tokens.add(JSON.parse(secret).accessToken);
          const env = stored || /^(login|register)/.test(line) ? {} : as('demo_nurse');
          const stdin = stdinOf(line);
          const options = { clock, env, fetch, stdin };
          const json = await cert.run(`${line} --json --debug`, options);
          const text = await cert.run(`${line} --debug --lang zh-CN`, options);
          expect(() => json.json).not.toThrow();
          expect([json.code, text.code]).not.toContain(1);
          expect(leaks(cert, [json.out, json.err, text.out, text.err], tokens)).toEqual([]);
        }
    });
  });

  it.each(['list', 'login -u demo_nurse --password-stdin'])(
    'does not show when the password is wrong: cert %s',
    async (line) => {
      const cert = installation();
      const { fetch, tokens } = portalWith(FAULTS.none as Fault, 'always');
      const env = line === 'list' ? as('demo_nurse', WRONG_PASSWORD) : {};
      const options = { clock: sandbox.clock, env, fetch, stdin: WRONG_PASSWORD };
      const { code, out, err } = await cert.run(`${line} --json --debug`, options);
      expect(code).toBe(4);
      expect(err).toContain('POST');
      expect(leaks(cert, [out, err], tokens)).toEqual([]);
    },
  );

  it.each([
    `list --password=${PASSWORD}`,
    `login ${PASSWORD} --token ${PASSWORD}`,
    `info ${idNumber}`,
    `list --portal https://user:${PASSWORD}@portal.test`,
    `list --portal ${PASSWORD}://user:${PASSWORD}@portal.test/?${PASSWORD}`,
  ])('does not show when it is in the wrong place: cert %s', async (line) => {
    const cert = installation();
    const { fetch, tokens } = portalWith(FAULTS.none as Fault, 'always');
    const { code, out, err } = await cert.run(`${line} --json --debug`, {
      clock: sandbox.clock,
      env: as('demo_nurse'),
      fetch,
    });
    expect(code).toBeGreaterThan(1);
    expect(leaks(cert, [out, err], tokens)).toEqual([]);
  });
});
