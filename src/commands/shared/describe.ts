import type { Annotation, Certificate, Quota } from '../../contract/schemas.ts';
import { daysBetween } from '../../domain/calendar.ts';
import type { Messages } from '../../ui/messages/en/index.ts';
import { inWords } from '../../ui/messages/in-words.ts';

export function annotationText({ status, validUntil }: Annotation, day: string, { annotationState }: Messages): string {
  if (status !== 'ready') return inWords(annotationState.statuses, status);
  return validUntil === undefined
    ? annotationState.readyUntilUnknown
    : annotationState.ready(validUntil, daysBetween(day, validUntil));
}

export function annotationStateText(certificate: Certificate, day: string, messages: Messages): string {
  if (!certificate.annotationRequired) return messages.annotationState.notRequired;
  if (certificate.annotation === null) return messages.annotationState.none;
  return annotationText(certificate.annotation, day, messages);
}

export const scenarioText = (scenario: string, { term }: Messages): string => inWords(term.scenarios, scenario);

/** Qualification and specialty: certificates of one holder may differ in the specialty alone. */
export const qualificationText = ({ qualification, specialty }: Certificate): string =>
  [qualification, specialty].filter(Boolean).join(' · ');

export function slotsText(quota: Quota | null, messages: Messages): string {
  if (quota === null) return '';
  const slots = messages.slots(quota.remaining, quota.limit);
  return quota.remaining > 0 || quota.nextSlotOn === null ? slots : `${slots} (${quota.nextSlotOn})`;
}

/** The three numbers, each labelled, and all else that the portal says of a certificate. */
export const certificateDetails = (certificate: Certificate, { term }: Messages): [string, string][] =>
  (
    [
      [term.id, certificate.id],
      [term.kind, inWords(term.kinds, certificate.kind)],
      [term.qualification, certificate.qualification],
      [term.specialty, certificate.specialty],
      [term.level, certificate.level],
      [term.holder, certificate.holderName],
      [term.idNumber, certificate.idNumberMasked],
      [term.certificateNumber, certificate.certificateNumber],
      [term.managementNumber, certificate.managementNumber],
      [term.enquiryNumber, certificate.enquiryNumber],
      [term.approvedOn, certificate.approvedOn],
      [term.issuedOn, certificate.issuedOn],
      [term.issuer, certificate.issuer],
      [term.status, inWords(term.statuses, certificate.status)],
    ] as const
  ).flatMap(([label, value]): [string, string][] => (value === undefined ? [] : [[label, value]]));
