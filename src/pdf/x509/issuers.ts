import { readSignatureAlgorithm } from '../crypto/algorithms.ts';
import { checkSignature, type SignatureCheck } from '../crypto/verify-signature.ts';
import type { Certificate, Signed } from './certificate.ts';

/** More than any real chain needs: signatures of one file that are checked before the search is given up. */
const MAX_CHECKS = 256;

/** Checks who signed what, each pair once, and not for ever. */
export class IssuerChecks {
  readonly #known = new Map<string, SignatureCheck>();

  /** Whether the issuer's key made the signature; `unsupported` too when too many were asked for. */
  async check(signed: Signed, issuer: Certificate): Promise<SignatureCheck> {
    const key = `${signed.signedBytes.toString('latin1')}|${signed.signature.toString('latin1')}|${issuer.summary.sha256}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const algorithm = this.#known.size < MAX_CHECKS ? readSignatureAlgorithm(signed.algorithm) : undefined;
    const result =
      algorithm === undefined
        ? 'unsupported'
        : await checkSignature(algorithm, issuer.publicKey, signed.signedBytes, signed.signature);
    this.#known.set(key, result);
    return result;
  }
}

/** Whether the issuer has the name, and no other key than the one, that the certificate gives for its issuer. */
export const couldHaveIssued = (issuer: Certificate, certificate: Certificate): boolean =>
  issuer.subject.equals(certificate.issuer) && keyIdsAgree(issuer, certificate) !== false;

/** Undefined where one of them says nothing. */
export function keyIdsAgree(issuer: Certificate, certificate: Certificate): boolean | undefined {
  const { authorityKeyId } = certificate.extensions;
  const { subjectKeyId } = issuer.extensions;
  return authorityKeyId && subjectKeyId && authorityKeyId.equals(subjectKeyId);
}
