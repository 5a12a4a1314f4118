/** Carries out the plans of `get` and `renew`: apply, save what is ready, wait, save the rest. */

import type { Annotation, Certificate } from '../../contract/schemas.ts';
import { suits } from '../../domain/get-plan.ts';
import { type CertError, isCertError } from '../../errors.ts';
import type { WalletFile } from '../../ports/wallet.ts';
import type { Context } from '../context.ts';
import { endsAll } from './after-failure.ts';
import type { AnnotationWish } from './annotation-wish.ts';
import { type Applying, applyFor } from './applying.ts';
import { generationError, type Waiting, type WaitLimits, waitUntilGenerated } from './generation.ts';
import type { PlanOptions, Task } from './planning.ts';
import { fileValidUntil } from './ready-copy.ts';
import type { Result } from './results.ts';
import { saveTarget } from './save-target.ts';
import { printCertificate, type Saving, saveAndRemember } from './saving.ts';

/** What carrying out a plan takes. */
export type Getting = Applying & Saving & Waiting & Pick<Context, 'interruption'>;

export interface GetOptions extends PlanOptions {
  readonly resubmit: boolean;
  readonly keepUnverified?: boolean | undefined;
  readonly limits: WaitLimits;
}

/** One task on its way; its annotation once it is known. */
interface Pending {
  readonly task: Task;
  readonly annotation: Annotation | null;
}

/** Gives a result for every task. Nothing is sent before it is known that the file can be saved. */
export async function carryOut(
  ctx: Getting,
  tasks: readonly Task[],
  wish: AnnotationWish,
  all: readonly Certificate[],
  options: GetOptions,
): Promise<Result[]> {
  const results = new Map<Task, Result>();
  let ended: CertError | undefined;

  /** Records how a task ended; a failure that ends all keeps the others back. */
  async function attempt({ task, annotation }: Pending, work: () => Promise<Result | undefined>): Promise<void> {
    const certificateId = task.certificate.id;
    const about = { certificateId, ...(annotation === null ? {} : { annotationId: annotation.id }) };
    try {
      if (ended !== undefined) results.set(task, { ...about, outcome: 'skipped', reason: ended });
      else {
        const result = await work();
        if (result !== undefined) results.set(task, result);
      }
    } catch (error) {
      if (!isCertError(error)) throw error;
      const outcome = annotation?.status === 'generating' ? 'generating' : 'failed';
      results.set(task, { ...about, outcome, error });
      if (endsAll(error)) ended = error;
    }
  }

  const pending: Pending[] = [];
  for (const task of tasks)
    await attempt({ task, annotation: null }, async () => {
      const { plan } = task;
      if (plan.step === 'refuse') throw plan.error;
      if (plan.step === 'up-to-date') return upToDate(ctx, task, plan.saved);
      const annotation = plan.step === 'apply' ? await apply(ctx, task, wish, all, options) : plan.annotation;
      pending.push({ task, annotation });
      return undefined;
    });

  const save = (one: Pending) => attempt(one, () => saved(ctx, one, all, options));
  for (const one of pending) if (one.annotation?.status !== 'generating') await save(one);
  const generating = pending.filter(({ task }) => !results.has(task));
  // One annotation may be kept in several places.
  const waitFor = [...new Map(generating.flatMap(({ annotation: one }) => (one ? [[one.id, one]] : []))).values()];
  if (waitFor.length > 0 && ended === undefined) {
    ctx.interruption.explain(ctx.messages.get.resume(waitFor.map(({ certificateId }) => certificateId).join(' ')));
    const ready = (annotation: Annotation) =>
      Promise.all(
        generating.filter((one) => one.annotation?.id === annotation.id).map(({ task }) => save({ task, annotation })),
      );
    await waitUntilGenerated(ctx, waitFor, options.limits, ready).catch((error) => {
      if (!isCertError(error)) throw error;
      ended = error;
    });
  }
  for (const { task, annotation } of generating)
    if (!results.has(task) && annotation !== null)
      results.set(task, {
        certificateId: task.certificate.id,
        annotationId: annotation.id,
        outcome: 'generating',
        error: ended ?? generationError(annotation),
      });
  return tasks.map((task) => results.get(task) as Result);
}

async function apply(
  ctx: Applying & Pick<Context, 'files' | 'interruption' | 'wallet'>,
  { certificate, output, known }: Task,
  { scenario, validDays, validUntil, appliedOn }: AnnotationWish,
  all: readonly Certificate[],
  { minDays, reserve, resubmit, force }: GetOptions,
): Promise<Annotation> {
  if (output !== '-') {
    const target = await saveTarget(ctx, certificate, all, output, validUntil);
    await (await ctx.files()).ensureWritable(target, { force });
    await (await ctx.wallet()).ensureWritable();
  }
  ctx.interruption.explain(ctx.messages.get.resume(certificate.id));
  const serves = (annotation: Annotation) => suits(annotation, { scenario, today: appliedOn, minDays });
  const { id, annotation: seen } = certificate;
  return applyFor(ctx, id, { scenario, validDays, seen, known, serves, reserve, resubmit });
}

async function saved(
  ctx: Saving,
  { task, annotation }: Pending,
  all: readonly Certificate[],
  { force, keepUnverified }: GetOptions,
): Promise<Result> {
  const error = annotation === null ? undefined : generationError(annotation);
  if (error !== undefined) throw error;
  const certificate = { ...task.certificate, annotation };
  const about = { certificateId: certificate.id, ...(annotation === null ? {} : { annotationId: annotation.id }) };
  if (task.output === '-') {
    await printCertificate(ctx, certificate);
    return { ...about, outcome: 'saved' };
  }
  const options = { output: task.output, force, replaceOwn: true, keepUnverified };
  const { outcome, ...file } = await saveAndRemember(ctx, certificate, all, options);
  return { ...about, outcome, file: { ...file, validUntil: fileValidUntil(certificate) } };
}

async function upToDate(
  ctx: Pick<Context, 'files' | 'terminal'>,
  { certificate, output }: Task,
  saved: WalletFile,
): Promise<Result> {
  const { path, sha256, bytes, annotationId, validUntil, verdict } = saved;
  if (output === '-') await ctx.terminal.bytes(await (await ctx.files()).contents(path));
  return {
    certificateId: certificate.id,
    outcome: 'up-to-date',
    ...(annotationId === null ? {} : { annotationId }),
    file: { path, sha256, bytes, validUntil: validUntil ?? undefined, verdict },
  };
}
