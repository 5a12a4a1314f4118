import type { Certificate } from '../../contract/schemas.ts';
import { maskName } from '../../domain/privacy.ts';
import { matching } from '../../domain/selection.ts';
import { CertError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { qualificationText } from './describe.ts';

const MOST_CHOICES_NAMED = 10;

const choiceName = (certificate: Certificate): string =>
  [
    certificate.id,
    qualificationText(certificate),
    ...(certificate.level === undefined ? [] : [certificate.level]),
    maskName(certificate.holderName),
    certificate.issuedOn,
  ].join('  ');

/**
 * The one certificate that `selector` means; without a selector the only one, or the one that a person picks.
 * @throws CertError CERTIFICATE_NOT_FOUND, CERTIFICATE_AMBIGUOUS
 */
export async function selectCertificate(
  ctx: Pick<Context, 'terminal' | 'prompts' | 'messages'>,
  certificates: readonly Certificate[],
  selector?: string,
): Promise<Certificate> {
  if (certificates.length === 0) throw new CertError('CERTIFICATE_NOT_FOUND', {});
  const candidates = selector === undefined ? certificates : matching(certificates, selector);
  const [first, ...others] = candidates;
  if (first === undefined) throw new CertError('CERTIFICATE_NOT_FOUND', { selector: selector ?? '' });
  if (others.length === 0) return first;
  if (!ctx.terminal.interactive) {
    const { choice } = ctx.messages.prompt;
    const choices = candidates.slice(0, MOST_CHOICES_NAMED).map((one) => choice(one.id, qualificationText(one)));
    if (candidates.length > MOST_CHOICES_NAMED) choices.push('…');
    throw new CertError('CERTIFICATE_AMBIGUOUS', { ...(selector === undefined ? {} : { selector }), choices });
  }
  return ctx.prompts.select({
    message: ctx.messages.prompt.certificate,
    flag: 'CERT',
    choices: candidates.map((certificate) => ({ name: choiceName(certificate), value: certificate })),
  });
}

/** One certificate for each selector, each certificate once; without selectors as {@link selectCertificate}. */
export async function selectCertificates(
  ctx: Pick<Context, 'terminal' | 'prompts' | 'messages'>,
  certificates: readonly Certificate[],
  selectors: readonly string[],
): Promise<Certificate[]> {
  if (selectors.length === 0) return [await selectCertificate(ctx, certificates)];
  const selected: Certificate[] = [];
  for (const selector of selectors) selected.push(await selectCertificate(ctx, certificates, selector));
  return [...new Map(selected.map((certificate) => [certificate.id, certificate])).values()];
}
