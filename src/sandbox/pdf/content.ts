/** What stands on the page of a certificate. */
import type { PlainDay } from '../../domain/calendar.ts';

export interface CertificatePage {
  readonly kind: 'certificate' | 'electronic-file';
  readonly qualification: string;
  readonly specialty?: string | null | undefined;
  readonly level?: string | null | undefined;
  readonly holderName: string;
  readonly idNumberMasked: string;
  readonly certificateNumber: string;
  readonly managementNumber?: string | null | undefined;
  readonly enquiryNumber?: string | null | undefined;
  readonly approvedOn?: PlainDay | null | undefined;
  readonly issuedOn: PlainDay;
  readonly issuer: string;
  /** What the QR code says, at most 2,331 bytes of UTF-8. */
  readonly enquiryUrl: string;
  /** When it was made and signed, RFC 3339. */
  readonly signedAt: string;
  readonly annotation?:
    | {
        readonly id: string;
        readonly scenario: { readonly code: string; readonly label: { readonly zh: string; readonly en: string } };
        readonly requestedOn: PlainDay;
        readonly validUntil: PlainDay;
      }
    | undefined;
}
