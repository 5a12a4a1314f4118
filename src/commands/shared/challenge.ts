import type { Challenge, ChallengeAnswer } from '../../contract/schemas.ts';
import { CertError, isCertError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { showQrCode } from './qr-code.ts';
import { pauseForPerson, shownUntil, waitedUntil } from './waiting-for-person.ts';

const MOST_CHALLENGES = 3;

/**
 * Sends a request that a portal may answer with a challenge, and sends it again with the person's answer. A challenge
 * is answered by the person, never worked around: without a person it is the portal's refusal, which names `command`
 * as what to run in a terminal (`login` when left out).
 */
export async function withChallenges<T>(
  ctx: Context,
  send: (given: { readonly challenge?: ChallengeAnswer }) => Promise<T>,
  command?: string,
): Promise<T> {
  const asked: Challenge[] = [];
  let answer: ChallengeAnswer | undefined;
  for (;;) {
    try {
      return await send(answer === undefined ? {} : { challenge: answer });
    } catch (error) {
      if (!isCertError(error, 'CHALLENGE_REQUIRED', 'CHALLENGE_FAILED')) throw error;
      const { challenge } = error.params;
      const before = asked.at(-1);
      const isSame = challenge !== undefined && challenge.id === before?.id;
      if (isSame && challenge.kind === 'qr' && !isOver(ctx, before)) {
        await pauseForPerson(ctx, before.expiresAt);
        continue;
      }
      if (challenge === undefined || isSame || !ctx.terminal.interactive || asked.length === MOST_CHALLENGES)
        throw command === undefined ? error : new CertError(error.code, { ...error.params, command }, error);
      if (before !== undefined) ctx.terminal.say(whyAgain(ctx, before));
      asked.push({ ...challenge, expiresAt: waitedUntil(ctx, challenge.expiresAt) });
      answer = await answerTo(ctx, challenge, before);
    }
  }
}

const isOver = ({ clock }: Context, { expiresAt }: Challenge): boolean =>
  Date.parse(expiresAt) <= clock.now().getTime();

const whyAgain = (ctx: Context, before: Challenge): string =>
  isOver(ctx, before) ? ctx.messages.challenge.expired : ctx.messages.challenge.wrong;

async function answerTo(ctx: Context, challenge: Challenge, before: Challenge | undefined): Promise<ChallengeAnswer> {
  const { messages, prompts, terminal } = ctx;
  const { id, kind, prompt, expiresAt } = challenge;
  if (kind === 'qr') {
    terminal.say(prompt);
    await showQrCode(ctx, challenge.payload ?? '', expiresAt);
    // A portal that made a new code of a question that came too early cannot be asked again and again.
    const asksOnce = before !== undefined && !isOver(ctx, before);
    if (asksOnce) await prompts.confirm({ message: messages.login.confirmed, flag: 'CERT_TOKEN' });
    else await pauseForPerson(ctx, expiresAt);
    return { id, answer: '' };
  }
  terminal.say(`${prompt} ${shownUntil(ctx, expiresAt)}`);
  const image = kind === 'image' ? await showImage(ctx, challenge) : undefined;
  try {
    return { id, answer: await prompts.text({ message: messages.login.answer, flag: 'CERT_TOKEN' }) };
  } finally {
    await image?.remove();
  }
}

/** Shows the picture here where the terminal can, else in the system's viewer from a private file, removed after the answer. */
async function showImage(ctx: Context, { image = '' }: Challenge) {
  const bytes = Buffer.from(image.replace(/^data:[^,]*,/, ''), 'base64');
  if (ctx.terminal.picture(bytes)) return undefined;
  const file = await (await ctx.files()).temporary('challenge', bytes);
  ctx.terminal.say(ctx.messages.login.image(file.path));
  await ctx.openInViewer(file.path).catch(() => undefined);
  return file;
}
