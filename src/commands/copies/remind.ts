import { dayOf } from '../../domain/calendar.ts';
import { isKept } from '../../domain/renewal.ts';
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
  const daysAhead = wholeNumber('--days-before', daysBefore, 0, 90);
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

/** The annotations whose file is here and still holds; one of which several copies are here once. */
function upcoming(files: readonly WalletFile[], day: string): Expiry[] {
  const expiries = files.filter(
    (file): file is WalletFile & Expiry =>
      isKept(file) && file.annotationId !== null && file.validUntil !== null && file.validUntil >= day,
  );
  return [...new Map(expiries.map((file) => [`${file.portal} ${file.annotationId}`, file])).values()].sort((a, b) =>
    a.validUntil.localeCompare(b.validUntil),
  );
}
