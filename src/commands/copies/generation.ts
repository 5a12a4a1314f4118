import type { Annotation } from '../../contract/schemas.ts';
import { shanghaiMinute } from '../../domain/calendar.ts';
import { pollDelayMs } from '../../domain/poll-schedule.ts';
import { GENERATION_LIMIT_MS } from '../../domain/published-rules.ts';
import { isOneOf } from '../../domain/words.ts';
import { CertError, EXIT, isCertError } from '../../errors.ts';
import type { HolderPortal } from '../../ports/holder-portal.ts';
import type { Portal } from '../../ports/portal.ts';
import type { Clock } from '../../ports/surroundings.ts';
import type { Messages } from '../../ui/messages/en/index.ts';
import { failureOf } from '../../ui/messages/failure.ts';
import type { Context } from '../context.ts';

export interface WaitLimits {
  readonly timeoutMs: number;
  /** Fixed time between two questions to the portal; undefined for the schedule of the domain. */
  readonly intervalMs?: number | undefined;
}

/** What waiting takes. */
export type Waiting = Pick<Context, 'clock' | 'holderPortal' | 'messages' | 'portal' | 'random' | 'terminal'>;

/** A sleeping laptop stops the timers, not the clock: a long pause is made of pieces. */
const LONGEST_SLEEP_MS = 60_000;

/**
 * Asks the portal until nothing is generating any more or the time is up, and gives each annotation as it was last
 * seen; `onEnd` hears of each that stops generating meanwhile. The deadline is wall-clock time, so a sleeping laptop
 * does not stretch it; nor does a clock that is set back, for the pauses are counted too. A portal that is away or
 * answers nonsense for a while does not end the wait; a refused login does.
 * @throws CertError what ends the wait, with the annotations as `results` in its data
 */
export async function waitUntilGenerated(
  ctx: Waiting,
  annotations: readonly Annotation[],
  { timeoutMs, intervalMs }: WaitLimits,
  onEnd: (annotation: Annotation) => Promise<unknown> = async () => undefined,
): Promise<Annotation[]> {
  const { clock, terminal, messages } = ctx;
  const deadline = clock.now().getTime() + timeoutMs;
  let latest = [...annotations];
  let pending = latest.filter(isGenerating);
  if (pending.length === 0) return latest;
  const holderPortal = await ctx.holderPortal();
  let overdueSaid = false;
  let pausedMs = 0;
  let progress = terminal.progress(calmText(pending, messages));
  try {
    while (pending.length > 0 && clock.now().getTime() < deadline && pausedMs < timeoutMs) {
      const sinceRequestMs = clock.now().getTime() - oldestRequest(pending);
      if (sinceRequestMs > GENERATION_LIMIT_MS && !overdueSaid) {
        overdueSaid = true;
        terminal.warn(messages.wait.overdue(await helplines(await ctx.portal())));
      }
      pausedMs += await pause(clock, intervalMs ?? pollDelayMs(Math.max(0, sinceRequestMs), ctx.random()), deadline);
      try {
        const isLast = clock.now().getTime() >= deadline || pausedMs >= timeoutMs;
        latest = await refresh(holderPortal, latest, isLast);
      } catch (error) {
        if (!isCertError(error) || error.exit !== EXIT.unavailable) throw error;
        progress.update(messages.wait.troubled(failureOf(error, messages).message));
        pausedMs += await pause(clock, retryAfterMs(error), deadline);
        continue;
      }
      const ended = latest.filter(({ id, status }) => status !== 'generating' && pending.some((one) => one.id === id));
      pending = latest.filter(isGenerating);
      if (ended.length > 0) progress.stop();
      for (const annotation of ended) await onEnd(annotation);
      if (pending.length === 0) break;
      if (ended.length > 0) progress = terminal.progress(calmText(pending, messages));
      else progress.update(calmText(pending, messages));
    }
    return latest;
  } catch (error) {
    if (!isCertError(error)) throw error;
    // After a login or an interruption the hint says it.
    if (error.exit < EXIT.interrupted && error.exit !== EXIT.login)
      terminal.say(messages.annotate.goesOn(certificateIds(pending)));
    throw error.withData({ results: latest.map(waitResult) });
  } finally {
    progress.stop();
  }
}

