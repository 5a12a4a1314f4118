import type { Certificate } from '../../contract/schemas.ts';
import { dayOf } from '../../domain/calendar.ts';
import { dueOn } from '../../domain/get-plan.ts';
import { portalIdentity } from '../../domain/portal-origin.ts';
import { DEFAULT_SCENARIO } from '../../domain/published-rules.ts';
import { grouped, holdsLongest, isDue, isKept, type Place, placesOf } from '../../domain/renewal.ts';
import { CertError, isCertError } from '../../errors.ts';
import type { WalletFile } from '../../ports/wallet.ts';
import { type CommandDefinition, usageError } from '../command.ts';
import type { Context } from '../context.ts';
import { durationMs } from '../shared/flags.ts';
import { orTellWhatIsKnown } from '../shared/offline.ts';
import { shownPath } from '../shared/shown-path.ts';
import { type AnnotationWish, wishFor } from './annotation-wish.ts';
import { finishEach } from './finishing.ts';
import { carryOut, type Getting } from './getting.ts';
import { type OrderFlags, type OrderOptions, orderOptions, withOrderFlags } from './order-flags.ts';
import { planData, planLines } from './plan-report.ts';
import { type Planning, planAll, type Task } from './planning.ts';
import { fileLine, type Result, resultsData } from './results.ts';

interface RenewFlags extends OrderFlags {
  readonly jitter: string;
  readonly exitCode?: boolean;
}

export const renew: CommandDefinition = {
  configure: (command, messages, bind) => {
    const { flag } = messages.help;
    withOrderFlags(command, messages, { minDays: 14, reserve: 1 })
      .option('--jitter <time>', flag.jitter, '30s')
      .option('--exit-code', flag.exitCode);
    bind(command, (ctx, flags: RenewFlags) => runRenew(ctx, flags));
  },
};

/** What is due, planned; one batch for each scenario. */
interface Batch {
  readonly tasks: readonly Task[];
  readonly wish: AnnotationWish;
  readonly certificates: readonly Certificate[];
}

type Kept = Place<WalletFile>;

/** `get` for every saved file that is about to expire. Running it is the consent: it never asks. */
export async function runRenew(
  ctx: Planning & Getting & Pick<Context, 'config' | 'holderPortal' | 'options'>,
  flags: RenewFlags,
): Promise<void> {
  const { messages, terminal, clock, random } = ctx;
  const options = orderOptions(ctx, flags, false);
  const jitterMs = durationMs('--jitter', flags.jitter);
  const wallet = await ctx.wallet();
  const byHand = importedPlaces(await wallet.files(({ via }) => via === 'import'));
  const identity = await identityOfPortal(ctx, byHand.length > 0);
  const places = placesOf(await wallet.files(({ portal }) => portal === identity));
  const isDueNow = ({ file }: Kept) => isKept(file) && isDue(file, dayOf(ctx.clock.now()), options.minDays);
  const due = places.filter(isDueNow);
  const dueByHand = byHand.filter(isDueNow);
  for (const { file } of dueByHand)
    terminal.warn(
      messages.imported.byHand(
        file.qualification || messages.imported.unnamed,
        shownPath(file.path),
        file.validUntil ?? '',
      ),
    );
  // Many machines are asked to do this at the same minute of the night.
  if (due.length > 0 && !flags.dryRun && !terminal.interactive) await clock.sleep(random() * jitterMs);
  const batches = due.length === 0 ? [] : await planDue(ctx, due, options);
  if (flags.dryRun) return finishDryRun(ctx, batches, flags.exitCode === true && dueByHand.length === 0);
  const done = new Map<Task, Result>();
  for (const { tasks, wish, certificates } of batches) {
    const results = await carryOut(ctx, tasks, wish, certificates, options);
    for (const [index, task] of tasks.entries()) done.set(task, results[index] as Result);
  }
  const results = [...places, ...byHand].map((place) => {
    const result = due.includes(place) ? renewed(place, done) : unchanged(place, dueByHand.includes(place));
    return { ...result, nextOn: nextOn(result, options.minDays, dayOf(ctx.clock.now())) };
  });
  if (flags.exitCode && done.size === 0 && dueByHand.length === 0)
    throw new CertError('NOTHING_DUE', {}, { data: resultsData(messages, results) });
  // Quiet, for cron: only what is new.
  const isTold = ({ outcome }: Result) => !ctx.options.quiet || outcome === 'saved';
  // What is to be done by hand was told.
  const line = (result: Result) =>
    isTold(result) && result.outcome !== 'imported' ? fileLine(messages, result) : undefined;
  finishEach(ctx, results, line, results.length === 0 && !ctx.options.quiet ? messages.renew.nothingSaved : '');
  const [next] = results.flatMap((result) => result.nextOn ?? []).sort();
  if (next !== undefined) terminal.say(messages.renew.next(next));
}

