/** What the page of a verified file says of its holder, for whoever has many of them. */
import { maskName } from '../../domain/privacy.ts';
import { statedOnPage } from '../../domain/stated-on-page.ts';
import type { Verification } from '../../domain/verification.ts';
import type { WalletFile } from '../../ports/wallet.ts';

export interface PageFacts {
  readonly holderMasked?: string | undefined;
  readonly qualification?: string | undefined;
  readonly validUntil?: string | undefined;
}

/**
 * What the file states of its annotation goes before what its page says. Of a file that was changed the page tells for
 * how long it may be used no more than anything else.
 * @param text undefined where the page could not be read, or was not
 * @param imported what a person confirmed when they took in this very file
 */
export function pageFacts(
  { verdict, annotation }: Verification,
  text: string | undefined,
  imported?: Pick<WalletFile, 'validUntil'>,
): PageFacts {
  const { holderName, qualification, validUntil } = statedOnPage(text ?? '');
  const told = imported?.validUntil ?? validUntil;
  return {
    holderMasked: holderName && maskName(holderName),
    qualification,
    validUntil: annotation?.validUntil ?? (verdict === 'invalid' ? undefined : told),
  };
}
