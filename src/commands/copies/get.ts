import { dayOf } from '../../domain/calendar.ts';
import { DEFAULT_SCENARIO } from '../../domain/published-rules.ts';
import { CertError } from '../../errors.ts';
import { type CommandDefinition, usageError } from '../command.ts';
import type { Context } from '../context.ts';
import { nothingBecause } from '../shared/empty-account.ts';
import { orTellWhatIsKnown } from '../shared/offline.ts';
import { selectCertificates } from '../shared/select.ts';
import { type AnnotationWish, wishFor } from './annotation-wish.ts';
import { agreesTo, showProposals } from './consent.ts';
import { finishEach } from './finishing.ts';
import { carryOut, type Getting } from './getting.ts';
import { type OrderFlags, orderOptions, withOrderFlags } from './order-flags.ts';
import { planData, planLines } from './plan-report.ts';
import { type Planning, planAll, type Task } from './planning.ts';
import { fileLine } from './results.ts';
import { requireFolder } from './save-target.ts';

interface GetFlags extends OrderFlags {
  readonly all?: boolean;
  readonly scenario: string;
  readonly output?: string;
  readonly force?: boolean;
  readonly yes?: boolean;
  readonly keepUnverified?: boolean;
}

export const get: CommandDefinition = {
  configure: (command, messages, bind) => {
    const { argument, flag } = messages.help;
    withOrderFlags(command.argument('[CERT...]', argument.certificate), messages, { minDays: 1, reserve: 0 })
      .option('--all', flag.all)
      .option('--scenario <code>', flag.scenario, DEFAULT_SCENARIO)
      .option('-o, --output <path>', flag.output)
      .option('-f, --force', flag.force)
      .option('--keep-unverified', flag.keepUnverified)
      .option('-y, --yes', flag.yes);
    bind(command, (ctx, flags: GetFlags, selectors: string[]) => runGet(ctx, selectors, flags));
  },
};

export async function runGet(
  ctx: Planning & Getting & Pick<Context, 'config' | 'options'>,
  selectors: readonly string[],
  flags: GetFlags,
): Promise<void> {
  const { messages, terminal } = ctx;
  if (flags.all && selectors.length > 0) throw usageError('conflict', { one: 'CERT', other: '--all' });
  const options = { ...orderOptions(ctx, flags, flags.force === true), keepUnverified: flags.keepUnverified };
  const output = flags.output ?? ctx.config.read().settings.output;
  if (output === '-' && ctx.options.json) throw usageError('stdoutIsJson', {});
  if (output === '-' && (flags.all || selectors.length > 1)) throw usageError('stdoutWantsOne', {});
  const portal = await ctx.portal();
  const holderPortal = await ctx.holderPortal();
  const certificates = await orTellWhatIsKnown(ctx, () => holderPortal.certificates());
  const wish = wishFor(await portal.meta(), dayOf(ctx.clock.now()), flags.scenario, options.days);
  const selected = flags.all
    ? certificates.filter(({ status }) => status !== 'revoked')
    : await selectCertificates(ctx, certificates, selectors);
  await requireFolder(ctx, selected, output);
  const orders = selected.map((certificate) => ({ certificate, output }));
  const tasks = await planAll(ctx, orders, certificates, wish, options);
  const nothing = tasks.length === 0 ? await nothingBecause(ctx, certificates, messages.download.nothing) : '';
  if (flags.dryRun) {
    terminal.result(
      { plan: planData(messages, tasks, wish) },
      () => planLines(messages, tasks, wish).join('\n') || nothing,
    );
    return terminal.say(messages.annotate.dryRun);
  }
  if (!(await agree(ctx, tasks, wish, flags.yes === true)))
    return terminal.result({ results: [] }, () => messages.annotate.declined);
  const results = await carryOut(ctx, tasks, wish, certificates, options);
  finishEach(ctx, results, (result) => fileLine(messages, result), nothing);
}

/** Asks once for all slots that are to be spent. @throws CertError INPUT_REQUIRED */
async function agree(
  ctx: Pick<Context, 'messages' | 'prompts' | 'terminal'>,
  tasks: readonly Task[],
  wish: AnnotationWish,
  yes: boolean,
): Promise<boolean> {
  const applying = tasks.filter(({ plan }) => plan.step === 'apply').map(({ certificate }) => certificate);
  if (applying.length === 0) return true;
  if (!yes && !ctx.terminal.interactive) throw new CertError('INPUT_REQUIRED', { flag: '--yes' });
  showProposals(ctx, applying, wish, yes ? ctx.terminal.say : ctx.terminal.tell);
  return yes || agreesTo(ctx, applying);
}
