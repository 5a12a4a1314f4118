/** Whether a sealed file is unchanged: the digest of what is covered, and the user's signature on it. */
import type { ReasonCode } from '../../domain/verification.ts';
import { Asn1Failure, type Element, parseDer } from '../asn1/element.ts';
import type { Embedded } from '../cms/embedded.ts';
import { checkTimestamp } from '../cms/timestamp.ts';
import { digestOf } from '../crypto/digests.ts';
import type { Integrity } from '../integrity.ts';
import type { LocatedSignature } from '../structure.ts';
import { readCertificate } from '../x509/certificate.ts';
import { readSeal } from './read-seal.ts';
import { readSealSignature, type SealSignature } from './seal-signature.ts';
import { sealTimeOf } from './seal-time.ts';
import { checkSm2, SM2_WITH_SM3, SM3 } from './sm2.ts';

const nothing = { holds: false, embedded: [], isCanonical: false, seal: 'unreadable' } as const;
const NOTHING_EMBEDDED: Embedded = { certificates: [], revocationLists: [], isComplete: true };

/** Never throws. */
export async function checkSealSignature(
  container: Element | undefined,
  { covered }: LocatedSignature,
): Promise<Integrity> {
  const signature = container && readable(() => readSealSignature(container));
  if (signature === undefined) return { ...nothing, code: 'SEAL_UNREADABLE' };
  const signer = readable(() => readCertificate(signature.certificate));
  const sealed = readable(() => ({ seal: readSeal(signature.seal), signingTime: sealTimeOf(signature.timeInfo) }));
  const facts = { ...nothing, signer, ...sealed };
  const end = (code: ReasonCode<'integrity'>): Integrity => ({ ...facts, code });
  if (SM3 === undefined || signature.algorithm !== SM2_WITH_SM3) return end('ALGORITHM_NOT_SUPPORTED');
  if (!signature.dataHash.equals(digestOf(SM3, ...covered))) return end('DIGEST_MISMATCH');
  if (signer === undefined) return end('SEAL_UNREADABLE');
  const check = await checkSm2(signature, signer);
  if (check === 'unsupported') return end('ALGORITHM_NOT_SUPPORTED');
  if (check !== 'match') return end('SIGNATURE_MISMATCH');
  return { ...facts, ...(await checkUnsigned(signature)), code: 'UNCHANGED', holds: true };
}

/** The timestamp is all that the user's signature leaves out, and that is not looked at otherwise. */
async function checkUnsigned({ timestamp, signature }: SealSignature) {
  if (timestamp === undefined) return { embedded: [NOTHING_EMBEDDED], isCanonical: true };
  const token = readable(() => parseDer(timestamp));
  const check = token && (await checkTimestamp(token, [signature], []).catch(unreadable));
  if (check?.result !== 'match' || check.embedded === undefined) return { embedded: [], isCanonical: false };
  return { embedded: [NOTHING_EMBEDDED, check.embedded], isCanonical: true };
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    return unreadable(error);
  }
}

/** @throws whatever is no fault of the file */
function unreadable(error: unknown): undefined {
  if (!(error instanceof Asn1Failure)) throw error;
}
