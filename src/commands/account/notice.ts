import type { Session } from '../../contract/schemas.ts';
import { CertError } from '../../errors.ts';
import type { Portal } from '../../ports/portal.ts';
import type { Context } from '../context.ts';

/** Shows the service notice where it has not been accepted yet, and asks for consent. */
export async function consent(
  { holderPortal, messages, prompts, terminal }: Pick<Context, 'holderPortal' | 'messages' | 'prompts' | 'terminal'>,
  portal: Pick<Portal, 'notice'>,
  { notice: { version, accepted } }: Session,
  acceptVersion: string | undefined,
  profile: object,
): Promise<boolean> {
  if (accepted) return true;
  const notice = await portal.notice();
  if (acceptVersion !== undefined && acceptVersion !== notice.version)
    throw new CertError('NOTICE_NOT_ACCEPTED', { version }, { data: { profile } });
  if (acceptVersion === undefined) {
    if (!terminal.interactive) throw new CertError('NOTICE_NOT_ACCEPTED', { version }, { data: { profile } });
    terminal.tell(`\n${terminal.style.bold(notice.title)}\n\n${notice.body}\n`);
    const agreed = await prompts.confirm({ message: messages.login.consent(notice.version), flag: '--accept-notice' });
    if (!agreed) throw new CertError('NOTICE_NOT_ACCEPTED', { version }, { data: { profile } });
  }
  await (await holderPortal()).acceptNotice(notice.version);
  terminal.say(messages.login.accepted(notice.version));
  return true;
}