const isGenerating = ({ status }: Annotation): boolean => status === 'generating';

const oldestRequest = (annotations: readonly Annotation[]): number =>
  Math.min(...annotations.map(({ requestedAt }) => Date.parse(requestedAt)));

const certificateIds = (annotations: readonly Annotation[]): string =>
  annotations.map(({ certificateId }) => certificateId).join(' ');

const calmText = (pending: readonly Annotation[], { wait }: Messages): string =>
  wait.waiting(pending.length, shanghaiMinute(new Date(oldestRequest(pending))));

/** Sleeps for `ms`, at most until the deadline. Gives the milliseconds that it slept. */
async function pause(clock: Clock, ms: number, deadline: number): Promise<number> {
  const startedAt = clock.now().getTime();
  const end = Math.min(startedAt + ms, deadline);
  let sleptMs = 0;
  while (sleptMs < end - startedAt && clock.now().getTime() < end) {
    const pieceMs = Math.min(LONGEST_SLEEP_MS, end - clock.now().getTime());
    await clock.sleep(pieceMs);
    sleptMs += pieceMs;
  }
  return sleptMs;
}

const retryAfterMs = (error: CertError): number =>
  isCertError(error, 'RATE_LIMITED', 'PORTAL_UNAVAILABLE') ? (error.params.retryAfterSeconds ?? 0) * 1_000 : 0;

/** One annotation of a wait that goes on or is over, as a result. */
export const waitResult = ({ id, certificateId, status }: Annotation) => ({
  certificateId,
  outcome: isOneOf(['ready', 'generating'], status) ? status : ('failed' as const),
  annotationId: id,
});

const helplines = (portal: Pick<Portal, 'meta'>): Promise<readonly string[]> =>
  portal.meta().then(
    (meta) => meta.helplines,
    () => [],
  );

/** So many are asked for one by one before a wait is given up. */
const MOST_ASKED = 20;

/**
 * One request for all that wait: the list shows the latest annotation of each; what it does not show is asked for alone.
 * The list may lag, so that for the last time (`isLast`) the annotations themselves are asked for.
 */
async function refresh(
  holderPortal: Pick<HolderPortal, 'annotation' | 'certificates'>,
  annotations: readonly Annotation[],
  isLast: boolean,
): Promise<Annotation[]> {
  const isEachAsked = annotations.length === 1 || (isLast && annotations.length <= MOST_ASKED);
  const certificates = isEachAsked ? [] : await holderPortal.certificates();
  const shown = new Map(
    certificates.flatMap(({ annotation }) => (annotation === null ? [] : [[annotation.id, annotation]])),
  );
  return Promise.all(annotations.map(async ({ id }) => shown.get(id) ?? holderPortal.annotation(id)));
}

/** What the end of a wait means for one annotation. */
export function generationError(annotation: Annotation): CertError | undefined {
  const certificate = annotation.certificateId;
  switch (annotation.status) {
    case 'ready':
      return undefined;
    case 'generating':
      return new CertError('ANNOTATION_GENERATING', { certificate });
    case 'expired':
      return new CertError('ANNOTATION_EXPIRED', {
        certificate,
        ...(annotation.validUntil === undefined ? {} : { validUntil: annotation.validUntil }),
      });
    case 'failed':
      return new CertError('ANNOTATION_FAILED', {
        certificate,
        ...(annotation.failure === undefined ? {} : { said: annotation.failure }),
      });
    default:
      return new CertError('STATUS_NOT_KNOWN', { certificate, annotation: annotation.id, status: annotation.status });
  }
}
