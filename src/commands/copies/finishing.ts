/** How a command with several results ends. */
import type { Annotation } from '../../contract/schemas.ts';
import { gravest } from '../../domain/gravity.ts';
import { failureOf } from '../../ui/messages/failure.ts';
import type { Context } from '../context.ts';
import { isUnfinished } from './after-failure.ts';
import { tellVerdicts } from './examining.ts';
import { type Result, resultsData } from './results.ts';

/**
 * The one answer of a command with several results: each in its own words, then the gravest failure as the
 * command's own, with all results as its data.
 */
function finish(ctx: Pick<Context, 'messages' | 'terminal'>, results: readonly Result[], text: () => string): void {
  const data = resultsData(ctx.messages, results);
  const error = gravest(results.flatMap((result) => result.error ?? []));
  if (error === undefined) ctx.terminal.result(data, text);
  tellVerdicts(
    ctx,
    results.flatMap(({ file }) => (file?.fault === undefined ? (file?.verification ?? []) : [])),
  );
  if (error !== undefined) throw error.withData(data);
}

/**
 * As {@link finish}, with a line for each result that did not fail. What was done is told before the command fails, and
 * so is every failure but the gravest, which is the command's own.
 */
export function finishEach(
  ctx: Pick<Context, 'messages' | 'terminal'>,
  results: readonly Result[],
  line: (result: Result) => string | undefined,
  nothing: string,
): void {
  const { messages, terminal } = ctx;
  const failures = results.flatMap((result) => result.error ?? []);
  const worst = gravest(failures);
  for (const { certificateId, reason, error } of results) {
    if (reason !== undefined) terminal.say(messages.skipped(certificateId, failureOf(reason, messages).message));
    if (error !== undefined && error !== worst)
      terminal.tell(`${certificateId}: ${failureOf(error, messages).message}`);
  }
  const lines = results.flatMap((result) => (result.error === undefined ? (line(result) ?? []) : [])).join('\n');
  if (failures.length > 0 && lines !== '') terminal.partial(lines);
  finish(ctx, results, () => lines || nothing);
}

/**
 * As {@link finishEach}, and then remembers that the annotations were told of: until then a new start is about the same
 * ones. After a command that did not finish it is, too.
 */
export async function finishDelivered(
  ctx: Pick<Context, 'messages' | 'submissions' | 'terminal'>,
  annotations: readonly Annotation[],
  results: readonly Result[],
  line: (result: Result) => string | undefined,
): Promise<void> {
  try {
    finishEach(ctx, results, line, '');
  } finally {
    const submissions = await ctx.submissions();
    if (!isUnfinished(results)) for (const annotation of annotations) await submissions.delivered(annotation);
  }
}
