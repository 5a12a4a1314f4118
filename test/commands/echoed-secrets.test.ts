/** A portal that gives back what it was told, or what it hands out, where people and logs see it. */
import { describe, expect, it } from 'vitest';
import type { Fetch, HttpRequest, HttpResponse } from '../../src/ports/http.ts';
import { seedAccounts } from '../../src/sandbox/people.ts';
import { as, globalFetch, installation } from '../support/cert.ts';
import { useSandbox } from '../support/sandbox.ts';

const sandbox = useSandbox();
const here = () => ({ clock: sandbox.clock });
const PASSWORD = 'Sandbox2026';
const TOKEN = 'Planted-Token-0123456789';
const { idNumber = '' } = seedAccounts().demo_nurse ?? {};

const jsonAnswer = (status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: (async function* () {
    yield Buffer.from(JSON.stringify(body));
  })(),
});

async function bodyOf({ body }: HttpResponse) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? undefined : JSON.parse(text);
}

const isLogIn = ({ method, url }: HttpRequest) => method === 'POST' && url.endsWith('/sessions');

/** The sandbox, with sessions whose token is {@link TOKEN}, and every answer changed. */
function changing(change: (body: never, request: HttpRequest) => void, headers: Record<string, string> = {}): Fetch {
  let real = '';
  return async (request) => {
    const { authorization, ...others } = request.headers;
    const answer = await globalFetch({
      ...request,
      headers: authorization === undefined ? others : { ...others, authorization: `Bearer ${real}` },
    });
    if (!answer.headers['content-type']?.includes('json')) return answer;
    const body = await bodyOf(answer);
    if (isLogIn(request)) {
      real = body.accessToken;
      body.accessToken = TOKEN;
    }
    change(body as never, request);
    return jsonAnswer(answer.status, body, headers);
  };
}

const spelt = (secret: string) => ({
  plain: secret,
  escaped: [...secret].map((one) => `\\u00${one.charCodeAt(0).toString(16)}`).join(''),
  percent: `%${Buffer.from(secret).toString('hex').match(/../g)?.join('%')}`,
  base64: Buffer.from(`user:${secret}`).toString('base64'),
});
const SPELLINGS = ['plain', 'escaped', 'percent', 'base64'] as const;

const tells = (text: string, ...secrets: string[]) =>
  secrets.flatMap((secret) => Object.values(spelt(secret)).filter((spelling) => text.includes(spelling.slice(0, 30))));

