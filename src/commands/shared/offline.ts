import { type CertError, EXIT, isCertError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { importedFiles } from './imported-files.ts';
import { savedData, savedFiles, savedLine } from './saved.ts';

/** What telling takes. */
type TellingOffline = Pick<Context, 'messages' | 'portal' | 'submissions' | 'terminal' | 'wallet'>;

/**
 * Asks the portal; where it is not reached, tells what this machine knows before the failure: the saved files, and
 * an estimate of the slots that is called one.
 */
export async function orTellWhatIsKnown<T>(ctx: TellingOffline, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw isCertError(error) && error.exit === EXIT.unavailable ? await withWhatIsKnown(ctx, error) : error;
  }
}

async function withWhatIsKnown(ctx: TellingOffline, error: CertError): Promise<CertError> {
  const { terminal, messages } = ctx;
  const saved = await savedFiles(ctx, (await ctx.portal()).origin);
  const files = [...saved, ...(await importedFiles(ctx))];
  if (files.length === 0) return error;
  const submissions = await ctx.submissions();
  const ids = [
    ...new Set(saved.flatMap(({ certificateId, validUntil }) => (validUntil === null ? [] : certificateId))),
  ];
  const estimates = (
    await Promise.all(
      ids.map(async (certificateId) => {
        const estimate = await submissions.estimate(certificateId);
        return estimate === undefined ? [] : [{ certificateId, ...estimate }];
      }),
    )
  ).flat();
  terminal.say(messages.offline.known);
  for (const file of files) terminal.partial(`  ${savedLine(file, messages)}`);
  for (const { certificateId, used, limit, nextSlotOn } of estimates)
    terminal.partial(`  ${messages.offline.estimate(certificateId, used, limit, nextSlotOn)}`);
  return error.withData({ offline: { files: savedData(files), estimates } });
}
