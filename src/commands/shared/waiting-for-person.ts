/** How long a person is waited for who was shown a code, a picture or a question. */
import { shanghaiTime } from '../../domain/calendar.ts';
import type { Clock } from '../../ports/surroundings.ts';
import type { Messages } from '../../ui/messages/en/index.ts';

/** Between two questions whether a code was confirmed. */
const POLL_MS = 2_000;

/** However a portal's clock and this one differ, a code is waited for so long at least, and at most. */
const LEAST_WAIT_MS = 60_000;
const MOST_WAIT_MS = 15 * 60_000;

/** Until when a code that is shown now is waited for: as long as it holds, within bounds. */
export function waitedUntil(clock: Pick<Clock, 'now'>, expiresAt: string): string {
  const now = clock.now().getTime();
  return new Date(Math.min(Math.max(Date.parse(expiresAt), now + LEAST_WAIT_MS), now + MOST_WAIT_MS)).toISOString();
}

/** A pause before the portal is asked, not longer than the code holds. @throws CertError INTERRUPTED, TERMINATED */
export async function pauseForPerson(clock: Clock, expiresAt: string): Promise<void> {
  await clock.sleep(Math.max(1, Math.min(POLL_MS, Date.parse(expiresAt) - clock.now().getTime())));
}

export const shownUntil = ({ challenge }: Messages, expiresAt: string): string =>
  challenge.until(shanghaiTime(expiresAt).slice(11, 16));
