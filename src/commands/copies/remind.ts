import { inForce } from '../../domain/annotation.ts';
import { dayOf, type PlainDay } from '../../domain/calendar.ts';
import { MOST_DAYS } from '../../domain/published-rules.ts';
import { grouped, holdsLongest, longestFirst } from '../../domain/renewal.ts';
import type { Files } from '../../ports/files.ts';
import type { WalletFile } from '../../ports/wallet.ts';
import { type CommandDefinition, usageError } from '../command.ts';
import type { Context } from '../context.ts';
import { wholeNumber } from '../shared/flags.ts';
import { calendarOf, type Expiry, isOurs } from './calendar-file.ts';

interface RemindFlags {
  readonly ics?: string;
  readonly daysBefore: string;
  readonly force?: boolean;
}

export const remind: CommandDefinition = {
  configure: (command, { help: { flag } }, bind) =>
    bind(
      command
        .option('--ics <file>', flag.ics)
        .option('--days-before <days>', flag.daysBefore, '14')
        .option('-f, --force', flag.force),
      (ctx, flags: RemindFlags) => runRemind(ctx, flags),
    ),
};

const NAME = 'certificates.ics';

/** A calendar of the saved files, offline: it replaces an earlier one, and no other file. */
export async function runRemind(
  ctx: Pick<Context, 'clock' | 'files' | 'messages' | 'options' | 'terminal' | 'wallet'>,
  { ics, daysBefore, force = false }: RemindFlags,
): Promise<void> {
  const { messages, terminal, clock } = ctx;
  if (ics === undefined) throw usageError('missingValue', { flag: '--ics' });
  if (ics === '-' && ctx.options.json) throw usageError('stdoutIsJson', {});
  const daysAhead = wholeNumber('--days-before', daysBefore, 0, MOST_DAYS);
  const expiries = upcoming(await (await ctx.wallet()).files(() => true), dayOf(ctx.clock.now()));
  const text = calendarOf(expiries, { now: clock.now(), daysAhead, text: messages.remind });
  if (ics === '-') return terminal.bytes(Buffer.from(text));
  const files = await ctx.files();
  const target = files.target(ics, NAME);
  const replace = force || ((await files.isThere(target)) && isOurs(await beginningOf(files, target.path)));
  await files.write(target, text, { force: replace });
  terminal.result({ calendar: { path: target.path, events: expiries.length } }, () =>
    messages.remind.written(expiries.length, target.path),
  );
}

const BEGINNING_BYTES = 1_000;

const beginningOf = async (files: Files, path: string): Promise<string> =>
  Buffer.from(await files.load(path, BEGINNING_BYTES)).toString();

/** The end of each certificate that is kept here: that of the copy that holds longest, for whatever scenario. */
function upcoming(files: readonly WalletFile[], day: PlainDay): Expiry[] {
  const expiries: Expiry[] = [];
  for (const copies of grouped(files, ({ portal, certificateId }) => [portal, certificateId])) {
    const copy = holdsLongest(copies);
    if (copy === undefined || !isLimited(copy) || !inForce(copy.validUntil, day)) continue;
    const [latest = copy] = longestFirst(copies.filter(isLimited));
    expiries.push({ ...copy, latestEnd: latest.validUntil });
  }
  return expiries.sort((a, b) => a.validUntil.localeCompare(b.validUntil));
}

const isLimited = (file: WalletFile): file is WalletFile & { readonly validUntil: PlainDay } =>
  file.validUntil !== null;
