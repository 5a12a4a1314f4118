/** Certificates whose files were taken in by hand: no portal has told an id. */
import type { NumberKind } from './selection.ts';

/** What stands in place of a portal's name. */
export const IMPORT_PORTAL = 'import';

type Numbers = { readonly [K in NumberKind]?: string | undefined };

/**
 * What the copies of one certificate have in common, and nobody can tell a person by once it was hashed: its management
 * number, else its certificate number, else its enquiry number, else qualification and holder; of a file that says
 * none of it, the file itself.
 * @param sha256 of the file
 */
export const identityOf = (
  page: Numbers & { readonly qualification?: string | undefined; readonly holderName?: string | undefined },
  sha256: string,
): string =>
  page.managementNumber ??
  page.certificateNumber ??
  page.enquiryNumber ??
  (page.qualification && page.holderName ? `${page.qualification}\n${page.holderName}` : sha256);
