import type { Context } from '../context.ts';
import { shownUntil } from './waiting-for-person.ts';

/** The code to scan, and what is in it, for a phone that cannot read it or a terminal that has no room. */
export async function showQrCode(
  { messages, terminal }: Pick<Context, 'messages' | 'terminal'>,
  payload: string,
  expiresAt: string,
): Promise<void> {
  terminal.tell(messages.login.scan);
  await terminal.qrCode(payload);
  terminal.tell(
    `${messages.challenge.payload}\n  ${payload}\n${messages.challenge.waiting} ${shownUntil(messages, expiresAt)}`,
  );
}
