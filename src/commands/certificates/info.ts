import { dayOf } from '../../domain/calendar.ts';
import type { CommandDefinition } from '../command.ts';
import type { Context } from '../context.ts';
import { annotationStateText, certificateDetails, slotsText } from '../shared/describe.ts';
import { selectCertificate } from '../shared/select.ts';
import { shownCertificate } from '../shared/show.ts';

export const info: CommandDefinition = {
  configure: (command, { help }, bind) =>
    bind(
      command.argument('[CERT]', help.argument.certificate).option('--show-pii', help.flag.showPii),
      (ctx, options: { showPii?: boolean }, selector?: string) => runInfo(ctx, selector, options),
    ),
};

export async function runInfo(
  ctx: Pick<Context, 'clock' | 'holderPortal' | 'messages' | 'prompts' | 'submissions' | 'terminal'>,
  selector: string | undefined,
  options: { showPii?: boolean },
) {
  const holderPortal = await ctx.holderPortal();
  const day = dayOf(ctx.clock.now());
  const selected = await selectCertificate(ctx, await holderPortal.certificates(), selector);
  const listed = await holderPortal.certificate(selected.id);
  const [held = listed] = await (await ctx.submissions()).caughtUp([listed]);
  const certificate = shownCertificate(held, day, options);
  const { messages, terminal } = ctx;
  terminal.result({ certificate }, () =>
    terminal.details([
      ...certificateDetails(certificate, messages),
      [messages.term.annotation, annotationStateText(certificate, day, messages)],
      ...(certificate.quota === null ? [] : [[messages.term.slots, slotsText(certificate.quota, messages)] as const]),
    ]),
  );
  terminal.say(messages.info.mistake);
}
