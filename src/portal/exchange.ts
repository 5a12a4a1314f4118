/** One request and its answer: time limit, redirects, refusals, and transport errors made understandable. */

import { CertError } from '../errors.ts';
import type { Fetch, HttpResponse } from '../ports/http.ts';
import type { Clock } from '../ports/surroundings.ts';
import { readRefusal, skip } from './body.ts';
import type { DebugLog } from './debug.ts';
import { transportFailure } from './failures.ts';
import { refusal, type Subject } from './problems.ts';
import { type FoundSecret, secretsOf } from './secrets-in.ts';

export interface Outgoing {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Its route gives the method. */
  readonly subject: Subject;
}

export interface ExchangePorts {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Aborted with a CertError as its reason when `cert` itself is to end. */
  readonly signal: AbortSignal;
  readonly log?: DebugLog | undefined;
  /** Hears of every secret that is sent or comes. */
  readonly learn?: ((found: FoundSecret) => void) | undefined;
}

const MAX_REDIRECTS = 3;

/**
 * Sends once, and gives an answer below 400. A redirect is followed for reading, and within the portal's own origin:
 * the token never goes elsewhere. `limitMs` is for each hop, its body included.
 * @throws CertError whatever else happens, while the body is read as well
 */
export async function exchange(ports: ExchangePorts, outgoing: Outgoing, limitMs: number): Promise<HttpResponse> {
  const { route } = outgoing.subject;
  let { url } = outgoing;
  for (const found of secretsOf(outgoing)) ports.learn?.(found);
  for (let hops = 0; ; hops += 1) {
    const answer = await hop(ports, { ...outgoing, url }, limitMs);
    const { status, headers } = answer;
    if (status >= 400) {
      const body = await readRefusal(answer.body);
      if (body !== undefined) ports.log?.body(body);
      throw refusal({ status, headers, body }, outgoing, ports.clock.now());
    }
    if (status < 300 || status === 304) return answer;
    await skip(answer.body);
    const next = sameOrigin(headers.location, url);
    if (route.method !== 'GET' || hops === MAX_REDIRECTS || next === undefined)
      throw new CertError('PORTAL_PROTOCOL', { route: route.path, fault: { kind: 'redirect', status } });
    url = next;
  }
}

function sameOrigin(location: string | undefined, url: string): string | undefined {
  if (location === undefined || !URL.canParse(location, url)) return undefined;
  const next = new URL(location, url);
  return next.origin === new URL(url).origin ? next.href : undefined;
}

async function hop(ports: ExchangePorts, outgoing: Outgoing, limitMs: number): Promise<HttpResponse> {
  const { fetch, clock, signal, log } = ports;
  const { url, headers, body, subject } = outgoing;
  const { method } = subject.route;
  const startedAt = clock.now().getTime();
  const elapsedMs = () => clock.now().getTime() - startedAt;
  const limit = timeLimit(signal, limitMs);
  const understood = (error: unknown): CertError =>
    transportFailure(limit.signal.aborted ? limit.signal.reason : error, new URL(url).host, elapsedMs());
  log?.request({ method, url, headers, body });
  try {
    const answer = await fetch({ method, url, headers, body, signal: limit.signal });
    log?.answer(answer, elapsedMs(), answer.status < 400 && headers.authorization === undefined);
    return { ...answer, body: guarded(answer.body, understood, limit.release) };
  } catch (error) {
    limit.release();
    const failure = understood(error);
    log?.failure(failure.code, elapsedMs());
    throw failure;
  }
}

/** A signal that is aborted with `cert` itself, and when the time is up. */
function timeLimit(ended: AbortSignal, limitMs: number) {
  const controller = new AbortController();
  const end = () => controller.abort(ended.reason);
  ended.addEventListener('abort', end, { once: true });
  if (ended.aborted) end();
  const timer = setTimeout(() => controller.abort(new DOMException('time limit', 'TimeoutError')), limitMs);
  return {
    signal: controller.signal,
    release: () => {
      clearTimeout(timer);
      ended.removeEventListener('abort', end);
    },
  };
}

async function* guarded(body: HttpResponse['body'], understood: (error: unknown) => CertError, release: () => void) {
  try {
    yield* body;
  } catch (error) {
    throw understood(error);
  } finally {
    release();
  }
}
