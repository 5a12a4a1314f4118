import type { Command } from 'commander';
import { DEFAULT_SCENARIO, MAX_VALID_DAYS } from '../../domain/rules.ts';
import { CertError } from '../../errors.ts';
import type { Messages } from '../../ui/messages/en/index.ts';
import { type CommandDefinition, usageError } from '../command.ts';
import type { Context } from '../context.ts';
import { today } from '../shared/describe.ts';
import { validDays, wholeNumber } from '../shared/flags.ts';
import { orTellWhatIsKnown } from '../shared/offline.ts';
import { selectCertificates } from '../shared/select.ts';
import { carryOut, type GetOptions } from './getting.ts';
import { planData, planLines } from './plan-report.ts';
import { planAll, type Task } from './planning.ts';
import { type AnnotationWish, proposal, wishFor } from './request.ts';
import { fileLine, finishEach } from './results.ts';
import { requireFolder } from './saving.ts';
import { waitLimits } from './wait.ts';

/** The flags of an order for files, of `get` and `renew` alike. */
export interface OrderFlags {
  readonly minDays: string;
  readonly days?: string;
  readonly reserve: string;
  readonly timeout: string;
  readonly resubmit?: boolean;
  readonly dryRun?: boolean;
}

export interface OrderOptions extends GetOptions {
  /** The validity to apply for; undefined for the most that the portal allows. */
  readonly days: string | undefined;
}

interface GetFlags extends OrderFlags {
  readonly all?: boolean;
  readonly scenario: string;
  readonly output?: string;
  readonly force?: boolean;
  readonly yes?: boolean;
}

export const get: CommandDefinition = {
  configure: (command, messages, bind) => {
    const { argument, flag } = messages.help;
    withOrderFlags(command.argument('[CERT...]', argument.certificate), messages, { minDays: 1, reserve: 0 })
      .option('--all', flag.all)
      .option('--scenario <code>', flag.scenario, DEFAULT_SCENARIO)
      .option('-o, --output <path>', flag.output)
      .option('-f, --force', flag.force)
      .option('-y, --yes', flag.yes);
    bind(command, (ctx, flags: GetFlags, selectors: string[]) => runGet(ctx, selectors, flags));
  },
};

export const withOrderFlags = (
  command: Command,
  { help: { flag } }: Messages,
  defaults: { minDays: number; reserve: number },
): Command =>
  command
    .option('--min-days <days>', flag.minDays, String(defaults.minDays))
    .option('--days <days>', flag.days)
    .option('--reserve <slots>', flag.reserve, String(defaults.reserve))
    .option('--timeout <time>', flag.waitTimeout, '24h')
    .option('--resubmit', flag.resubmit)
    .option('--dry-run', flag.dryRun);

/** The order as its flags and the settings say it. @throws CertError USAGE, VALID_DAYS_OUT_OF_RANGE */
export function orderOptions(ctx: Context, flags: OrderFlags, force: boolean): OrderOptions {
  const { messages } = ctx;
  const days = flags.days ?? ctx.config.read().settings.days?.toString();
  if (days !== undefined) validDays(days);
  return {
    days,
    minDays: wholeNumber('--min-days', flags.minDays, 0, MAX_VALID_DAYS, messages),
    reserve: wholeNumber('--reserve', flags.reserve, 0, 99, messages),
    resubmit: flags.resubmit === true,
    force,
    limits: waitLimits(flags, ctx),
  };
}

export async function runGet(ctx: Context, selectors: readonly string[], flags: GetFlags): Promise<void> {
  const { messages, terminal } = ctx;
  const { usage } = messages.help;
  if (flags.all && selectors.length > 0) throw usageError(usage.conflict('CERT', '--all'));
  const options = orderOptions(ctx, flags, flags.force === true);
  const output = flags.output ?? ctx.config.read().settings.output;
  if (output === '-' && ctx.options.json) throw usageError(usage.stdoutIsJson);
  if (output === '-' && (flags.all || selectors.length > 1)) throw usageError(usage.stdoutWantsOne);
  const portal = await ctx.portal();
  const holderPortal = await ctx.holderPortal();
  const certificates = await orTellWhatIsKnown(ctx, () => holderPortal.certificates());
  const wish = wishFor(await portal.meta(), today(ctx), flags.scenario, options.days);
  const selected = flags.all
    ? certificates.filter(({ status }) => status === 'valid')
    : await selectCertificates(ctx, certificates, selectors);
  await requireFolder(ctx, selected, output);
  const orders = selected.map((certificate) => ({ certificate, output }));
  const tasks = await planAll(ctx, orders, certificates, wish, options);
  if (flags.dryRun)
    return terminal.result({ plan: planData(ctx, tasks, wish) }, () =>
      [...planLines(ctx, tasks, wish), messages.annotate.dryRun].join('\n'),
    );
  if (!(await agree(ctx, tasks, wish, flags.yes === true)))
    return terminal.result({ results: [] }, () => messages.annotate.declined);
  const results = await carryOut(ctx, tasks, wish, certificates, options);
  const nothing = results.length === 0 ? messages.download.nothing : '';
  finishEach(ctx, results, (result) => fileLine(messages, result), nothing);
}

/** Asks once for all slots that are to be spent. @throws CertError INPUT_REQUIRED */
async function agree(ctx: Context, tasks: readonly Task[], wish: AnnotationWish, yes: boolean): Promise<boolean> {
  const applying = tasks.filter(({ plan }) => plan.step === 'apply');
  if (applying.length === 0) return true;
  if (!yes && !ctx.terminal.interactive) throw new CertError('INPUT_REQUIRED', { flag: '--yes' });
  for (const { certificate } of applying) ctx.terminal.say(proposal(ctx, certificate, wish));
  return yes || ctx.prompts.confirm({ message: ctx.messages.annotate.confirm(applying.length), flag: '--yes' });
}
