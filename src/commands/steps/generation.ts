import type { Context, Portal } from '../../context.ts';
import { shanghaiTime } from '../../domain/calendar.ts';
import { pollDelayMs } from '../../domain/poll-schedule.ts';
import { GENERATION_LIMIT_MS } from '../../domain/rules.ts';
import { CertError, EXIT, isCertError } from '../../errors.ts';
import { failureOf } from '../../failure.ts';
import type { Annotation } from '../../portal/contract/schemas.ts';

export interface WaitLimits {
  readonly timeoutMs: number;
  /** Fixed time between two questions to the portal; undefined for the schedule of the domain. */
  readonly intervalMs?: number | undefined;
}

type Ports = Pick<Context, 'clock' | 'random' | 'terminal' | 'messages' | 'interruption'>;

/**
 * Asks the portal until nothing is generating any more or the time is up, and gives each annotation as it was last
 * seen; `onEnd` hears of each that stops generating meanwhile. The deadline is wall-clock time, so a sleeping laptop does not stretch it. A portal that is away or answers
 * nonsense for a while does not end the wait; a refused login does.
 */
export async function waitUntilGenerated(
  ctx: Ports,
  portal: Portal,
  annotations: readonly Annotation[],
  { timeoutMs, intervalMs }: WaitLimits,
  onEnd: (annotation: Annotation) => Promise<unknown> = async () => undefined,
): Promise<Annotation[]> {
  const deadline = ctx.clock.now().getTime() + timeoutMs;
  const requestedAt = Math.min(...annotations.map((annotation) => Date.parse(annotation.requestedAt)));
  const { wait } = ctx.messages;
  const calm = wait.waiting(annotations.length, shanghaiTime(new Date(requestedAt)).slice(0, 16).replace('T', ' '));
  let latest = [...annotations];
  const ended = new Set(annotations.flatMap(({ id, status }) => (status === 'generating' ? [] : [id])));
  let overdueSaid = false;
  let progress = ctx.terminal.progress(calm);
  try {
    while (latest.some(({ status }) => status === 'generating')) {
      const now = ctx.clock.now().getTime();
      if (now >= deadline) break;
      if (now - requestedAt > GENERATION_LIMIT_MS && !overdueSaid) {
        overdueSaid = true;
        ctx.terminal.warn(wait.overdue(await helplines(portal)));
      }
      let delay = intervalMs ?? pollDelayMs(Math.max(0, now - requestedAt), ctx.random());
      await ctx.clock.sleep(Math.min(delay, deadline - now));
      try {
        latest = await refresh(portal, latest);
        progress.update(calm);
      } catch (error) {
        if (!isCertError(error) || error.exit !== EXIT.unavailable) throw error;
        progress.update(wait.troubled(failureOf(error, ctx.messages).message));
        delay = retryAfterMs(error);
        const left = deadline - ctx.clock.now().getTime();
        if (delay > 0 && left > 0) await ctx.clock.sleep(Math.min(delay, left));
      }
      const fresh = latest.filter(({ id, status }) => status !== 'generating' && !ended.has(id));
      if (fresh.length === 0) continue;
      progress.stop();
      for (const annotation of fresh) await onEnd(annotation);
      for (const { id } of fresh) ended.add(id);
      if (latest.some(({ status }) => status === 'generating')) progress = ctx.terminal.progress(calm);
    }
    return latest;
  } finally {
    progress.stop();
  }
}

const retryAfterMs = (error: CertError): number =>
  isCertError(error, 'RATE_LIMITED') ? (error.params.retryAfterSeconds ?? 0) * 1_000 : 0;

const helplines = (portal: Portal): Promise<readonly string[]> =>
  portal.meta().then(
    (meta) => meta.helplines,
    () => [],
  );

/** One request for all that wait: the list shows the latest annotation of each; only an older one is asked for alone. */
async function refresh(portal: Portal, annotations: readonly Annotation[]): Promise<Annotation[]> {
  const [only, ...others] = annotations;
  if (only !== undefined && others.length === 0) return [await portal.annotation(only.id)];
  const shown = new Map(
    (await portal.certificates()).flatMap(({ annotation }) =>
      annotation === null ? [] : [[annotation.id, annotation]],
    ),
  );
  return Promise.all(annotations.map(async ({ id }) => shown.get(id) ?? portal.annotation(id)));
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
        ...(annotation.failure === undefined ? {} : { reason: annotation.failure }),
      });
  }
}
