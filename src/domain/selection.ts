/** What a selector is matched against. */
export interface Selectable {
  readonly id: string;
  readonly certificateNumber: string;
  readonly managementNumber?: string | undefined;
  readonly qualification: string;
}

const folded = (text: string) => text.normalize('NFKC').toLowerCase();

/**
 * The certificates that a person may mean by `selector`: the one with that id, certificate number or management
 * number, else those whose qualification contains it (width and case ignored).
 */
export function matching<C extends Selectable>(certificates: readonly C[], selector: string): C[] {
  const exact = certificates.filter(
    ({ id, certificateNumber, managementNumber }) =>
      id === selector || certificateNumber === selector || managementNumber === selector,
  );
  if (exact.length > 0 || selector.trim() === '') return exact;
  return certificates.filter(({ qualification }) => folded(qualification).includes(folded(selector.trim())));
}
