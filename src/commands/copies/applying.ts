import type { Annotation } from '../../contract/schemas.ts';
import { CertError, isCertError } from '../../errors.ts';
import type { Wanted } from '../../ports/submissions.ts';
import type { Context } from '../context.ts';

/** What applying takes. */
export type Applying = Pick<Context, 'messages' | 'portal' | 'prompts' | 'startedAt' | 'submissions' | 'terminal'>;

/**
 * Applies for an annotation, or joins one that is as good, and `tell`s its id at once. Where the outcome of an earlier
 * application cannot be known, a person may say to apply again.
 * @throws CertError as {@link import('../../ports/submissions.ts').Submissions.submit}
 */
export async function applyFor(
  ctx: Applying,
  certificateId: string,
  wish: Omit<Wanted, 'startedAt'>,
  tell: (line: string) => void = ctx.terminal.say,
): Promise<Annotation> {
  const wanted = { ...wish, startedAt: ctx.startedAt };
  const submissions = await ctx.submissions();
  const { annotation, isNew } = await submissions.submit(certificateId, wanted).catch(async (error) => {
    if (isCertError(error, 'NOTICE_NOT_ACCEPTED') && error.params.version === undefined)
      throw new CertError('NOTICE_NOT_ACCEPTED', { version: (await (await ctx.portal()).meta()).noticeVersion });
    if (!isCertError(error, 'OUTCOME_UNKNOWN') || !error.params.isEarlier || !(await mayResubmit(ctx, certificateId)))
      throw error;
    return submissions.submit(certificateId, { ...wanted, resubmit: true });
  });
  const { annotate } = ctx.messages;
  tell((isNew ? annotate.submitted : annotate.joined)(certificateId, annotation.id));
  return annotation;
}

async function mayResubmit(
  { messages, prompts, terminal }: Pick<Context, 'messages' | 'prompts' | 'terminal'>,
  certificateId: string,
): Promise<boolean> {
  if (!terminal.interactive) return false;
  terminal.tell(messages.errors.OUTCOME_UNKNOWN({ certificate: certificateId, isEarlier: true }).message);
  return prompts.confirm({ message: messages.annotate.resubmit, flag: '--resubmit' });
}
