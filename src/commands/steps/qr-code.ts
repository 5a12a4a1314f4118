import type { Context } from '../../context.ts';
import { shanghaiTime } from '../../domain/calendar.ts';

/** Between two questions whether a code was confirmed. */
const POLL_MS = 2_000;

/** The code to scan, and what is in it, for a phone that cannot read it or a terminal that has no room. */
export async function showQrCode({ messages, terminal }: Context, payload: string): Promise<void> {
  terminal.say(messages.login.scan);
  await terminal.qrCode(payload);
  terminal.say(`${messages.challenge.payload}\n  ${payload}\n${messages.challenge.waiting}`);
}

/** A pause before the portal is asked, not longer than the code holds. @throws CertError INTERRUPTED, TERMINATED */
export async function pauseForPerson({ clock }: Context, expiresAt: string): Promise<void> {
  await clock.sleep(Math.max(1, Math.min(POLL_MS, Date.parse(expiresAt) - clock.now().getTime())));
}

export const shownUntil = ({ messages }: Context, expiresAt: string): string =>
  messages.challenge.until(shanghaiTime(expiresAt).slice(11, 16));
