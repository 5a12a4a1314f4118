import { Asn1Failure, type Element, TAG } from '../asn1/element.ts';
import { readDigestAlgorithm } from '../crypto/algorithms.ts';
import { type Certificate, readCertificate, readRevocationList, type Signed } from '../x509/certificate.ts';
import type { SignedData, SignerInfo } from './signed-data.ts';

/** What a container carries beside the signature. Nothing of it is signed by the signer. */
export interface Embedded {
  readonly certificates: readonly Certificate[];
  readonly revocationLists: readonly Signed[];
  /** Whether all of it could be read. */
  readonly isComplete: boolean;
}

const MAX_CERTIFICATES = 64;

/** @throws Asn1Failure where there are more certificates than any signer needs */
export function readEmbedded({
  certificates,
  revocationLists,
}: Pick<SignedData, 'certificates' | 'revocationLists'>): Embedded {
  if (certificates.length > MAX_CERTIFICATES || revocationLists.length > MAX_CERTIFICATES)
    throw new Asn1Failure('too many certificates');
  const read = <T>(elements: readonly Element[], reader: (element: Element) => T): T[] =>
    elements.flatMap((element) => {
      try {
        return [reader(element.as(TAG.sequence))];
      } catch (error) {
        if (error instanceof Asn1Failure) return [];
        throw error;
      }
    });
  const readable = {
    certificates: read(certificates, ({ raw }) => readCertificate(raw)),
    revocationLists: read(revocationLists, readRevocationList),
  };
  const isComplete =
    readable.certificates.length === certificates.length && readable.revocationLists.length === revocationLists.length;
  return { ...readable, isComplete };
}

const DATA = '1.2.840.113549.1.7.1';

/**
 * Whether the parts that nobody signs say what the standard prescribes and nothing else (RFC 5652, 5.1 and 5.3):
 * versions, and the list of digest algorithms. So a byte that is changed there is noticed.
 */
export function isCanonical(data: SignedData, { version, identifier, digestAlgorithm }: SignerInfo): boolean {
  const [listed, ...more] = data.digestAlgorithms;
  const isByKey = identifier.tag === TAG.primitive(0);
  const isPlain = !isByKey && (data.contentType === DATA || !data.contentType.startsWith('1.2.840.113549.'));
  return (
    listed !== undefined &&
    more.length === 0 &&
    readDigestAlgorithm(listed) === readDigestAlgorithm(digestAlgorithm) &&
    version === (isByKey ? 3 : 1) &&
    data.version === (isPlain ? 1 : 3)
  );
}
