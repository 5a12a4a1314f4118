import { describe, expect, it } from 'vitest';
import type { Fetch, HttpResponse } from '../../../src/ports/http.ts';
import { as, globalFetch, installation } from '../../support/cert.ts';
import { useSandbox } from '../../support/sandbox.ts';

const sandbox = useSandbox();
const run = (cert: ReturnType<typeof installation>, fetch: Fetch) =>
  cert.run('get c-nurse-2023 --yes --json', { env: as('demo_nurse'), clock: sandbox.clock, fetch });
const made = async () =>
  (await sandbox.state()).annotations.filter(({ certificateId }) => certificateId === 'c-nurse-2023').length;

const answer = (status: number, type: string, body: string): HttpResponse => ({
  status,
  headers: { 'content-type': type, location: '/api/v1/certificates/c-nurse-2023/annotations' },
  body: (async function* () {
    yield Buffer.from(body);
  })(),
});
const PROBLEM_CODES: Readonly<Record<number, string>> = {
  401: 'SESSION_EXPIRED',
  429: 'RATE_LIMITED',
  409: 'CONFLICT',
};
const asProblem = (status: number) =>
  answer(status, 'application/problem+json', JSON.stringify({ status, code: PROBLEM_CODES[status] ?? 'BLOCKED' }));
const asPage = (status: number) => answer(status, 'text/html', '<html><body>gateway</body></html>');

/** Something on the way answers an application itself, `times` times; it may have passed it on. */
function gateway(
  passesOn: boolean,
  say: () => HttpResponse,
  times: number,
): { fetch: Fetch; keys: Set<string | undefined> } {
  const keys = new Set<string | undefined>();
  let left = times;
  const fetch: Fetch = async (request) => {
    if (request.method !== 'POST' || !request.url.endsWith('/annotations')) return globalFetch(request);
    keys.add(request.headers['idempotency-key']);
    if (left-- <= 0) return globalFetch(request);
    if (passesOn) await globalFetch(request);
    return say();
  };
  return { fetch, keys };
}

const ANSWERS = [308, 401, 403, 404, 409, 429, 502].flatMap((status) => [
  [status, 'problem', () => asProblem(status)] as const,
  [status, 'page', () => asPage(status)] as const,
]);

describe.each([true, false])('a gateway before a portal that is idempotent: %s', (idempotentSubmit) => {
  it.each(ANSWERS)('that passes an application on and answers %i as a %s costs no second slot', async (_, __, say) => {
    await sandbox.control('POST', '/settings', { features: { idempotentSubmit } });
    const cert = installation();
    const { fetch, keys } = gateway(true, say, 9);
    expect((await run(cert, fetch)).code).toBe(0);
    expect({ made: await made(), keys: keys.size }).toEqual({ made: 1, keys: 1 });
  });

  it.each(ANSWERS)('that answers %i as a %s in its place makes nobody apply under another key', async (_, __, say) => {
    await sandbox.control('POST', '/settings', { features: { idempotentSubmit } });
    const cert = installation();
    const { fetch, keys } = gateway(false, say, 2);
    await run(cert, fetch);
    await run(cert, fetch);
    const { code } = await run(cert, fetch);
    expect({ code, made: await made(), keys: keys.size }).toEqual(
      idempotentSubmit ? { code: 0, made: 1, keys: 1 } : { code: 9, made: 0, keys: 1 },
    );
  });
});
