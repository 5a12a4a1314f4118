import type { Certificate, Meta } from '../../contract/schemas.ts';
import { lastValidDay } from '../../domain/annotation.ts';
import { addDays } from '../../domain/calendar.ts';
import { CertError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { annotationText, certificateDetails, scenarioText } from '../shared/describe.ts';
import { validDays } from '../shared/flags.ts';
import { shownCertificate } from '../shared/show.ts';

/** What is applied for. */
export interface AnnotationWish {
  readonly scenario: string;
  readonly validDays: number;
  readonly appliedOn: string;
  readonly validUntil: string;
}

/** The wish as the portal's own rules allow it. @throws CertError SCENARIO_NOT_SUPPORTED, VALID_DAYS_OUT_OF_RANGE */
export function wishFor(meta: Meta, day: string, scenario: string, days: string | undefined): AnnotationWish {
  const known = meta.scenarios.map(({ code }) => code);
  if (!known.includes(scenario)) throw new CertError('SCENARIO_NOT_SUPPORTED', { scenario, known });
  const chosen = days === undefined ? meta.maxValidDays : validDays(days, meta.maxValidDays);
  return { scenario, validDays: chosen, appliedOn: day, validUntil: lastValidDay(day, chosen) };
}

/** What a person checks before a slot is spent. */
export function proposal(
  { messages, terminal }: Pick<Context, 'messages' | 'terminal'>,
  certificate: Certificate,
  wish: AnnotationWish,
): string {
  const { annotate: text, term } = messages;
  const day = wish.appliedOn;
  const { annotation, quota } = certificate;
  const nextSlot = quota?.nextSlotOn ?? addDays(wish.appliedOn, quota?.windowDays ?? 0);
  return [
    terminal.details([
      ...certificateDetails(shownCertificate(certificate, day, {}), messages),
      ...(annotation === null ? [] : [[term.annotation, annotationText(annotation, day, messages)] as const]),
      [term.validDays, text.request(scenarioText(wish.scenario, messages), wish.validDays, wish.validUntil)],
      ...(quota === null ? [] : [[term.slots, text.after(quota.remaining - 1, quota.limit, nextSlot)] as const]),
    ]),
    ...(annotation?.status === 'generating' ? [text.generating] : []),
    ...(annotation?.status === 'ready' ? [text.inForce(annotation.validUntil ?? '?')] : []),
    '',
  ].join('\n');
}
