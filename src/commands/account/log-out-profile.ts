import { EXIT, type ExitCode, isCertError } from '../../errors.ts';
import type { Profile } from '../../ports/settings.ts';
import type { Context } from '../context.ts';

/** What logging out takes. */
export type LoggingOut = Pick<Context, 'endSession' | 'messages' | 'sessions' | 'terminal'>;

/** Failures of the portal and of the way to it: the secrets here can be erased all the same. */
const PORTALS_OWN: readonly ExitCode[] = [EXIT.unavailable, EXIT.refused, EXIT.notFound, EXIT.login];

/** Ends a profile's session at its portal, with a warning where that is not possible, and erases its secrets here. */
export async function logOutProfile(ctx: LoggingOut, profile: Profile): Promise<void> {
  if (!(await endSessionAtPortal(ctx, profile))) ctx.terminal.warn(ctx.messages.logout.portalNotTold);
  await (await ctx.sessions()).forget(profile);
}

/** Whether the portal ended the stored session, or there was none to end. Works on offline too: then it is false. */
async function endSessionAtPortal({ endSession }: Pick<Context, 'endSession'>, profile: Profile): Promise<boolean> {
  try {
    await endSession(profile);
    return true;
  } catch (error) {
    if (!isCertError(error) || !PORTALS_OWN.includes(error.exit)) throw error;
    return isCertError(error, 'SESSION_EXPIRED', 'LOGIN_REQUIRED');
  }
}
