import { CertError } from '../../src/errors.ts';
import { createDebugLog } from '../../src/portal/debug.ts';
import { createHttp } from '../../src/portal/http.ts';
import type { Fetch, HttpRequest } from '../../src/ports/http.ts';
import type { Clock } from '../../src/ports/surroundings.ts';

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, with its content type. */
  readonly body?: object | string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** More than any test needs: who asks more often would never stop. */
const MOST_REQUESTS = 1_000;

/** A portal that gives one answer a request, an error for a connection that fails; the last one again and again. */
export function fakeFetch(...answers: (Answer | Error)[]): { fetch: Fetch; requests: HttpRequest[] } {
  const requests: HttpRequest[] = [];
  const fetch: Fetch = async (request) => {
    if (requests.length === MOST_REQUESTS) throw new Error('asked without end');
    const answer = answers[Math.min(requests.length, answers.length - 1)];
    requests.push(request);
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no answer');
    const { status = 200, headers = {}, body = '' } = answer;
    const type: Record<string, string> = isPlain(body) ? { 'content-type': 'application/json' } : {};
    return { status, headers: { ...type, ...headers }, body: pieces(body) };
  };
  return { fetch, requests };
}

const isPlain = (body: NonNullable<Answer['body']>): boolean =>
  typeof body === 'object' && !(body instanceof Uint8Array) && !(Symbol.asyncIterator in body);

async function* pieces(body: NonNullable<Answer['body']>): AsyncIterable<Uint8Array> {
  if (typeof body === 'string') yield Buffer.from(body);
  else if (body instanceof Uint8Array) yield body;
  else if (Symbol.asyncIterator in body) yield* body;
  else yield Buffer.from(JSON.stringify(body));
}

/** A problem document of the portal. */
export const problem = (status: number, code: string, facts: object = {}, headers = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/problem+json', ...headers },
  body: JSON.stringify({ type: 'about:blank', status, code, ...facts }),
});

/** A transport's error with the code of its system. */
export const systemError = (code: string, details: object = {}): Error =>
  Object.assign(new Error(code), { code, ...details });

const NOW = '2026-11-24T00:00:00Z';

/** A clock on which only sleeping takes time. */
export function fakeClock(): Clock & { pauses: number[] } {
  const pauses: number[] = [];
  let now = Date.parse(NOW);
  return {
    pauses,
    now: () => new Date(now),
    sleep: async (ms) => {
      pauses.push(ms);
      now += ms;
    },
  };
}

/** The real HTTP over a fetch, with a clock of its own; `random` is the share of each backoff. */
export function httpOver(fetch: Fetch, { random = 1, signal = new AbortController().signal } = {}) {
  const clock = fakeClock();
  const lines: string[] = [];
  const http = createHttp({
    fetch,
    clock,
    random: () => random,
    signal,
    log: createDebugLog((line) => void lines.push(line)),
  });
  return { http, clock, lines };
}

/** The failure of a promise, as scripts see it. */
export async function failureOf(promise: Promise<unknown>): Promise<CertError> {
  const error = await promise.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof CertError) return error;
  throw error;
}
