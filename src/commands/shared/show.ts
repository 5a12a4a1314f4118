import type { Certificate } from '../../contract/schemas.ts';
import { daysBetween } from '../../domain/calendar.ts';
import { maskIdNumber } from '../../domain/id-number.ts';
import { maskName } from '../../domain/privacy.ts';

/** A certificate as it is shown: personal data masked unless asked for, the days that its annotation still holds. */
export function shownCertificate(certificate: Certificate, day: string, options: { showPii?: boolean | undefined }) {
  const { annotation } = certificate;
  return {
    ...certificate,
    holderName: options.showPii ? certificate.holderName : maskName(certificate.holderName),
    idNumberMasked: options.showPii ? certificate.idNumberMasked : maskIdNumber(certificate.idNumberMasked),
    ...(annotation?.status === 'ready' && annotation.validUntil !== undefined
      ? { daysLeft: daysBetween(day, annotation.validUntil) }
      : {}),
  };
}
