import type { Portal } from '../../ports/portal.ts';
import { isShellWord } from '../../ui/messages/shell-word.ts';
import type { Context } from '../context.ts';
import { type AnsweringChallenges, withChallenges } from '../shared/challenge.ts';
import { type CompletingLogin, completeLogin, type LoginOptions } from './complete-login.ts';

/** Logs in with a password, keeps the secrets and sees to the service notice. */
export async function logInWithPassword(
  ctx: AnsweringChallenges & CompletingLogin & Pick<Context, 'options'>,
  portal: Pick<Portal, 'logIn' | 'notice' | 'origin'>,
  { username, password }: { username: string; password: string },
  options: LoginOptions,
) {
  // A portal that was named for this call only is not known to the next one.
  const words = [
    'login',
    ...(ctx.options.portal === undefined ? [] : ['--portal', portal.origin]),
    '--username',
    username,
  ];
  const command = words.every(isShellWord) ? words.join(' ') : undefined;
  const session = await withChallenges(ctx, (given) => portal.logIn({ username, password, ...given }), command);
  return completeLogin(ctx, portal, { username, password, session }, options);
}
