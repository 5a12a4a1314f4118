/** What a file proves, asked before it is saved and told after. */

import type { Certificate } from '../../contract/schemas.ts';
import type { ReasonCode, Verification } from '../../domain/verification.ts';
import { isCertError } from '../../errors.ts';
import type { Examine } from '../../ports/files.ts';
import { failureOf } from '../../ui/messages/failure.ts';
import type { Context } from '../context.ts';

/** What examining a file takes. */
export type Examining = Pick<Context, 'account' | 'clock' | 'messages' | 'terminal' | 'trust' | 'verifier'>;

/** Holds a file to its own signature, to what the portal says of it, and to the authorities that the person trusts. */
export async function examinerFor(ctx: Examining, certificate: Certificate): Promise<Examine> {
  const verifier = await ctx.verifier();
  const trustAnchors = await trustedAnchors(ctx);
  const annotation = certificate.annotationRequired ? certificate.annotation : null;
  const expected = annotation === null ? undefined : { id: annotation.id, validUntil: annotation.validUntil };
  return (bytes) => verifier.verify(bytes, { trustAnchors, now: ctx.clock.now(), expected });
}

/** Trust anchors that cannot be read keep no file back: without them nothing is called valid. */
export async function trustedAnchors({
  account,
  messages,
  terminal,
  trust,
}: Pick<Examining, 'account' | 'messages' | 'terminal' | 'trust'>): Promise<Uint8Array[]> {
  try {
    const anchors = await (await trust()).anchors(account().profile);
    return anchors.map(({ der }) => der);
  } catch (error) {
    if (!isCertError(error, 'CONFIG_INVALID')) throw error;
    terminal.warn(failureOf(error, messages).message);
    return [];
  }
}

/** What only the person can settle: whom to trust. */
const OPEN_QUESTIONS: readonly string[] = [
  'NO_TRUST_ANCHOR',
  'NOT_TRUSTED',
  'ISSUER_CERTIFICATE_MISSING',
] satisfies ReasonCode<'signer'>[];

/**
 * Says whether the signatures of saved files were confirmed; for each reason why not once, with what to do about it. That
 * the person has not said yet whom to trust is told in a calm line, that something is not in order in a warning.
 */
export function tellVerdicts(
  { messages, terminal }: Pick<Context, 'messages' | 'terminal'>,
  verifications: readonly Pick<Verification, 'verdict' | 'layers'>[],
): void {
  if (verifications.some(({ verdict }) => verdict === 'valid')) terminal.say(messages.download.confirmed);
  const doubts = verifications.flatMap(
    ({ layers }) => Object.values(layers).find(({ result }) => result !== 'pass') ?? [],
  );
  if (doubts.some(({ code }) => OPEN_QUESTIONS.includes(code))) terminal.say(messages.download.unchanged);
  for (const code of new Set(doubts.map((doubt) => doubt.code))) {
    const isWrong = doubts.some((doubt) => doubt.code === code && doubt.result === 'fail');
    if (isWrong) terminal.warn(messages.download.doubt(code));
    else if (!OPEN_QUESTIONS.includes(code)) terminal.say(messages.download.doubt(code));
  }
}
