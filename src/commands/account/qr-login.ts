import type { QrLogin, Session } from '../../contract/schemas.ts';
import { CertError, EXIT, isCertError } from '../../errors.ts';
import type { Portal } from '../../ports/portal.ts';
import type { Clock } from '../../ports/surroundings.ts';
import type { Context } from '../context.ts';
import { showQrCode } from '../shared/qr-code.ts';
import { pauseForPerson, waitedUntil } from '../shared/waiting-for-person.ts';

type ConfirmingByQrCode = Pick<Context, 'clock' | 'messages' | 'prompts' | 'terminal'>;

/**
 * A login that a person confirms in the portal's app. A code that expired is followed by another when the person wants
 * it. @throws CertError CHALLENGE_REQUIRED without a person, CHALLENGE_FAILED when no code was confirmed
 */
export async function logInByQrCode(
  ctx: ConfirmingByQrCode,
  portal: Pick<Portal, 'qrLogin' | 'startQrLogin'>,
): Promise<Session> {
  const { messages, terminal, prompts } = ctx;
  const command = 'login --qr';
  if (!terminal.interactive) throw new CertError('CHALLENGE_REQUIRED', { kind: 'qr', command });
  for (;;) {
    const login = await portal.startQrLogin();
    await showQrCode(ctx, login.payload, login.expiresAt);
    const session = await untilConfirmed(ctx.clock, portal, login);
    if (session !== undefined) return session;
    terminal.tell(messages.challenge.expired);
    if (!(await prompts.confirm({ message: messages.challenge.another, flag: '--qr' })))
      throw new CertError('CHALLENGE_FAILED', { kind: 'qr', command });
  }
}

/** Undefined when the code expired. A portal that is away for a while does not end it. */
async function untilConfirmed(
  clock: Clock,
  portal: Pick<Portal, 'qrLogin'>,
  { id, ...login }: QrLogin,
): Promise<Session | undefined> {
  const expiresAt = waitedUntil(clock, login.expiresAt);
  while (clock.now().getTime() < Date.parse(expiresAt)) {
    await pauseForPerson(clock, expiresAt);
    try {
      const state = await portal.qrLogin(id);
      if (state.status === 'confirmed') return state.session;
      if (state.status === 'expired') return undefined;
    } catch (error) {
      if (!isCertError(error) || error.exit !== EXIT.unavailable || !error.retryable) throw error;
    }
  }
  return undefined;
}
