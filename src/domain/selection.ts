import { withoutUnseenEnds } from './pasted-text.ts';

/** What a selector is matched against. */
export interface Selectable {
  readonly id: string;
  readonly certificateNumber: string;
  readonly managementNumber?: string | undefined;
  readonly qualification: string;
}

const folded = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toLowerCase();

/**
 * The certificates that a person may mean by `selector`: the one with that id, certificate number or management
 * number, else those whose qualification contains it (width, case and what cannot be seen ignored).
 */
export function matching<C extends Selectable>(certificates: readonly C[], given: string): C[] {
  const selector = withoutUnseenEnds(given);
  const exact = certificates.filter(
    ({ id, certificateNumber, managementNumber }) =>
      id === selector || certificateNumber === selector || managementNumber === selector,
  );
  const part = folded(selector).trim();
  if (exact.length > 0 || part === '') return exact;
  return certificates.filter(({ qualification }) => folded(qualification).includes(part));
}
