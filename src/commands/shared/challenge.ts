import type { Challenge, ChallengeAnswer } from '../../contract/schemas.ts';
import { pictureKind } from '../../domain/picture-kind.ts';
import { CertError, isCertError } from '../../errors.ts';
import type { Clock } from '../../ports/surroundings.ts';
import type { Context } from '../context.ts';
import { showQrCode } from './qr-code.ts';
import { pauseForPerson, shownUntil, waitedUntil } from './waiting-for-person.ts';

/** What answering a challenge takes: the picture is shown in the terminal, or from a file in the system's viewer. */
export type AnsweringChallenges = Pick<
  Context,
  'clock' | 'files' | 'messages' | 'openInViewer' | 'prompts' | 'terminal'
>;

const MOST_CHALLENGES = 3;

/**
 * Sends a request that a portal may answer with a challenge, and sends it again with the person's answer. A challenge
 * is answered by the person, never worked around: without a person it is the portal's refusal, which names `command`
 * as what to run in a terminal (`login` when left out).
 */
export async function withChallenges<T>(
  ctx: AnsweringChallenges,
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
      if (isSame && challenge.kind === 'qr' && !isOver(ctx.clock, before)) {
        await pauseForPerson(ctx.clock, before.expiresAt);
        continue;
      }
      if (challenge === undefined || isSame || !ctx.terminal.interactive || asked.length === MOST_CHALLENGES)
        throw command === undefined ? error : new CertError(error.code, { ...error.params, command }, error);
      if (before !== undefined) ctx.terminal.tell(whyAgain(ctx, before));
      asked.push({ ...challenge, expiresAt: waitedUntil(ctx.clock, challenge.expiresAt) });
      answer = await answerTo(ctx, challenge, before);
    }
  }
}

const isOver = (clock: Clock, { expiresAt }: Challenge): boolean => Date.parse(expiresAt) <= clock.now().getTime();

const whyAgain = (
  { clock, messages: { challenge } }: Pick<Context, 'clock' | 'messages'>,
  before: Challenge,
): string => (isOver(clock, before) ? challenge.expired : challenge.wrong);

async function answerTo(
  ctx: AnsweringChallenges,
  challenge: Challenge,
  before: Challenge | undefined,
): Promise<ChallengeAnswer> {
  const { clock, messages, prompts, terminal } = ctx;
  const { id, kind, prompt, expiresAt } = challenge;
  if (kind === 'qr') {
    terminal.tell(prompt);
    await showQrCode(ctx, challenge.payload ?? '', expiresAt);
    // A portal that made a new code of a question that came too early cannot be asked again and again.
    const asksOnce = before !== undefined && !isOver(clock, before);
    if (asksOnce) await prompts.confirm({ message: messages.login.confirmed, flag: 'CERT_TOKEN' });
    else await pauseForPerson(clock, expiresAt);
    return { id, answer: '' };
  }
  terminal.tell(`${prompt} ${shownUntil(messages, expiresAt)}`);
  const image = kind === 'image' ? await showImage(ctx, challenge) : undefined;
  try {
    return { id, answer: await prompts.text({ message: messages.login.answer, flag: 'CERT_TOKEN' }) };
  } finally {
    await image?.remove();
  }
}

/**
 * Shows the picture here where the terminal can, else in the system's viewer from a private file, removed after the
 * answer. What is no picture is shown nowhere: a viewer might run it.
 */
async function showImage(
  { files, messages, openInViewer, terminal }: Pick<Context, 'files' | 'messages' | 'openInViewer' | 'terminal'>,
  { image = '' }: Challenge,
) {
  const bytes = Buffer.from(image.replace(/^data:[^,]*,/, ''), 'base64');
  if (pictureKind(bytes) === undefined) {
    terminal.tell(messages.login.noPicture);
    return undefined;
  }
  if (terminal.picture(bytes)) return undefined;
  const file = await (await files()).temporary('challenge', bytes);
  terminal.tell(messages.login.image(file.path));
  await openInViewer(file.path).catch(() => undefined);
  return file;
}
