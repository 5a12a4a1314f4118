import { gravest } from '../../domain/gravity.ts';
import { CertError, isCertError } from '../../errors.ts';
import { failureOf } from '../../ui/messages/failure.ts';
import { type CommandDefinition, usageError } from '../command.ts';
import type { Context } from '../context.ts';
import { durationMs } from '../shared/flags.ts';
import { shownPath } from '../shared/shown-path.ts';
import { tellVerdicts } from './examining.ts';
import { endFlag } from './import-end.ts';
import { type Importing, type ImportResult, importFile } from './importing.ts';
import { arrivalsIn } from './watching.ts';

interface ImportFlags {
  readonly validUntil?: string;
  /** True without a folder. */
  readonly watch?: string | true;
  readonly timeout?: string;
  readonly yes?: boolean;
}

export const importCommand: CommandDefinition = {
  configure: (command, { help: { argument, flag } }, bind) =>
    bind(
      command
        .argument('[PATH...]', argument.importPath)
        .option('--valid-until <date>', flag.validUntil)
        .option('--watch [folder]', flag.watch)
        .option('--timeout <time>', flag.watchTimeout)
        .option('-y, --yes', flag.acceptRead),
      (ctx, flags: ImportFlags, paths: string[]) => runImport(ctx, paths, flags),
    ),
};

export async function runImport(
  ctx: Importing & Pick<Context, 'interruption'>,
  operands: readonly string[],
  { validUntil, watch, timeout, yes = false }: ImportFlags,
): Promise<void> {
  const { messages, terminal } = ctx;
  if (operands.length === 0 && watch === undefined) throw usageError('missingArgument', { name: 'PATH' });
  if (timeout !== undefined && watch === undefined)
    throw usageError('together', { one: '--timeout', other: '--watch' });
  const given = validUntil === undefined ? undefined : endFlag(validUntil);
  const timeoutMs = timeout === undefined ? Number.POSITIVE_INFINITY : durationMs('--timeout', timeout);
  // Whoever watches for nobody is told at once, not with the first file.
  if (watch !== undefined && !yes && given === undefined && !terminal.interactive)
    throw new CertError('INPUT_REQUIRED', { flag: '--yes' });
  await (await ctx.wallet()).ensureWritable();
  const results: ImportResult[] = [];
  const take = async (path: string) => {
    const result = await importFile(ctx, path, { given, yes });
    results.push(result);
    if (isCertError(result.error, 'INTERRUPTED', 'TERMINATED')) throw result.error;
    return result;
  };
  try {
    for (const operand of operands) for (const path of await filesAt(ctx, operand, results)) await take(path);
    if (watch !== undefined) {
      const files = await ctx.files();
      const folder = watch === true ? files.downloadsFolder() : files.absolute(watch);
      ctx.interruption.explain(messages.imported.stopped);
      for await (const path of arrivalsIn(ctx, folder, timeoutMs, terminal.say)) tell(ctx, await take(path));
    }
  } catch (error) {
    throw isCertError(error) ? error.withData(dataOf(ctx, results)) : error;
  }
  finish(ctx, results, watch !== undefined);
}

/** The files that an operand means; that there are none is a result too. */
async function filesAt(ctx: Pick<Context, 'files'>, operand: string, results: ImportResult[]): Promise<string[]> {
  const files = await ctx.files();
  return files.pdfs(operand).catch((error) => {
    if (!isCertError(error)) throw error;
    results.push({ path: operand, outcome: 'failed', error });
    return [];
  });
}

const dataOf = ({ messages }: Pick<Context, 'messages'>, results: readonly ImportResult[]) => ({
  results: results.map(({ error, verification, ...result }) => ({
    ...result,
    verdict: verification?.verdict,
    ...(error === undefined ? {} : { error: failureOf(error, messages) }),
  })),
});

function lineOf({ messages: { imported: text } }: Pick<Context, 'messages'>, result: ImportResult): string {
  const { outcome, qualification = text.unnamed, validUntil = null } = result;
  const path = shownPath(result.path);
  return outcome === 'imported'
    ? text.done(path, qualification, validUntil)
    : text.upToDate(path, qualification, validUntil);
}

/** A file that came while a folder is watched: it is told of at once. */
function tell(ctx: Pick<Context, 'messages' | 'terminal'>, result: ImportResult): void {
  if (result.error === undefined) ctx.terminal.partial(lineOf(ctx, result));
  else ctx.terminal.tell(failureOf(result.error, ctx.messages).message);
}

function finish(
  ctx: Pick<Context, 'messages' | 'terminal'>,
  results: readonly ImportResult[],
  isToldAlready: boolean,
): void {
  const error = gravest(results.flatMap((result) => result.error ?? []));
  const taken = results.filter((result) => result.error === undefined);
  const text = isToldAlready ? '' : taken.map((result) => lineOf(ctx, result)).join('\n');
  const data = dataOf(ctx, results);
  if (error === undefined) ctx.terminal.result(data, () => text);
  else if (text !== '') ctx.terminal.partial(text);
  if (!isToldAlready) for (const one of results) if (one.error !== undefined && one.error !== error) tell(ctx, one);
  tellVerdicts(
    ctx,
    taken.flatMap(({ verification }) => verification ?? []),
  );
  if (error !== undefined) throw error.withData(data);
}
