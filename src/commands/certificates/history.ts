import type { Annotation, Quota } from '../../contract/schemas.ts';
import { dayOf } from '../../domain/calendar.ts';
import type { Messages } from '../../ui/messages/en/index.ts';
import type { CommandDefinition } from '../command.ts';
import type { Context } from '../context.ts';
import { annotationText, scenarioText } from '../shared/describe.ts';
import { orTellWhatIsKnown } from '../shared/offline.ts';
import { selectCertificate } from '../shared/select.ts';

export const history: CommandDefinition = {
  configure: (command, { help }, bind) =>
    bind(command.argument('[CERT]', help.argument.certificate), (ctx, _options: object, selector?: string) =>
      runHistory(ctx, selector),
    ),
};

export async function runHistory(
  ctx: Pick<
    Context,
    'clock' | 'holderPortal' | 'messages' | 'portal' | 'prompts' | 'submissions' | 'terminal' | 'wallet'
  >,
  selector: string | undefined,
): Promise<void> {
  const holderPortal = await ctx.holderPortal();
  const { id, annotationRequired } = await selectCertificate(
    ctx,
    await orTellWhatIsKnown(ctx, () => holderPortal.certificates()),
    selector,
  );
  const { items: annotations, quota } = annotationRequired
    ? await (await ctx.submissions()).history(id)
    : { items: [], quota: null };
  const { messages, terminal } = ctx;
  terminal.result({ certificateId: id, annotations, quota }, () =>
    [
      annotations.length === 0 && quota !== null
        ? messages.history.none
        : annotationTable(ctx, annotations, dayOf(ctx.clock.now())),
      quota === null ? messages.history.unlimited : quotaLine(quota, messages),
    ]
      .filter(Boolean)
      .join('\n'),
  );
}

const quotaLine = ({ used, limit, windowDays, nextSlotOn }: Quota, { history: text, nextSlotOn: next }: Messages) =>
  [text.slots(used, limit, windowDays), ...(nextSlotOn === null ? [] : [next(nextSlotOn)])].join(' · ');

function annotationTable(
  { messages, terminal }: Pick<Context, 'messages' | 'terminal'>,
  annotations: readonly Annotation[],
  day: string,
): string {
  if (annotations.length === 0) return '';
  const { term } = messages;
  return terminal.table(
    [
      { title: term.id },
      { title: term.requestedAt },
      { title: term.scenario, flexible: true },
      { title: term.days, align: 'right' },
      { title: term.status },
    ],
    annotations.map((annotation) => [
      annotation.id,
      dayOf(annotation.requestedAt),
      scenarioText(annotation.scenario, messages),
      String(annotation.validDays),
      annotationText(annotation, day, messages),
    ]),
  );
}
