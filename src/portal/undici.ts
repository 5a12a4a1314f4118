/** The production `Fetch`: undici's dispatcher and request, without its `fetch`, for the sake of start-up. */
import { versions } from 'node:process';
import { setFlagsFromString } from 'node:v8';
import type { Dispatcher } from 'undici';
import { isLoopback } from '../domain/portal-origin.ts';
import type { Fetch, HttpResponse } from '../ports/http.ts';
import { type ProxySettings, proxyAgent } from './proxy.ts';

export interface UndiciOptions {
  readonly proxy?: ProxySettings;
  /** Shorter than the time for an answer: then it is certain that a request which ran out of it was not sent. */
  readonly connectTimeoutMs?: number;
  /** From the request to the end of the answer's headers. */
  readonly headersTimeoutMs?: number;
  /** Between two pieces of the answer's body. */
  readonly bodyTimeoutMs?: number;
}

/** Requests to this machine itself never go through a proxy. */
export async function createUndiciFetch(options: UndiciOptions = {}): Promise<Fetch> {
  const { connectTimeoutMs = 6_000, headersTimeoutMs = 30_000, bodyTimeoutMs = 30_000, proxy = {} } = options;
  compileWebAssemblyQuickly();
  const { default: request } = await import('undici/lib/api/api-request.js');
  const { default: Agent } = await import('undici/lib/dispatcher/agent.js');
  const limits = { headersTimeout: headersTimeoutMs, bodyTimeout: bodyTimeoutMs };
  // Said here, because what is not said NODE_TLS_REJECT_UNAUTHORIZED and the flags of Node.js decide.
  const tls = { timeout: connectTimeoutMs, rejectUnauthorized: true, minVersion: 'TLSv1.2' } as const;
  const direct = new Agent({ ...limits, connect: tls });
  const isProxied = Boolean(proxy.httpProxy || proxy.httpsProxy);
  let indirect: Promise<Dispatcher> | undefined;
  const dispatcherFor = async (hostname: string): Promise<Dispatcher> => {
    if (!isProxied || isLoopback(hostname)) return direct;
    indirect ??= proxyAgent(proxy, limits, tls);
    return indirect;
  };

  return async ({ method, url, headers, body, signal }) => {
    const { origin, hostname, pathname, search } = new URL(url);
    const answer = request.call(await dispatcherFor(hostname), {
      origin,
      path: pathname + search,
      method: method as Dispatcher.HttpMethod,
      headers: { ...headers },
      body: body ?? null,
      signal,
    });
    return Promise.race([answer.then(toResponse), untilAborted(signal)]);
  };
}

const toResponse = ({ statusCode, headers, body }: Dispatcher.ResponseData): HttpResponse => ({
  status: statusCode,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value = '']) => [name, [value].flat().join(', ')])),
  body,
});

/** undici hears of an abort only once it is connected. */
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

/** Node 20 spends longer on optimising undici's parser (WebAssembly) than a short program gains from it. */
function compileWebAssemblyQuickly(): void {
  if (versions.node.startsWith('20.')) setFlagsFromString('--liftoff-only');
}
