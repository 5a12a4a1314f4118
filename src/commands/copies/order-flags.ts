/** The flags of an order for files, of `get` and `renew` alike, and what they mean. */
import type { Command } from 'commander';
import { MOST_DAYS } from '../../domain/published-rules.ts';
import type { Messages } from '../../ui/messages/en/index.ts';
import type { Context } from '../context.ts';
import { validDays, wholeNumber } from '../shared/flags.ts';
import type { GetOptions } from './getting.ts';
import { waitLimits } from './wait.ts';

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
export function orderOptions({ config }: Pick<Context, 'config'>, flags: OrderFlags, force: boolean): OrderOptions {
  const days = flags.days ?? config.read().settings.days?.toString();
  if (days !== undefined) validDays(days);
  return {
    days,
    minDays: wholeNumber('--min-days', flags.minDays, 0, MOST_DAYS),
    reserve: wholeNumber('--reserve', flags.reserve, 0, 99),
    resubmit: flags.resubmit === true,
    force,
    limits: waitLimits(flags),
  };
}
