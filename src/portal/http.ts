/** Sends requests to a portal that is not trusted, and again where that is safe and of use. */

import { EXIT, isCertError } from '../errors.ts';
import type { HttpResponse } from '../ports/http.ts';
import type { Random } from '../ports/surroundings.ts';
import { readAnswer } from './body.ts';
import { type ExchangePorts, exchange, type Outgoing } from './exchange.ts';
import { secretsIn } from './secrets-in.ts';

/** Each method gives an answer below 400 and throws a CertError for all else. */
export interface Http {
  /** The whole answer, its body parsed; undefined where it has none. */
  json(outgoing: Outgoing): Promise<JsonAnswer>;
  /** The answer with its body still to be read, to its end. */
  open(outgoing: Outgoing): Promise<HttpResponse>;
}

export interface JsonAnswer {
  readonly status: number;
  readonly headers: HttpResponse['headers'];
  readonly body: unknown;
}

/** Milliseconds for one request and its whole answer. */
export interface TimeLimits {
  readonly jsonMs: number;
  readonly fileMs: number;
}

interface Ports extends ExchangePorts {
  readonly random: Random;
  readonly limits?: TimeLimits | undefined;
}

const LIMITS: TimeLimits = { jsonMs: 60_000, fileMs: 600_000 };
const ATTEMPTS = 4;
/** No attempt begins later than this after the first. */
const RETRY_BUDGET_MS = 60_000;
const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 5_000;
/** A portal that asks for a longer pause is not waited for. */
const MAX_RETRY_AFTER_SECONDS = 30;

export function createHttp({ random, limits = LIMITS, ...ports }: Ports): Http {
  const { clock } = ports;

  /** Reading and logging out are tried up to four times; everything else is sent once. */
  async function retried<T>({ subject }: Outgoing, attempt: () => Promise<T>): Promise<T> {
    const startedAt = clock.now().getTime();
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await attempt();
      } catch (error) {
        const isLast = subject.route.method === 'POST' || attempts === ATTEMPTS;
        const pauseMs = isLast ? undefined : pauseBeforeRetryMs(error, attempts, random());
        if (pauseMs === undefined || clock.now().getTime() - startedAt + pauseMs > RETRY_BUDGET_MS) throw error;
        await clock.sleep(pauseMs);
      }
    }
  }

  return {
    json: (outgoing) =>
      retried(outgoing, async () => {
        const answer = await exchange(ports, outgoing, limits.jsonMs);
        const body = await readAnswer(answer, outgoing.subject.route.path);
        for (const found of secretsIn(body)) ports.learn?.(found);
        if (body !== undefined) ports.log?.body(body, outgoing.headers.authorization === undefined);
        return { ...answer, body };
      }),
    open: (outgoing) => retried(outgoing, () => exchange(ports, outgoing, limits.fileMs)),
  };
}

/**
 * Milliseconds until the next attempt: exponential backoff with full jitter, at least what the portal asks for.
 * Undefined when another attempt is of no use.
 */
function pauseBeforeRetryMs(error: unknown, attempts: number, random: number): number | undefined {
  if (!isCertError(error) || error.exit !== EXIT.unavailable || !error.retryable) return undefined;
  const backoffMs = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempts - 1)) * random;
  const asked = isCertError(error, 'RATE_LIMITED', 'PORTAL_UNAVAILABLE') ? error.params.retryAfterSeconds : undefined;
  if (asked === undefined) return backoffMs;
  return asked > MAX_RETRY_AFTER_SECONDS ? undefined : Math.max(asked * 1_000, backoffMs);
}
