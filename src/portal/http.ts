/** Sends requests to a portal that is not trusted, and again where that is safe and helps. */

import { CertError, EXIT, isCertError } from '../errors.ts';
import type { HttpResponse } from '../ports/http.ts';
import type { Random } from '../ports/surroundings.ts';
import { readAnswer } from './body.ts';
import { type AnswerLimits, type ExchangePorts, exchange, type Outgoing } from './exchange.ts';
import { secretsIn } from './secrets-in.ts';

/** Each method gives an answer below 400 and throws a CertError for all else. */
export interface Http {
  /** The whole answer, its body parsed; undefined where it has none. */
  json(outgoing: Outgoing): Promise<JsonAnswer>;
  /** The answer with its body still to be read, to its end. */
  open(outgoing: Outgoing): Promise<HttpResponse>;
  /** The same for what takes several requests: their answers together take as long as one may. */
  sharingTime(): Http;
}

export interface JsonAnswer {
  readonly status: number;
  readonly headers: HttpResponse['headers'];
  readonly body: unknown;
  /** The length of the body. */
  readonly bytes: number;
}

interface Ports extends ExchangePorts {
  readonly random: Random;
  readonly limits?: Required<AnswerLimits> | undefined;
}

/** With the start of `cert` and the reading of what came, an answer takes less than ten seconds in all. */
const LIMITS: Required<AnswerLimits> = { answerMs: 8_000, fileMs: 600_000 };
const ATTEMPTS = 4;
/** All pauses together that a portal asks for. */
const PAUSES_MS = 60_000;
const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 5_000;
/** A portal that asks for a longer pause is not waited for. */
const MAX_RETRY_AFTER_SECONDS = 30;
/** Who was kept waiting so long for nothing is told at once. */
const MAX_WASTED_MS = 5_000;

/** Too little for another attempt. */
const LEAST_MS = 50;

/** What is left, in milliseconds, for answers over all attempts, and for the pauses that a portal asks for. */
interface Budget {
  answersMs: number;
  pausesMs: number;
}

export function createHttp({ random, limits = LIMITS, ...ports }: Ports): Http {
  const { clock } = ports;
  const now = () => clock.now().getTime();
  const budgetOfOne = (): Budget => ({ answersMs: limits.answerMs, pausesMs: PAUSES_MS });

  const within = (budgetOf: () => Budget): Http => ({
    json: (outgoing) =>
      retried(outgoing, budgetOf(), async (answerMs) => {
        const answer = await exchange(ports, outgoing, { answerMs });
        const { value, bytes } = await readAnswer(answer, outgoing.subject.route.path);
        for (const found of secretsIn(value)) ports.learn?.(found);
        if (value !== undefined) ports.log?.body(value, outgoing.headers.authorization === undefined);
        return { ...answer, body: value, bytes };
      }),
    open: (outgoing) => retried(outgoing, budgetOf(), (answerMs) => exchange(ports, outgoing, { ...limits, answerMs })),
    sharingTime() {
      const budget = budgetOfOne();
      return within(() => budget);
    },
  });

  const timeIsUp = ({ url }: Outgoing, cause?: unknown) =>
    new CertError('TIMED_OUT', { host: new URL(url).host, afterMs: limits.answerMs }, { cause });

  async function timed<T>(budget: Budget, attempt: (leftMs: number) => Promise<T>): Promise<T> {
    const startedAt = now();
    try {
      return await attempt(budget.answersMs);
    } finally {
      budget.answersMs -= now() - startedAt;
    }
  }

  /** Reading and logging out are tried up to four times; everything else is sent once. */
  async function retried<T>(outgoing: Outgoing, budget: Budget, attempt: (leftMs: number) => Promise<T>): Promise<T> {
    const isSentOnce = outgoing.subject.route.method === 'POST';
    for (let attempts = 1; ; attempts += 1) {
      if (budget.answersMs < LEAST_MS) throw timeIsUp(outgoing);
      try {
        return await timed(budget, attempt);
      } catch (error) {
        // Of several requests it is said how long all of them took.
        if (budget.answersMs < LEAST_MS && isCertError(error, 'TIMED_OUT')) throw timeIsUp(outgoing, error.cause);
        const isLast = isSentOnce || attempts === ATTEMPTS;
        const pause = isLast ? undefined : pauseBeforeRetry(error, attempts, random());
        if (pause === undefined || pause.ms > budget[pause.from]) throw error;
        budget[pause.from] -= pause.ms;
        await clock.sleep(pause.ms);
      }
    }
  }

  return within(budgetOfOne);
}

/**
 * The time until the next attempt: exponential backoff with full jitter, at least what the portal asks for, and what it
 * is counted as. Undefined when another attempt would not help.
 */
function pauseBeforeRetry(
  error: unknown,
  attempts: number,
  random: number,
): { readonly ms: number; readonly from: keyof Budget } | undefined {
  if (!isCertError(error) || error.exit !== EXIT.unavailable || !error.retryable) return undefined;
  if (isCertError(error, 'TIMED_OUT') && error.params.afterMs > MAX_WASTED_MS) return undefined;
  const backoffMs = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempts - 1)) * random;
  const asked = isCertError(error, 'RATE_LIMITED', 'PORTAL_UNAVAILABLE') ? error.params.retryAfterSeconds : undefined;
  if (asked === undefined) return { ms: backoffMs, from: 'answersMs' };
  return asked > MAX_RETRY_AFTER_SECONDS ? undefined : { ms: Math.max(asked * 1_000, backoffMs), from: 'pausesMs' };
}
