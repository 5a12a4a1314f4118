import type { Verdict } from '../../domain/verification.ts';
import { type CertError, EXIT, gravest, isCertError } from '../../errors.ts';
import type { SavedFile } from '../../ports/files.ts';
import { failureOf } from '../../ui/messages/failure.ts';
import type { Context } from '../context.ts';
import { tellVerdicts } from './examining.ts';

/** A saved file; its verdict stands alone where it was verified in an earlier run. */
export interface ResultFile extends Omit<SavedFile, 'outcome'> {
  readonly validUntil?: string | undefined;
  readonly verdict?: Verdict | undefined;
}

/** A file as JSON has it. */
export const fileData = ({ path, sha256, bytes, validUntil, verdict, verification }: ResultFile) => ({
  path,
  sha256,
  bytes,
  validUntil,
  verdict: verdict ?? verification?.verdict,
});

/** What became of one certificate in a command that takes several. */
export interface Result {
  readonly certificateId: string;
  readonly outcome: 'saved' | 'up-to-date' | 'submitted' | 'ready' | 'generating' | 'failed' | 'skipped';
  readonly annotationId?: string | undefined;
  readonly file?: ResultFile | undefined;
  readonly error?: CertError | undefined;
  /** Why it was skipped. */
  readonly reason?: CertError | undefined;
  /** The day on which `renew` will next act on the file; null when it never need. */
  readonly nextOn?: string | null | undefined;
}

/** Whether a failure of one certificate keeps all others back: nobody is logged in, or the person ended `cert`. */
export const endsAll = ({ exit }: CertError): boolean => exit === EXIT.login || exit >= EXIT.interrupted;

/** Whether somebody who wants all of it will run the same command again: later, after a login, or with `--resubmit`. */
export const isUnfinished = (results: readonly Result[]): boolean =>
  results.some(
    ({ error }) => error !== undefined && (error.retryable || endsAll(error) || error.exit === EXIT.outcomeUnknown),
  );

/** Results as JSON has them. */
export const resultsData = ({ messages }: Pick<Context, 'messages'>, results: readonly Result[]) => ({
  results: results.map(({ file, error, reason, ...result }) => ({
    ...result,
    ...(file === undefined ? {} : { file: fileData(file) }),
    ...(error === undefined ? {} : { error: failureOf(error, messages), ...keptAside(error) }),
    ...(reason === undefined ? {} : { reason: failureOf(reason, messages) }),
  })),
});

/** Where a file is that was not saved because it is suspicious. */
const keptAside = (error: CertError): { keptAt?: string } =>
  isCertError(error, 'FILE_DAMAGED', 'FILE_NOT_VERIFIED') && error.params.keptAt !== undefined
    ? { keptAt: error.params.keptAt }
    : {};

/**
 * The one answer of a command with several results: each in its own words, then the gravest failure as the
 * command's own, with all results as its data.
 */
function finish(ctx: Pick<Context, 'messages' | 'terminal'>, results: readonly Result[], text: () => string): void {
  const data = resultsData(ctx, results);
  const error = gravest(results.flatMap((result) => result.error ?? []));
  if (error === undefined) ctx.terminal.result(data, text);
  tellVerdicts(
    ctx,
    results.flatMap(({ file }) => file?.verification ?? []),
  );
  if (error !== undefined) throw error.withData(data);
}

/** Where the file of a result is, and whether it was there already; undefined without a file. */
export function fileLine({ download: text }: Context['messages'], { file, outcome }: Result): string | undefined {
  if (file === undefined) return undefined;
  return outcome === 'saved' ? text.saved(file.path, file.validUntil) : text.upToDate(file.path, file.validUntil);
}

/**
 * As {@link finish}, with a line for each result that is none's failure. What was done is told before the command
 * fails, and so is every failure but the gravest, which is the command's own.
 */
export function finishEach(
  ctx: Pick<Context, 'messages' | 'terminal'>,
  results: readonly Result[],
  line: (result: Result) => string | undefined,
  nothing: string,
): void {
  const { messages, terminal } = ctx;
  const failures = results.flatMap((result) => result.error ?? []);
  for (const { certificateId, reason, error } of results) {
    if (reason !== undefined) terminal.say(messages.skipped(certificateId, failureOf(reason, messages).message));
    if (error !== undefined && error !== gravest(failures))
      terminal.say(`${certificateId}: ${failureOf(error, messages).message}`);
  }
  const lines = results.flatMap((result) => (result.error === undefined ? (line(result) ?? []) : [])).join('\n');
  if (failures.length > 0 && lines !== '') terminal.partial(lines);
  finish(ctx, results, () => lines || nothing);
}
