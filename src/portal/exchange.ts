/** One request and its answer: time limit, redirects, refusals, and transport errors made understandable. */

import { CertError } from '../errors.ts';
import type { Fetch, HttpResponse } from '../ports/http.ts';
import type { Clock } from '../ports/surroundings.ts';
import { readRefusal, skip } from './body.ts';
import type { DebugLog } from './debug.ts';
import { transportFailure } from './failures.ts';
import { isPdf } from './file.ts';
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

/** Milliseconds, whatever the pace at which the pieces of an answer come. */
export interface AnswerLimits {
  /** For the whole answer, over all redirects. */
  readonly answerMs: number;
  /** Where a file was asked for: for its body, once its headers are there within `answerMs`. */
  readonly fileMs?: number;
}

/**
 * Sends once, and gives an answer below 400. A redirect is followed for reading, and within the portal's own origin:
 * the token never goes elsewhere.
 * @throws CertError whatever else happens, while the body is read as well
 */
export async function exchange(ports: ExchangePorts, outgoing: Outgoing, limits: AnswerLimits): Promise<HttpResponse> {
  const { route } = outgoing.subject;
  const endsAt = ports.clock.now().getTime() + limits.answerMs;
  let { url } = outgoing;
  for (const found of secretsOf(outgoing)) ports.learn?.(found);
  for (let hops = 0; ; hops += 1) {
    const answerMs = endsAt - ports.clock.now().getTime();
    const answer = await hop(ports, { ...outgoing, url }, { ...limits, answerMs });
    const { status, headers } = answer;
    if (status >= 400) {
      const body = await readRefusal(answer.body);
      if (body !== undefined) ports.log?.body(body);
      throw refusal({ status, headers, body }, outgoing, ports.clock.now());
    }
    if (status < 300 || status === 304) return answer;
    await skip(answer.body);
    const next = target(headers.location, url);
    const isElsewhere = next !== undefined && next.origin !== new URL(url).origin;
    if (next === undefined || isElsewhere || route.method !== 'GET' || hops === MAX_REDIRECTS)
      throw new CertError('PORTAL_PROTOCOL', {
        route: route.path,
        fault: isElsewhere ? { kind: 'elsewhere', host: next.host.slice(0, 100) } : { kind: 'redirect', status },
      });
    url = next.href;
  }
}

/** Where a redirect leads; undefined when that is no web address. */
function target(location: string | undefined, url: string): URL | undefined {
  if (location === undefined || !URL.canParse(location, url)) return undefined;
  const next = new URL(location, url);
  return /^https?:$/.test(next.protocol) ? next : undefined;
}

async function hop(
  ports: ExchangePorts,
  outgoing: Outgoing,
  { answerMs, fileMs }: AnswerLimits,
): Promise<HttpResponse> {
  const { fetch, clock, signal, log } = ports;
  const { url, headers, body, subject } = outgoing;
  const { method } = subject.route;
  const startedAt = clock.now().getTime();
  const elapsedMs = () => clock.now().getTime() - startedAt;
  const limit = timeLimit(signal, elapsedMs);
  const understood = (error: unknown): CertError =>
    transportFailure(limit.signal.aborted ? limit.signal.reason : error, new URL(url).host, elapsedMs());
  log?.request({ method, url, headers, body });
  try {
    limit.endAfter(answerMs);
    const answer = await fetch({ method, url, headers, body, signal: limit.signal });
    log?.answer(answer, elapsedMs(), answer.status < 400 && headers.authorization === undefined);
    if (fileMs !== undefined && answer.status < 300 && isPdf(answer.headers)) limit.endAfter(fileMs);
    return { ...answer, body: guarded(answer.body, limit, understood) };
  } catch (error) {
    limit.release();
    const failure = understood(error);
    log?.failure(failure.code, elapsedMs());
    throw failure;
  }
}

type TimeLimit = ReturnType<typeof timeLimit>;

/** A signal that is aborted with `cert` itself, and when the time is up. */
function timeLimit(ended: AbortSignal, elapsedMs: () => number) {
  const controller = new AbortController();
  const end = () => controller.abort(ended.reason);
  const timeIsUp = () => controller.abort(new DOMException('time limit', 'TimeoutError'));
  let timer: NodeJS.Timeout | undefined;
  let endsMs = Number.POSITIVE_INFINITY;
  ended.addEventListener('abort', end, { once: true });
  if (ended.aborted) end();
  return {
    signal: controller.signal,
    elapsedMs,
    /** So many milliseconds from now, whatever was said before. */
    endAfter(ms: number): void {
      clearTimeout(timer);
      endsMs = elapsedMs() + ms;
      timer = setTimeout(timeIsUp, ms);
    },
    /** A flood of small pieces may leave the timer no turn. @throws DOMException when the time is up */
    check(): void {
      if (elapsedMs() >= endsMs) timeIsUp();
      controller.signal.throwIfAborted();
    },
    release(): void {
      clearTimeout(timer);
      ended.removeEventListener('abort', end);
    },
  };
}

/** From its first piece on. A network that is slower makes no progress. */
const LEAST_BYTES_PER_SECOND = 100;
const PATIENCE_MS = 8_000;

async function* guarded(body: HttpResponse['body'], limit: TimeLimit, understood: (error: unknown) => CertError) {
  let bytes = 0;
  let startedMs: number | undefined;
  try {
    for await (const chunk of body) {
      limit.check();
      startedMs ??= limit.elapsedMs();
      bytes += chunk.length;
      const ms = limit.elapsedMs() - startedMs;
      if (ms > PATIENCE_MS && bytes * 1_000 < ms * LEAST_BYTES_PER_SECOND)
        throw new DOMException('too slow', 'TimeoutError');
      yield chunk;
    }
  } catch (error) {
    throw understood(error);
  } finally {
    limit.release();
  }
}
