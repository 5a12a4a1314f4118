import type { Certificate } from '../../contract/schemas.ts';
import type { Context } from '../context.ts';
import { qualificationText, slotsText } from '../shared/describe.ts';
import { type AnnotationWish, proposal } from './annotation-wish.ts';

/** More slots than these are not spent on a single keystroke, nor shown in detail. */
const FEW = 5;

/** Shows what is to be applied for: a few with all details, many as one table. */
export function showProposals(
  ctx: Pick<Context, 'messages' | 'terminal'>,
  certificates: readonly Certificate[],
  wish: AnnotationWish,
  show: (text: string) => void,
): void {
  if (certificates.length > FEW) show(proposalTable(ctx, certificates, wish));
  else {
    for (const certificate of certificates) show(proposal(ctx, certificate, wish));
    if (certificates.length > 0) show(ctx.messages.annotate.details);
  }
}

/** Asks once for all slots that are to be spent: for many, the person types how many. */
export async function agreesTo(
  ctx: Pick<Context, 'messages' | 'prompts'>,
  certificates: readonly Certificate[],
): Promise<boolean> {
  const { prompts, messages } = ctx;
  const { confirm, confirmMany } = messages.annotate;
  const count = certificates.length;
  if (count <= FEW) return prompts.confirm({ message: confirm(count), flag: '--yes' });
  const typed = await prompts.text({ message: confirmMany(count), flag: '--yes' });
  // An input method may type digits in full width.
  return typed.normalize('NFKC').trim() === String(count);
}

function proposalTable(
  { messages, terminal }: Pick<Context, 'messages' | 'terminal'>,
  certificates: readonly Certificate[],
  { validUntil }: AnnotationWish,
): string {
  const { term, annotate: text } = messages;
  const columns = [
    { title: term.id },
    { title: term.qualification, flexible: true },
    { title: term.slots },
    { title: term.newEnd },
  ];
  const rows = certificates.map((certificate) => [
    certificate.id,
    qualificationText(certificate),
    slotsText(certificate.quota, messages),
    validUntil,
  ]);
  return [terminal.table(columns, rows), '', text.details, text.many(certificates.length)].join('\n');
}
