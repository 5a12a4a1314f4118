import { gravest } from '../../domain/gravity.ts';
import { CertError, isCertError } from '../../errors.ts';
import type { Failure } from '../../ports/terminal.ts';
import { failureOf } from '../../ui/messages/failure.ts';
import type { CommandDefinition } from '../command.ts';
import type { Context } from '../context.ts';
import { readTrustFile } from './trust-file.ts';
import { fullReport, type Verified, verdictLine } from './verification-report.ts';

interface VerifyFlags {
  readonly trust?: readonly string[];
}

export const verify: CommandDefinition = {
  configure: (command, { help: { argument, flag } }, bind) =>
    bind(
      command
        .argument('<FILE...>', argument.pdf)
        .option('--trust <file>', flag.trust, (file: string, files: string[] = []) => [...files, file]),
      (ctx, flags: VerifyFlags, paths: string[]) => runVerify(ctx, paths, flags),
    ),
};

/** A file that is larger is not read to its end: it is too large in any case. */
const MOST_BYTES = 50 * 1_024 * 1_024 + 1;

type ReadingAnchors = Pick<Context, 'account' | 'files' | 'trust' | 'verifier'>;

interface Unread {
  readonly path: string;
  readonly error: CertError;
}

export async function runVerify(
  ctx: ReadingAnchors & Pick<Context, 'clock' | 'interruption' | 'messages' | 'options' | 'terminal'>,
  paths: readonly string[],
  { trust = [] }: VerifyFlags,
): Promise<void> {
  const trustAnchors = await trustAnchorsFor(ctx, trust);
  const verified: Verified[] = [];
  const unread: Unread[] = [];
  const keep = (path: string, error: unknown) => {
    if (!isCertError(error)) throw error;
    unread.push({ path, error });
  };
  const files = await ctx.files();
  const verifier = await ctx.verifier();
  const seen = new Set<string>();
  for (const operand of paths) {
    const found = await files.pdfs(operand).catch((error) => keep(operand, error));
    for (const path of found ?? []) {
      if (seen.has(path)) continue;
      seen.add(path);
      const bytes = await files.load(path, MOST_BYTES).catch((error) => keep(path, error));
      if (bytes) verified.push({ path, ...(await verifier.verify(bytes, { trustAnchors, now: ctx.clock.now() })) });
      if (ctx.interruption.signal.aborted) throw ctx.interruption.signal.reason;
    }
  }
  finish(ctx, verified, unread);
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
  if (error === undefined || !ctx.options.json) ctx.terminal.result(data, () => report(ctx, verified));
  if (error === undefined) return;
  for (const one of unread) if (one.error !== error) ctx.terminal.tell(failureOf(one.error, ctx.messages).message);
  if (verified.length > 1)
    ctx.terminal.partial(ctx.messages.verification.summary(verified.length, valid, invalid, unknown));
  throw error.withData(data);
}

/** One file in full; of several, first the valid ones in a line each. */
function report(ctx: Pick<Context, 'messages' | 'terminal'>, verified: readonly Verified[]): string {
  if (verified.length === 1) return verified.map((one) => fullReport(ctx, one)).join();
  const valid = verified.filter(({ verdict }) => verdict === 'valid');
  const others = verified.filter(({ verdict }) => verdict !== 'valid');
  const lines = valid.map((one) => verdictLine(ctx, one)).join('\n');
  return [...(lines === '' ? [] : [lines]), ...others.map((one) => fullReport(ctx, one))].join('\n\n');
}
