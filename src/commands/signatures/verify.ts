import { gravest } from '../../domain/gravity.ts';
import { CertError } from '../../errors.ts';
import type { SaveTarget } from '../../ports/files.ts';
import type { Failure } from '../../ports/terminal.ts';
import { failureOf } from '../../ui/messages/failure.ts';
import { type CommandDefinition, usageError } from '../command.ts';
import type { Context } from '../context.ts';
import { readTrustFile } from './trust-file.ts';
import { fullReport, type Verified } from './verification-report.ts';
import { isVerificationCsv, type Unread, verificationCsv, verificationTable } from './verification-table.ts';
import { pathsOf, type Verifying, verifyEach } from './verifying.ts';

interface VerifyFlags {
  readonly trust?: readonly string[];
  readonly csv?: string;
  readonly force?: boolean;
}

export const verify: CommandDefinition = {
  configure: (command, { help: { argument, flag } }, bind) =>
    bind(
      command
        .argument('<FILE...>', argument.pdf)
        .option('--trust <file>', flag.trust, (file: string, files: string[] = []) => [...files, file])
        .option('--csv <file>', flag.csv)
        .option('-f, --force', flag.force),
      (ctx, flags: VerifyFlags, paths: string[]) => runVerify(ctx, paths, flags),
    ),
};

type ReadingAnchors = Pick<Context, 'account' | 'files' | 'trust' | 'verifier'>;

export async function runVerify(
  ctx: ReadingAnchors & Verifying & Pick<Context, 'options'>,
  operands: readonly string[],
  { trust = [], csv, force = false }: VerifyFlags,
): Promise<void> {
  if (csv === '-' && ctx.options.json) throw usageError('stdoutIsJson', {});
  const target = csv === undefined || csv === '-' ? undefined : await csvTarget(ctx, csv, force);
  const trustAnchors = await trustAnchorsFor(ctx, trust);
  const { paths, unread, isFolder } = await pathsOf(ctx, operands);
  const isTable = paths.length > 1 || isFolder || csv !== undefined;
  const verified = await verifyEach(ctx, paths, unread, { trustAnchors, withPage: isTable });
  const table = verificationCsv(ctx.terminal, verified, unread);
  if (csv === '-') await ctx.terminal.bytes(Buffer.from(table));
  else if (target !== undefined) await (await ctx.files()).write(target.file, table, { force: target.force });
  if (target !== undefined) ctx.terminal.say(ctx.messages.download.saved(target.file.path, undefined));
  finish(ctx, verified, unread, { isTable, isPrinted: csv === '-' });
}

const BEGINNING_BYTES = 1_000;

interface CsvTarget {
  readonly file: SaveTarget;
  /** Whether what is there gives way: an earlier table does. */
  readonly force: boolean;
}

/** @throws CertError FILE_EXISTS, FILE_NOT_WRITABLE: before anything is verified */
async function csvTarget(ctx: Pick<Context, 'files'>, csv: string, force: boolean): Promise<CsvTarget> {
  const files = await ctx.files();
  const file = files.target(csv, 'verifications.csv');
  const isThere = await files.isThere(file);
  const beginning = async () => Buffer.from(await files.load(file.path, BEGINNING_BYTES)).toString();
  if (isThere && !force && !isVerificationCsv(await beginning()))
    throw new CertError('FILE_EXISTS', { path: file.path });
  await files.ensureWritable(file, { force: isThere });
  return { file, force: isThere };
}

async function trustAnchorsFor(ctx: ReadingAnchors, files: readonly string[]): Promise<Uint8Array[]> {
  const named = [];
  for (const file of files) named.push(...(await readTrustFile(ctx, file)));
  const stored = await (await ctx.trust()).anchors(ctx.account().profile);
  return [...named, ...stored].map(({ der }) => der);
}

function finish(
  ctx: Pick<Context, 'messages' | 'options' | 'terminal'>,
  verified: readonly Verified[],
  unread: readonly Unread[],
  { isTable, isPrinted }: { readonly isTable: boolean; readonly isPrinted: boolean },
): void {
  const failures: { path: string; error: Failure }[] = unread.map(({ path, error }) => ({
    path,
    error: failureOf(error, ctx.messages),
  }));
  const data = { verifications: verified, ...(failures.length === 0 ? {} : { failures }) };
  const count = (verdict: Verified['verdict']) => verified.filter((one) => one.verdict === verdict).length;
  const [valid, invalid, unknown] = [count('valid'), count('invalid'), count('unknown')];
  const unverified = invalid + unknown > 0 ? [new CertError('VERIFICATION_FAILED', { invalid, unknown })] : [];
  const error = gravest([...unverified, ...unread.map((one) => one.error)]);
  if (!isPrinted && (error === undefined || !ctx.options.json))
    ctx.terminal.result(data, () => report(ctx, verified, isTable));
  if (error === undefined) return;
  for (const one of unread) if (one.error !== error) ctx.terminal.tell(failureOf(one.error, ctx.messages).message);
  if (!isPrinted && verified.length > 1)
    ctx.terminal.partial(ctx.messages.verification.summary(verified.length, valid, invalid, unknown));
  throw error.withData(data);
}

/** Nobody reads more of them; the table has them all. */
const MOST_REPORTS = 10;

/** One file in full; of several, those in full that are not valid, and at the end a table of all. */
function report(ctx: Pick<Context, 'messages' | 'terminal'>, verified: readonly Verified[], isTable: boolean): string {
  const told = verified.length === 1 ? verified : verified.filter(({ verdict }) => verdict !== 'valid');
  const reports = told.slice(0, MOST_REPORTS).map((one) => fullReport(ctx, one));
  if (told.length > MOST_REPORTS) reports.push(ctx.messages.verification.moreReports(told.length - MOST_REPORTS));
  return [...reports, ...(isTable && verified.length > 0 ? [verificationTable(ctx, verified)] : [])].join('\n\n');
}
