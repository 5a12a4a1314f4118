import type { Annotation, Certificate } from '../../contract/schemas.ts';
import { dayOf } from '../../domain/calendar.ts';
import { mayHold } from '../../domain/get-plan.ts';
import { DEFAULT_SCENARIO } from '../../domain/published-rules.ts';
import { asksTheSame } from '../../domain/submission.ts';
import { CERTIFICATE_STATUSES, isOneOf } from '../../domain/words.ts';
import { CertError, isCertError } from '../../errors.ts';
import { failureOf } from '../../ui/messages/failure.ts';
import { type CommandDefinition, usageError } from '../command.ts';
import type { Context } from '../context.ts';
import { nothingBecause } from '../shared/empty-account.ts';
import { validDays } from '../shared/flags.ts';
import { orTellWhatIsKnown } from '../shared/offline.ts';
import { selectCertificates } from '../shared/select.ts';
import { endsAll } from './after-failure.ts';
import { type AnnotationWish, proposal, wishFor } from './annotation-wish.ts';
import { type Applying, applyFor } from './applying.ts';
import { agreesTo, showProposals } from './consent.ts';
import { finishDelivered, finishEach } from './finishing.ts';
import { generationError, type Waiting, waitUntilGenerated } from './generation.ts';
import type { Result } from './results.ts';
import { finishWait, waitLimits } from './wait.ts';

interface AnnotateFlags {
  readonly all?: boolean;
  readonly scenario: string;
  readonly days?: string;
  readonly wait?: boolean;
  readonly timeout: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly resubmit?: boolean;
}

export const annotate: CommandDefinition = {
  configure: (command, { help: { argument, flag } }, bind) =>
    bind(
      command
        .argument('[CERT...]', argument.certificate)
        .option('--all', flag.all)
        .option('--scenario <code>', flag.scenario, DEFAULT_SCENARIO)
        .option('--days <days>', flag.days)
        .option('--wait', flag.wait)
        .option('--timeout <time>', flag.waitTimeout, '24h')
        .option('-y, --yes', flag.yes)
        .option('--resubmit', flag.resubmit)
        .option('--dry-run', flag.dryRun),
      (ctx, flags: AnnotateFlags, selectors: string[]) => runAnnotate(ctx, selectors, flags),
    ),
};

export async function runAnnotate(
  ctx: Applying & Waiting & Pick<Context, 'config' | 'interruption' | 'wallet'>,
  selectors: readonly string[],
  flags: AnnotateFlags,
): Promise<void> {
  const { messages, terminal } = ctx;
  if (flags.all && selectors.length > 0) throw usageError('conflict', { one: 'CERT', other: '--all' });
  const limits = waitLimits(flags);
  const days = flags.days ?? ctx.config.read().settings.days?.toString();
  if (days !== undefined) validDays(days);
  if (!flags.yes && !flags.dryRun && !terminal.interactive) throw new CertError('INPUT_REQUIRED', { flag: '--yes' });

  const portal = await ctx.portal();
  const holderPortal = await ctx.holderPortal();
  const certificates = await orTellWhatIsKnown(ctx, () => holderPortal.certificates());
  const day = dayOf(ctx.clock.now());
  const wish = wishFor(await portal.meta(), day, flags.scenario, days);
  const selected = flags.all ? certificates : await selectCertificates(ctx, certificates, selectors);
  const held = await (await ctx.submissions()).caughtUp(selected);
  const candidates = flags.all ? held.filter((certificate) => ineligibility(certificate, day) === undefined) : held;
  const refused = candidates.flatMap((certificate): Result[] => {
    const error = ineligibility(certificate, day);
    return error === undefined ? [] : [{ certificateId: certificate.id, outcome: 'failed', error }];
  });
  const eligible = candidates.filter((certificate) => ineligibility(certificate, day) === undefined);

  if (eligible.length > 0)
    for (const { error } of refused) if (error) terminal.tell(failureOf(error, messages).message);
  if (flags.dryRun) return finishDryRun(ctx, certificates, eligible, refused, wish);
  if (eligible.length === 0) {
    const nothing = await nothingBecause(ctx, certificates, messages.annotate.nothing);
    return finishEach(ctx, refused, () => undefined, nothing);
  }
  showProposals(ctx, eligible, wish, flags.yes ? terminal.say : terminal.tell);
  ctx.interruption.explain(messages.annotate.declined);
  if (!flags.yes && !(await agreesTo(ctx, eligible)))
    return terminal.result({ results: [] }, () => messages.annotate.declined);

  const submissions = await submitAll(ctx, eligible, wish, flags.resubmit === true);
  const submitted = submissions.flatMap(({ annotation }) => annotation ?? []);
  const failed = [...refused, ...submissions.flatMap(({ failure }) => failure ?? [])];
  if (flags.wait && submitted.length > 0)
    return finishWait(ctx, await waitUntilGenerated(ctx, submitted, limits), failed);
  const done = submitted.map(
    ({ id, certificateId }): Result => ({ certificateId, outcome: 'submitted', annotationId: id }),
  );
  // Each was told when it was made.
  try {
    await finishDelivered(ctx, submitted, [...done, ...failed], () => undefined);
  } finally {
    const ids = submitted.map(({ certificateId }) => certificateId).join(' ');
    if (ids !== '') terminal.say(messages.annotate.next(ids));
  }
}

