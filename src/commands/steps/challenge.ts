import type { Context } from '../../context.ts';
import { CertError, isCertError } from '../../errors.ts';
import type { Challenge, ChallengeAnswer } from '../../portal/contract/schemas.ts';

const MOST_ANSWERS = 3;

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
  let answer: ChallengeAnswer | undefined;
  for (let answered = 0; ; answered += 1) {
    try {
      return await send(answer === undefined ? {} : { challenge: answer });
    } catch (error) {
      if (!isCertError(error, 'CHALLENGE_REQUIRED', 'CHALLENGE_FAILED')) throw error;
      const { challenge } = error.params;
      if (challenge === undefined || !ctx.terminal.interactive || answered >= MOST_ANSWERS)
        throw command === undefined ? error : new CertError(error.code, { ...error.params, command }, error);
      answer = await answerChallenge(ctx, challenge);
    }
  }
}

async function answerChallenge(ctx: Context, challenge: Challenge): Promise<ChallengeAnswer> {
  const { messages, prompts, terminal } = ctx;
  terminal.say(challenge.prompt);
  if (challenge.kind === 'qr') {
    terminal.say(`${messages.login.scan}\n${challenge.payload ?? ''}`);
    const confirmed = await prompts.confirm({ message: messages.login.confirmed, flag: 'CERT_TOKEN' });
    return { id: challenge.id, answer: confirmed ? 'confirmed' : '' };
  }
  const image = challenge.kind === 'image' ? await showImage(ctx, challenge) : undefined;
  try {
    return { id: challenge.id, answer: await prompts.text({ message: messages.login.answer, flag: 'CERT_TOKEN' }) };
  } finally {
    await image?.remove();
  }
}

/** Shows the picture in the system's viewer, from a private file that is removed after the answer. */
async function showImage(ctx: Context, { image = '' }: Challenge) {
  const file = await (await ctx.files()).temporary(
    'challenge',
    Buffer.from(image.replace(/^data:[^,]*,/, ''), 'base64'),
  );
  ctx.terminal.say(ctx.messages.login.image(file.path));
  await ctx.openInViewer(file.path).catch(() => undefined);
  return file;
}
