/** A timestamp over a whole document (ETSI EN 319 142-1, 5.5): nobody's signature, and nothing that is relied on. */
import { timeOf } from '../asn1/decode.ts';
import { Asn1Failure, parseDer } from '../asn1/element.ts';
import { checkTimestamp } from '../cms/timestamp.ts';
import { isVouchedFor } from '../cms/vouched.ts';
import { readContainer } from '../integrity.ts';
import type { LocatedSignature } from '../structure.ts';
import { readCertificate } from '../x509/certificate.ts';
import { IssuerChecks } from '../x509/issuers.ts';
import { findPath } from '../x509/path-validation.ts';
import { timestampSigning } from '../x509/usage.ts';

/** Whether it fits what it covers, and an authority that is trusted vouches for whoever made it. Never throws. */
export async function isConfirmed(
  timestamp: Pick<LocatedSignature, 'contents' | 'covered' | 'form'>,
  trustAnchors: readonly Uint8Array[],
): Promise<boolean> {
  try {
    return await check(timestamp, trustAnchors);
  } catch (error) {
    if (error instanceof Asn1Failure) return false;
    throw error;
  }
}

async function check(
  timestamp: Pick<LocatedSignature, 'contents' | 'covered' | 'form'>,
  trustAnchors: readonly Uint8Array[],
): Promise<boolean> {
  const read = readContainer(timestamp);
  if (read?.isPadded !== true) return false;
  const { result, signer, embedded, info, isWeak } = await checkTimestamp(read.container, timestamp.covered, []);
  if (result !== 'match' || isWeak || !signer || !embedded || !info) return false;
  const anchors = trustAnchors.map((anchor) => readCertificate(Buffer.from(anchor)));
  const checks = new IssuerChecks();
  const known = { embedded: embedded.certificates, anchors, checks, usageOf: timestampSigning };
  const { code, certificates } = await findPath(signer, known, timeOf(parseDer(info).child(4)));
  return code === 'TRUSTED' && isVouchedFor(embedded, [...certificates, ...anchors], [], checks);
}