describe('what a portal gives back', () => {
  it.each(SPELLINGS)('in its headers is hidden (%s), the token of this run too', async (spelling) => {
    const value = `${spelt(TOKEN)[spelling]} ${spelt(PASSWORD)[spelling]}`;
    const headers = { server: value, etag: `"${value}"`, 'x-request-id': value, via: `${'x'.repeat(190)} ${value}` };
    const fetch = changing(() => {}, headers);
    const { err, out } = await installation().run('list --debug --json', { ...here(), fetch, env: as('demo_nurse') });
    expect(err).toContain('< 20');
    expect(tells(err + out, TOKEN, PASSWORD)).toEqual([]);
    expect(err).not.toContain(TOKEN.slice(0, 9));
  });

  it.each(SPELLINGS)('in its words and names of requests is hidden (%s)', async (spelling) => {
    const fetch: Fetch = async (request) => {
      if (!isLogIn(request)) return globalFetch(request);
      const { password } = JSON.parse(request.body ?? '{}');
      const echo = spelt(password)[spelling];
      return jsonAnswer(
        400,
        { code: 'MALFORMED_REQUEST', detail: `not: ${echo}`, requestId: password },
        { 'x-request-id': password },
      );
    };
    for (const line of ['login -u demo_nurse', 'login -u demo_nurse --debug']) {
      const { code, err, out } = await installation().run(line, { ...here(), fetch, answers: ['Typed-Secret-1'] });
      expect(code).toBe(6);
      expect(tells(err + out, 'Typed-Secret-1')).toEqual([]);
    }
    const { json, out } = await installation().run('login -u demo_nurse --password-stdin --json', {
      ...here(),
      fetch,
      stdin: 'Piped-Secret-1',
    });
    expect(json.error.code).toBe('PORTAL_REFUSED');
    expect(tells(out, 'Piped-Secret-1')).toEqual([]);
  });

  it.each(['text/Typed-Secret-1', 'Typed-/Secret-1', 'Typed$-Secret$-1/x'])(
    'as a content type is hidden: %s',
    async (type) => {
      const fetch: Fetch = async (request) =>
        isLogIn(request) ? jsonAnswer(200, {}, { 'content-type': type }) : globalFetch(request);
      const secret = type.replace(/^text\/|\/x$/g, '');
      const { code, err } = await installation().run('login -u demo_nurse --debug', {
        ...here(),
        fetch,
        answers: [secret],
      });
      expect(code).toBe(10);
      expect(err).not.toMatch(/Typed-Secret|Typed.?-/);
    },
  );

  it.each(['list', 'info c-nurse-2023', 'info'])('in any field of a certificate is hidden: cert %s', async (line) => {
    const fetch = changing((body: { items?: Record<string, unknown>[]; id?: string }) => {
      const certificates = body?.items ?? (body?.id === undefined ? [] : [body as Record<string, unknown>]);
      for (const one of certificates)
        if (typeof one.qualification === 'string') {
          one.qualification = `护士${idNumber}`;
          one.specialty = `${PASSWORD} ${TOKEN}`;
          one.issuer = spelt(TOKEN).percent;
        }
    });
    const options = { ...here(), fetch, env: as('demo_nurse') };
    for (const how of ['', ' --json', ' --debug']) {
      const { err, out } = await installation().run(line + how, options);
      expect(out + err).toContain('护士');
      expect(tells(out + err, TOKEN, PASSWORD, idNumber)).toEqual([]);
      expect(out + err).not.toMatch(/Sandbox2|Planted-/);
    }
  });

  it('is shown where it is the number that --show-pii asks for', async () => {
    const number = '11010519491231002X';
    const fetch = changing((body: { items?: { qualification: string }[] }) => {
      for (const one of body?.items ?? []) one.qualification = number;
    });
    const options = { ...here(), fetch, env: as('demo_nurse') };
    expect((await installation().run('list --json', options)).out).not.toContain(number);
    expect((await installation().run('list --json --show-pii', options)).out).toContain(number);
  });
});

describe('what is no secret', () => {
  it('is shown although a password is the same: the id of a certificate', async () => {
    const ids = changing((body: { items?: { id: string }[] }) => {
      for (const one of body?.items ?? []) one.id = `c${one.id.slice(-4)}-1`;
    });
    const fetch: Fetch = (request) => {
      const body = isLogIn(request) ? JSON.stringify({ username: 'demo_nurse', password: PASSWORD }) : request.body;
      return ids({ ...request, body });
    };
    const options = { ...here(), fetch, env: as('demo_nurse', 'c2023-1') };
    const { json } = await installation().run('list --json', options);
    expect(json.data.certificates.map(({ id }: { id: string }) => id)).toContain('c2023-1');
  });
});

describe('a secret in an address', () => {
  it.each([
    'user:Planted-Secret@portal.test',
    'https://user:Planted-Secret@portal.test',
    'https://user:Planted/Secret@portal.test',
    'https://user:Planted-Secret%40portal.test',
    'https://Planted-Secret@portal.test',
  ])('is shown by nobody: %s', async (address) => {
    for (const line of ['whoami', 'list', 'login -u demo_nurse --password-stdin'])
      for (const how of ['', ' --json', ' --debug']) {
        const env = { CERT_PORTAL: address, CERT_TOKEN: 'planted-token-1' };
        const { code, err, out } = await installation().run(line + how, { ...here(), env, stdin: PASSWORD });
        expect(code).toBe(2);
        expect(out + err).not.toMatch(/Planted|Secret/);
        const flagged = await installation().run(`${line}${how} --portal ${address}`, { ...here(), stdin: PASSWORD });
        expect(flagged.code).toBeGreaterThan(1);
        expect(flagged.out + flagged.err).not.toMatch(/Planted|Secret/);
      }
  });
});
