import type { Certificate, Signed } from '../x509/certificate.ts';
import { couldHaveIssued, type IssuerChecks } from '../x509/issuers.ts';
import type { Embedded } from './embedded.ts';

/**
 * Whether somebody vouches for everything that a container carries beside the signature, be it the thing itself: then
 * none of it was changed. It says nothing of trust.
 * @param known certificates that need nobody to vouch for them
 * @throws Asn1Failure
 */
export async function isVouchedFor(
  { certificates, revocationLists, isComplete }: Embedded,
  known: readonly Certificate[],
  others: readonly Certificate[],
  checks: IssuerChecks,
): Promise<boolean> {
  if (!isComplete) return false;
  const issuers = [...known, ...certificates, ...others];
  const isSigned = async (signed: Signed, possible: readonly Certificate[]) => {
    for (const issuer of possible) if (['match', 'weak'].includes(await checks.check(signed, issuer))) return true;
    return false;
  };
  for (const certificate of certificates) {
    if (known.some(({ raw }) => raw.equals(certificate.raw))) continue;
    const possible = issuers.filter((issuer) => couldHaveIssued(issuer, certificate));
    if (!(await isSigned(certificate, possible))) return false;
  }
  for (const list of revocationLists) {
    const possible = issuers.filter(({ subject }) => subject.equals(list.issuer));
    if (!(await isSigned(list, possible))) return false;
  }
  return true;
}
