/** The steps of `get` for several certificates at once: plan, apply, wait, save. */
import type { Context, Portal, SavedRecord } from '../../context.ts';
import { type GetPlan, planGet } from '../../domain/get-plan.ts';
import { CertError, EXIT, isCertError } from '../../errors.ts';
import type { Annotation, Certificate } from '../../portal/contract/schemas.ts';
import { today } from './describe.ts';
import { generationError, type WaitLimits, waitUntilGenerated } from './generation.ts';
import type { AnnotationWish } from './request.ts';
import type { Result } from './results.ts';
import { fileValidUntil, saveAndRemember, saveTarget } from './saving.ts';

export interface GetOptions {
  readonly minDays: number;
  readonly reserve: number;
  readonly resubmit: boolean;
  readonly output: string | undefined;
  readonly force: boolean;
  readonly limits: WaitLimits;
}

export interface Planned {
  readonly certificate: Certificate;
  readonly plan: GetPlan<Annotation, SavedRecord> | { readonly step: 'refuse'; readonly error: CertError };
}

/** What is to be done for each certificate. Sends no POST. */
export async function planAll(
  ctx: Context,
  certificates: readonly Certificate[],
  options: GetOptions,
): Promise<Planned[]> {
  const portal = await ctx.portal();
  const records = await (await ctx.wallet()).records(portal.origin);
  const planned: Planned[] = [];
  for (const certificate of certificates)
    planned.push({ certificate, plan: await planOne(ctx, portal, certificate, records, options) });
  return planned;
}

async function planOne(
  ctx: Context,
  portal: Portal,
  certificate: Certificate,
  records: readonly SavedRecord[],
  { minDays, reserve, output }: GetOptions,
): Promise<Planned['plan']> {
  const { id, status, annotationRequired, annotation, quota } = certificate;
  if (status === 'revoked') return { step: 'refuse', error: new CertError('CERTIFICATE_REVOKED', { certificate: id }) };
  const saved = await goodFiles(ctx, certificate, records, output);
  const day = { today: today(ctx), minDays };
  const latest = annotation === null ? [] : [annotation];
  const quick = planGet({ annotationRequired, annotations: latest, saved, ...day });
  if (quick.step !== 'apply' || quota === null) return quick;
  // Before a slot is spent: an annotation before the latest may still do.
  const plan =
    quota.used > latest.length
      ? planGet({ annotationRequired, annotations: (await portal.annotations(id)).items, saved, ...day })
      : quick;
  if (plan.step !== 'apply' || quota.remaining > reserve) return plan;
  const { nextSlotOn } = quota;
  return { step: 'refuse', error: new CertError('QUOTA_EXHAUSTED', nextSlotOn === null ? {} : { nextSlotOn }) };
}

/** The files of a certificate that are still as they were saved, at the place that was asked for. */
async function goodFiles(
  ctx: Context,
  certificate: Certificate,
  records: readonly SavedRecord[],
  output: string | undefined,
) {
  const wallet = await ctx.wallet();
  const files = await ctx.files();
  const own = records.filter(({ certificateId }) => certificateId === certificate.id);
  const here = own.filter(({ path }) => output === undefined || files.isAt(path, output));
  const states = await Promise.all(here.map((record) => wallet.stateOf(record)));
  return here.filter((_, index) => states[index] === 'good');
}

/** Carries out the plans: nothing is sent before it is known that the file can be saved. */
export async function carryOut(
  ctx: Context,
  planned: readonly Planned[],
  wish: AnnotationWish,
  all: readonly Certificate[],
  options: GetOptions,
): Promise<Result[]> {
  const results = new Map<string, Result>();
  const fail = ({ id }: Certificate, error: unknown) => {
    if (!isCertError(error)) throw error;
    results.set(id, { certificateId: id, outcome: 'failed', error });
    return error.exit === EXIT.login || error.exit >= EXIT.interrupted;
  };
  const pending: { certificate: Certificate; annotation: Annotation | null }[] = [];
  for (const { certificate, plan } of planned) {
    if (plan.step === 'refuse') fail(certificate, plan.error);
    else if (plan.step === 'up-to-date') results.set(certificate.id, upToDate(certificate, plan.saved));
    else {
      try {
        await (await ctx.files()).ensureWritable(await saveTarget(ctx, certificate, all, options.output), options);
        const annotation = plan.step === 'apply' ? await apply(ctx, certificate, wish, options) : plan.annotation;
        pending.push({ certificate, annotation });
      } catch (error) {
        if (fail(certificate, error)) break;
      }
    }
  }
  const latest = await waitForAll(
    ctx,
    pending.flatMap(({ annotation }) => annotation ?? []),
    options.limits,
  );
  for (const { certificate, annotation } of pending) {
    const current = annotation === null ? null : (latest.get(annotation.id) ?? annotation);
    try {
      results.set(certificate.id, await saved(ctx, { ...certificate, annotation: current }, all, options));
    } catch (error) {
      const still = current?.status === 'generating';
      if (fail(certificate, error)) break;
      const failed = results.get(certificate.id) as Result;
      results.set(certificate.id, {
        ...failed,
        outcome: still ? 'generating' : 'failed',
        annotationId: current?.id,
      });
    }
  }
  return planned.flatMap(({ certificate }) => results.get(certificate.id) ?? []);
}

async function apply(
  ctx: Context,
  certificate: Certificate,
  { scenario, validDays }: AnnotationWish,
  options: GetOptions,
) {
  const { id, annotation: seen } = certificate;
  ctx.interruption.explain(ctx.messages.get.resume(id));
  const submissions = await ctx.submissions();
  const { reserve, resubmit } = options;
  const annotation = await submissions.submit(id, { scenario, validDays, seen, reserve, resubmit });
  ctx.terminal.say(ctx.messages.annotate.submitted(id, annotation.id));
  return annotation;
}

async function waitForAll(ctx: Context, annotations: readonly Annotation[], limits: WaitLimits) {
  const generating = annotations.filter(({ status }) => status === 'generating');
  if (generating.length === 0) return new Map<string, Annotation>();
  ctx.interruption.explain(ctx.messages.get.resume(generating.map(({ certificateId }) => certificateId).join(' ')));
  const ended = await waitUntilGenerated(ctx, await ctx.portal(), generating, limits);
  return new Map(ended.map((annotation) => [annotation.id, annotation]));
}

async function saved(
  ctx: Context,
  certificate: Certificate,
  all: readonly Certificate[],
  options: GetOptions,
): Promise<Result> {
  const { id, annotation } = certificate;
  const error = annotation === null ? undefined : generationError(annotation);
  if (error !== undefined) throw error;
  const { outcome, ...file } = await saveAndRemember(ctx, await ctx.portal(), certificate, all, options);
  return {
    certificateId: id,
    outcome,
    ...(annotation === null ? {} : { annotationId: annotation.id }),
    file: { ...file, validUntil: fileValidUntil(certificate) },
  };
}

const upToDate = ({ id }: Certificate, { path, sha256, bytes, annotationId, validUntil }: SavedRecord): Result => ({
  certificateId: id,
  outcome: 'up-to-date',
  ...(annotationId === null ? {} : { annotationId }),
  file: { path, sha256, bytes, validUntil: validUntil ?? undefined },
});
