import type { Annotation, Certificate } from '../../contract/schemas.ts';
import { CertError } from '../../errors.ts';
import type { CommandDefinition } from '../command.ts';
import type { Context } from '../context.ts';
import { nothingBecause } from '../shared/empty-account.ts';
import { durationMs, wholeNumber } from '../shared/flags.ts';
import { selectCertificates } from '../shared/select.ts';
import { finishDelivered } from './finishing.ts';
import { generationError, type Waiting, type WaitLimits, waitResult, waitUntilGenerated } from './generation.ts';
import type { Result } from './results.ts';

interface WaitFlags {
  readonly timeout: string;
  readonly interval?: string;
}

export const wait: CommandDefinition = {
  configure: (command, messages, bind) =>
    bind(
      command
        .argument('[CERT...]', messages.help.argument.certificate)
        .option('--timeout <time>', messages.help.flag.waitTimeout, '24h')
        .option('--interval <seconds>', messages.help.flag.interval),
      (ctx, flags: WaitFlags, selectors: string[]) => runWait(ctx, selectors, waitLimits(flags)),
    ),
};

export const waitLimits = ({ timeout, interval }: WaitFlags): WaitLimits => ({
  timeoutMs: durationMs('--timeout', timeout),
  intervalMs: interval === undefined ? undefined : 1_000 * wholeNumber('--interval', interval, 1, 3_600),
});

export async function runWait(
  ctx: Waiting & Pick<Context, 'interruption' | 'prompts' | 'submissions'>,
  selectors: readonly string[],
  limits: WaitLimits,
): Promise<void> {
  const certificates = await (await ctx.holderPortal()).certificates();
  const { caughtUp } = await ctx.submissions();
  const selected =
    selectors.length === 0
      ? (await caughtUp(certificates)).filter(({ annotation }) => annotation?.status === 'generating')
      : await caughtUp(await selectCertificates(ctx, certificates, selectors));
  if (selected.length === 0) {
    const nothing = await nothingBecause(ctx, certificates, ctx.messages.wait.nothing);
    return ctx.terminal.result({ results: [] }, () => nothing);
  }
  const annotations = await waitForCertificates(ctx, selected, limits);
  await finishWait(ctx, annotations);
}

/** Waits for the latest annotation of each certificate. @throws CertError ANNOTATION_REQUIRED, ANNOTATION_NOT_REQUIRED */
async function waitForCertificates(
  ctx: Waiting & Pick<Context, 'interruption'>,
  selected: readonly Certificate[],
  limits: WaitLimits,
) {
  const waiting = selected.map(({ id, annotation, annotationRequired }): Annotation => {
    if (annotation !== null) return annotation;
    throw new CertError(annotationRequired ? 'ANNOTATION_REQUIRED' : 'ANNOTATION_NOT_REQUIRED', { certificate: id });
  });
  const ids = waiting.map(({ certificateId }) => certificateId).join(' ');
  ctx.interruption.explain(ctx.messages.annotate.goesOn(ids));
  return waitUntilGenerated(ctx, waiting, limits);
}

/** Reports the end of a wait, the failures of `others` included. */
export async function finishWait(
  ctx: Pick<Context, 'messages' | 'submissions' | 'terminal'>,
  annotations: readonly Annotation[],
  others: readonly Result[] = [],
): Promise<void> {
  const results = annotations.map(
    (annotation): Result => ({ ...waitResult(annotation), error: generationError(annotation) }),
  );
  const ready = annotations.filter(({ status }) => status === 'ready');
  const until = new Map(ready.map(({ id, validUntil }) => [id, validUntil]));
  const line = ({ certificateId, annotationId = '', outcome }: Result) =>
    outcome === 'ready' ? ctx.messages.wait.ready(certificateId, until.get(annotationId) ?? '?') : undefined;
  try {
    await finishDelivered(ctx, ready, [...results, ...others], line);
  } finally {
    const saveable = [...new Set(ready.map(({ certificateId }) => certificateId))].join(' ');
    if (saveable !== '') ctx.terminal.say(ctx.messages.wait.save(saveable));
  }
}
