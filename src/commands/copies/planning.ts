/** What `get` and `renew` will do for each certificate, and why. Sends no POST. */

import type { Annotation, Certificate } from '../../contract/schemas.ts';
import { type GetPlan, type Need, planGet } from '../../domain/get-plan.ts';
import { portalIdentity } from '../../domain/portal-origin.ts';
import { fewerLeft } from '../../domain/quota.ts';
import { isKept } from '../../domain/renewal.ts';
import { CERTIFICATE_STATUSES, isOneOf } from '../../domain/words.ts';
import { CertError, isCertError } from '../../errors.ts';
import type { Files } from '../../ports/files.ts';
import type { Submissions } from '../../ports/submissions.ts';
import type { WalletFile } from '../../ports/wallet.ts';
import { usageError } from '../command.ts';
import type { Context } from '../context.ts';
import type { AnnotationWish } from './annotation-wish.ts';
import { generationError } from './generation.ts';
import { ownCopy, saveTarget } from './save-target.ts';

/** What planning takes. */
export type Planning = Pick<Context, 'clock' | 'files' | 'portal' | 'submissions' | 'wallet'>;

/** For all certificates together: a portal that is slow with each would keep a command for hours. */
const PLANNING_MS = 120_000;

export interface Task {
  readonly certificate: Certificate;
  /** The file or folder to save in; undefined for the working folder. */
  readonly output: string | undefined;
  readonly scenario: string;
  /** The annotations of files that were saved here, if they are gone, and that still hold. */
  readonly known: readonly string[];
  readonly plan: GetPlan<Annotation, WalletFile> | { readonly step: 'refuse'; readonly error: CertError };
}

export interface PlanOptions {
  readonly minDays: number;
  readonly reserve: number;
  readonly force: boolean;
}

/** A file that is wanted of a certificate. */
export interface Order {
  readonly certificate: Certificate;
  readonly output: string | undefined;
}

/** @throws CertError USAGE when a new copy would not hold long enough, TIMED_OUT after two minutes of asking */
export async function planAll(
  ctx: Planning,
  orders: readonly Order[],
  all: readonly Certificate[],
  wish: AnnotationWish,
  options: PlanOptions,
): Promise<Task[]> {
  // Such a copy would be due again at once, and each run would spend a slot.
  if (wish.validDays < options.minDays)
    throw usageError('daysBelowMinDays', { days: wish.validDays, minDays: options.minDays });
  const { origin } = await ctx.portal();
  const ids = new Set(orders.map(({ certificate }) => certificate.id));
  const identity = portalIdentity(origin);
  const files = await (await ctx.wallet()).files(
    (record) => record.portal === identity && ids.has(record.certificateId),
  );
  const startedAt = ctx.clock.now().getTime();
  const submissions = await ctx.submissions();
  const certificates = await submissions.caughtUp(orders.map(({ certificate }) => certificate));
  const tasks: Task[] = [];
  for (const [index, { output }] of orders.entries()) {
    if (ctx.clock.now().getTime() - startedAt > PLANNING_MS)
      throw new CertError('TIMED_OUT', { host: new URL(origin).host, afterMs: PLANNING_MS });
    const order: Order = { certificate: certificates[index] as Certificate, output };
    const saved = usable(await ctx.files(), order, files);
    const known = inForce(files, order.certificate, wish.appliedOn);
    const plan = unlessNotKnown(order, await planOne(submissions, order.certificate, { saved, known }, wish, options));
    tasks.push({
      ...order,
      known,
      scenario: wish.scenario,
      plan: plan.step === 'apply' ? await unlessTaken(ctx, order, all, wish, options) : plan,
    });
  }
  return tasks;
}

const inForce = (files: readonly WalletFile[], { id }: Certificate, day: string): string[] =>
  files.flatMap(({ certificateId, annotationId, validUntil }) =>
    certificateId === id && annotationId !== null && validUntil !== null && validUntil >= day ? annotationId : [],
  );

async function planOne(
  submissions: Pick<Submissions, 'history'>,
  { id, status, annotationRequired, annotation, quota }: Certificate,
  { saved, known }: { readonly saved: readonly WalletFile[]; readonly known: readonly string[] },
  wish: AnnotationWish,
  { minDays, reserve }: PlanOptions,
): Promise<Task['plan']> {
  if (status === 'revoked') return { step: 'refuse', error: new CertError('CERTIFICATE_REVOKED', { certificate: id }) };
  const need: Need = { scenario: wish.scenario, today: wish.appliedOn, minDays };
  const latest = annotation === null ? [] : [annotation];
  const quick = planGet({ annotationRequired, annotations: latest, saved, ...need });
  if (quick.step !== 'apply' || quota === null) return quick;
  // Before a slot is spent: an annotation before the latest may still do. One that failed has taken no slot.
  const counted = annotation === null || annotation.status === 'failed' ? 0 : 1;
  const isMoreKnown = quota.used > counted || known.some((one) => one !== annotation?.id);
  const history = isMoreKnown ? await submissions.history(id, [...latest.map((one) => one.id), ...known]) : undefined;
  const plan = history ? planGet({ annotationRequired, annotations: history.items, saved, ...need }) : quick;
  const { nextSlotOn, remaining } = fewerLeft(quota, history?.quota);
  if (plan.step !== 'apply' || remaining > reserve) return plan;
  const facts = { certificate: id, nextSlotOn: nextSlotOn ?? undefined, reserved: remaining, rule: quota };
  return { step: 'refuse', error: new CertError('QUOTA_EXHAUSTED', facts) };
}

/** Neither a slot nor time is spent on a status that only the portal knows. */
function unlessNotKnown({ certificate: { id, status } }: Order, plan: Task['plan']): Task['plan'] {
  if (plan.step === 'apply' && !isOneOf(CERTIFICATE_STATUSES, status))
    return { step: 'refuse', error: new CertError('STATUS_NOT_KNOWN', { certificate: id, status }) };
  const error = plan.step === 'join' ? generationError(plan.annotation) : undefined;
  return isCertError(error, 'STATUS_NOT_KNOWN') ? { step: 'refuse', error } : plan;
}

/** No slot is spent for a file whose place another file has. */
async function unlessTaken(
  ctx: Pick<Context, 'files' | 'portal' | 'wallet'>,
  { certificate, output }: Order,
  all: readonly Certificate[],
  { validUntil }: AnnotationWish,
  { force }: PlanOptions,
): Promise<Task['plan']> {
  if (force || output === '-') return { step: 'apply' };
  const target = await saveTarget(ctx, certificate, all, output, validUntil);
  const isFree =
    !(await (await ctx.files()).isThere(target)) || (await ownCopy(ctx, certificate, target)) !== undefined;
  return isFree ? { step: 'apply' } : { step: 'refuse', error: new CertError('FILE_EXISTS', { path: target.path }) };
}

/** The files of a certificate that are still as they were saved, at the place that was asked for. */
function usable(
  { isAt }: Pick<Files, 'isAt'>,
  { certificate, output }: Order,
  files: readonly WalletFile[],
): WalletFile[] {
  return files.filter(
    (file) =>
      file.certificateId === certificate.id &&
      isKept(file) &&
      (output === undefined || output === '-' || isAt(file.path, output)),
  );
}