/** Of each certificate that was taken in by hand the copy that holds longest, wherever it lies. */
const importedPlaces = (files: readonly WalletFile[]): Kept[] =>
  grouped(files, ({ certificateId }) => [certificateId]).map((copies) => {
    const file = holdsLongest(copies) ?? copies[0];
    return { file, output: file.path };
  });

/** Undefined where no portal is named, and there are files that need none. @throws CertError as `Context.portal` */
async function identityOfPortal(ctx: Pick<Context, 'portal'>, mayBeNone: boolean): Promise<string | undefined> {
  try {
    return portalIdentity((await ctx.portal()).origin);
  } catch (error) {
    if (mayBeNone && isCertError(error, 'PORTAL_NOT_CONFIGURED')) return undefined;
    throw error;
  }
}

async function planDue(
  ctx: Planning & Pick<Context, 'clock' | 'holderPortal' | 'messages' | 'terminal'>,
  due: readonly Kept[],
  options: OrderOptions,
): Promise<Batch[]> {
  const portal = await ctx.portal();
  const holderPortal = await ctx.holderPortal();
  const certificates = await orTellWhatIsKnown(ctx, () => holderPortal.certificates());
  const meta = await portal.meta();
  const scenarioOf = ({ file }: Kept) => file.scenario ?? DEFAULT_SCENARIO;
  const batches: Batch[] = [];
  for (const scenario of new Set(due.map(scenarioOf))) {
    const wish = wishFor(meta, dayOf(ctx.clock.now()), scenario, options.days);
    // Its copy would be due again on the next day, and each run would spend a slot.
    if (wish.validDays === options.minDays)
      throw usageError('daysBelowMinDays', { days: wish.validDays, minDays: options.minDays });
    const orders = due
      .filter((place) => scenarioOf(place) === scenario)
      .flatMap(({ file, output }) =>
        certificates.filter(({ id }) => id === file.certificateId).map((certificate) => ({ certificate, output })),
      );
    batches.push({ tasks: await planAll(ctx, orders, certificates, wish, options), wish, certificates });
  }
  return batches;
}

function finishDryRun(
  { messages, terminal }: Pick<Context, 'messages' | 'terminal'>,
  batches: readonly Batch[],
  exitCode: boolean,
): void {
  const plan = batches.flatMap(({ tasks, wish }) => planData(messages, tasks, wish));
  if (exitCode && plan.length === 0) throw new CertError('NOTHING_DUE', {}, { data: { plan } });
  const { renew: text, annotate } = messages;
  terminal.result({ plan }, () =>
    [
      ...(plan.length === 0
        ? [text.nothingDue]
        : batches.flatMap(({ tasks, wish }) => planLines(messages, tasks, wish))),
    ].join('\n'),
  );
  terminal.say(annotate.dryRun);
}

/** What became of a place that was due; a certificate that this account does not hold is left alone. */
function renewed({ output, file: { certificateId, scenario } }: Kept, done: ReadonlyMap<Task, Result>): Result {
  for (const [task, result] of done) {
    const isOf = task.certificate.id === certificateId && task.output === output;
    if (isOf && task.scenario === (scenario ?? DEFAULT_SCENARIO)) return result;
  }
  const reason = new CertError('CERTIFICATE_NOT_FOUND', { selector: certificateId });
  return { certificateId, outcome: 'skipped', reason };
}

/** A file that need not be renewed, or that somebody changed or took away. */
function unchanged({ file }: Kept, isByHand: boolean): Result {
  const { certificateId, annotationId, path, sha256, bytes, validUntil, verdict, state } = file;
  if (state === 'changed' || state === 'missing')
    return {
      certificateId,
      outcome: 'skipped',
      reason: new CertError(state === 'changed' ? 'FILE_CHANGED' : 'FILE_MISSING', { path }),
    };
  return {
    certificateId,
    outcome: isByHand ? 'imported' : 'up-to-date',
    ...(annotationId === null ? {} : { annotationId }),
    file: { path, sha256, bytes, validUntil: validUntil ?? undefined, verdict },
  };
}

/** The day on which the next run will act; null when it never will. */
function nextOn({ outcome, file, error }: Result, minDays: number, day: string): string | null {
  if (outcome === 'skipped') return null;
  if (error !== undefined) return (isCertError(error, 'QUOTA_EXHAUSTED') && error.params.nextSlotOn) || day;
  if (file?.validUntil === undefined) return null;
  const dueDay = dueOn(file.validUntil, minDays);
  return dueDay > day ? dueDay : day;
}
