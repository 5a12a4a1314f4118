import type { Context } from '../context.ts';
import { DEFAULT_SCENARIO, MAX_VALID_DAYS } from '../domain/rules.ts';
import { CertError } from '../errors.ts';
import { failureOf } from '../failure.ts';
import type { Certificate } from '../portal/contract/schemas.ts';
import { type CommandDefinition, usageError } from './command.ts';
import { today } from './steps/describe.ts';
import { validDays, wholeNumber } from './steps/flags.ts';
import { carryOut, type GetOptions, type Planned, planAll } from './steps/getting.ts';
import { type AnnotationWish, proposal, wishFor } from './steps/request.ts';
import { finish } from './steps/results.ts';
import { selectCertificates } from './steps/select.ts';
import { waitLimits } from './wait.ts';

interface GetFlags {
  readonly all?: boolean;
  readonly minDays: string;
  readonly days?: string;
  readonly scenario: string;
  readonly reserve: string;
  readonly output?: string;
  readonly force?: boolean;
  readonly timeout: string;
  readonly yes?: boolean;
  readonly resubmit?: boolean;
  readonly dryRun?: boolean;
}

export const get: CommandDefinition = {
  configure: (command, { help: { argument, flag } }, bind) =>
    bind(
      command
        .argument('[CERT...]', argument.certificate)
        .option('--all', flag.all)
        .option('--min-days <days>', flag.minDays, '1')
        .option('--days <days>', flag.days)
        .option('--scenario <code>', flag.scenario, DEFAULT_SCENARIO)
        .option('--reserve <slots>', flag.reserve, '0')
        .option('-o, --output <path>', flag.output)
        .option('-f, --force', flag.force)
        .option('--timeout <time>', flag.waitTimeout, '24h')
        .option('-y, --yes', flag.yes)
        .option('--resubmit', flag.resubmit)
        .option('--dry-run', flag.dryRun),
      (ctx, flags: GetFlags, selectors: string[]) => runGet(ctx, selectors, flags),
    ),
};

export async function runGet(ctx: Context, selectors: readonly string[], flags: GetFlags): Promise<void> {
  const { messages, terminal } = ctx;
  const { settings } = ctx.config.read();
  if (flags.all && selectors.length > 0) throw usageError(messages.help.usage.conflict('CERT', '--all'));
  const days = flags.days ?? settings.days?.toString();
  if (days !== undefined) validDays(days);
  const options: GetOptions = {
    minDays: wholeNumber('--min-days', flags.minDays, 0, MAX_VALID_DAYS, messages),
    reserve: wholeNumber('--reserve', flags.reserve, 0, 99, messages),
    resubmit: flags.resubmit === true,
    output: flags.output ?? settings.output,
    force: flags.force === true,
    limits: waitLimits(flags, ctx),
  };
  const portal = await ctx.portal();
  const certificates = await portal.certificates();
  const wish = wishFor(await portal.meta(), today(ctx), flags.scenario, days);
  const selected = flags.all
    ? certificates.filter(({ status }) => status === 'valid')
    : await selectCertificates(ctx, certificates, selectors);
  const planned = await planAll(ctx, selected, options);
  if (flags.dryRun) return finishDryRun(ctx, planned, wish);
  if (!(await agree(ctx, planned, wish, flags.yes === true)))
    return terminal.result({ results: [] }, () => messages.annotate.declined);
  const results = await carryOut(ctx, planned, wish, certificates, options);
  for (const { certificateId, error } of results)
    if (error !== undefined && results.length > 1)
      terminal.say(`${certificateId}: ${failureOf(error, messages).message}`);
  finish(ctx, results, () =>
    results
      .map(({ outcome, file }) => {
        const line = outcome === 'saved' ? messages.download.saved : messages.download.upToDate;
        const until = file?.validUntil === undefined ? '' : ` (${messages.download.until(file.validUntil)})`;
        return `${line(file?.path ?? '')}${until}`;
      })
      .join('\n'),
  );
}

/** Asks once for all slots that are to be spent. @throws CertError INPUT_REQUIRED */
async function agree(ctx: Context, planned: readonly Planned[], wish: AnnotationWish, yes: boolean): Promise<boolean> {
  const applying = planned.filter(({ plan }) => plan.step === 'apply');
  if (applying.length === 0) return true;
  if (!yes && !ctx.terminal.interactive) throw new CertError('INPUT_REQUIRED', { flag: '--yes' });
  for (const { certificate } of applying) ctx.terminal.say(proposal(ctx, certificate, wish));
  return yes || ctx.prompts.confirm({ message: ctx.messages.annotate.confirm(applying.length), flag: '--yes' });
}

function finishDryRun(ctx: Context, planned: readonly Planned[], wish: AnnotationWish): void {
  const { messages } = ctx;
  const plan = planned.map(({ certificate, plan: { step, ...more } }) => ({
    certificateId: certificate.id,
    step,
    ...(step === 'apply' ? { scenario: wish.scenario, validDays: wish.validDays, validUntil: wish.validUntil } : {}),
    ...('saved' in more ? { path: more.saved.path, validUntil: more.saved.validUntil ?? undefined } : {}),
    ...('annotation' in more && more.annotation !== null ? { annotationId: more.annotation.id } : {}),
    ...('error' in more ? { error: failureOf(more.error, messages) } : {}),
    quota: certificate.quota,
  }));
  ctx.terminal.result({ plan }, () =>
    [...planned.map((one) => reasonFor(ctx, one, wish)), messages.annotate.dryRun].join('\n'),
  );
}

function reasonFor({ messages }: Context, { certificate, plan }: Planned, wish: AnnotationWish): string {
  const { get: text } = messages;
  const name = ({ id, qualification }: Certificate) => `${id} ${qualification}`;
  switch (plan.step) {
    case 'up-to-date':
      return text.wouldReuse(name(certificate), plan.saved.path);
    case 'download':
      return text.wouldDownload(name(certificate));
    case 'join':
      return text.wouldJoin(name(certificate), plan.annotation.id);
    case 'apply':
      return text.wouldApply(name(certificate), wish.validDays, wish.validUntil);
    case 'refuse':
      return text.wouldFail(name(certificate), failureOf(plan.error, messages).message);
  }
}