/** Why a certificate cannot be annotated now, as far as the portal has told; undefined when it can. */
function ineligibility(
  { id, status, annotationRequired, annotation, quota }: Certificate,
  day: string,
): CertError | undefined {
  if (status === 'revoked') return new CertError('CERTIFICATE_REVOKED', { certificate: id });
  if (!isOneOf(CERTIFICATE_STATUSES, status)) return new CertError('STATUS_NOT_KNOWN', { certificate: id, status });
  if (annotation !== null && mayHold(annotation, day)) return generationError(annotation);
  if (!annotationRequired) return new CertError('ANNOTATION_NOT_REQUIRED', { certificate: id });
  if (quota?.remaining === 0)
    return new CertError('QUOTA_EXHAUSTED', {
      certificate: id,
      nextSlotOn: quota.nextSlotOn ?? undefined,
      rule: quota,
    });
  return undefined;
}

async function finishDryRun(
  ctx: Pick<Context, 'messages' | 'portal' | 'terminal'>,
  all: readonly Certificate[],
  eligible: readonly Certificate[],
  refused: readonly Result[],
  wish: AnnotationWish,
) {
  const { terminal, messages } = ctx;
  const { scenario, validDays, validUntil } = wish;
  const plan = eligible.map(({ id, quota }) => ({ certificateId: id, scenario, validDays, validUntil, quota }));
  const text = eligible.map((certificate) => proposal(ctx, certificate, wish)).join('\n');
  if (refused.length > 0) {
    if (text !== '') terminal.partial(text);
    return finishEach(ctx, refused, () => undefined, '');
  }
  const nothing = eligible.length === 0 ? await nothingBecause(ctx, all, messages.annotate.nothing) : '';
  terminal.result({ plan }, () => text || nothing);
  terminal.say(messages.annotate.dryRun);
}

interface Submission {
  readonly annotation?: Annotation;
  readonly failure?: Result;
}

/** Applies for each certificate in turn; a failure of one does not keep the others back, a refused login or Ctrl-C does. */
async function submitAll(
  ctx: Applying & Pick<Context, 'interruption'>,
  certificates: readonly Certificate[],
  wish: AnnotationWish,
  resubmit: boolean,
) {
  const submissions: Submission[] = [];
  const serves = (annotation: Annotation) =>
    asksTheSame(annotation, wish) && annotation.status !== 'expired' && annotation.status !== 'failed';
  for (const { id, annotation: seen } of certificates) {
    ctx.interruption.explain(ctx.messages.annotate.unsettled(id));
    try {
      const wanted = { ...wish, seen, serves, reserve: 0, resubmit };
      const annotation = await applyFor(ctx, id, wanted, ctx.terminal.partial);
      submissions.push({ annotation });
      const ids = submissions.flatMap((submission) => submission.annotation?.certificateId ?? []).join(' ');
      ctx.interruption.explain(ctx.messages.annotate.goesOn(ids));
    } catch (error) {
      if (!isCertError(error)) throw error;
      submissions.push({ failure: { certificateId: id, outcome: 'failed', error } });
      if (endsAll(error)) break;
    }
  }
  return submissions;
}
