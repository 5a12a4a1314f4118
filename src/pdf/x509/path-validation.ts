/** The chain from the signer's certificate to a trust anchor (RFC 5280, 6), without revocation: that needs the network. */
import type { ReasonCode } from '../../domain/verification.ts';
import { type Certificate, isSameCertificate, isSelfIssued } from './certificate.ts';
import { couldHaveIssued, type IssuerChecks, keyIdsAgree } from './issuers.ts';
import { documentSigning, maySignCertificates, type Usage } from './usage.ts';

type Code = ReasonCode<'signer'>;

interface Link {
  readonly certificate: Certificate;
  /** Whether the signature on it, by the next one in the chain, can be forged. */
  readonly isWeak: boolean;
}

interface Search {
  /** From the signer's certificate up. */
  readonly chain: readonly Link[];
  readonly end: 'anchor' | 'nobody' | 'mismatch' | 'unsupported';
}

export interface Path {
  readonly code: Code;
  readonly certificates: readonly Certificate[];
}

interface Known {
  readonly embedded: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  readonly checks: IssuerChecks;
  /** What the first certificate says of its use; of documents where left out. */
  readonly usageOf?: (certificate: Certificate) => Usage;
}

const MAX_LENGTH = 10;
/** Of chains that are tried: authorities may vouch for each other in more ways than anybody can count. */
const MAX_STEPS = 500;

const MINUTE_MS = 60_000;
/** Certificates for one signature are issued while it is made, and clocks differ. Both bounds are included. */
const MOST_BEFORE_MS = 24 * 60 * MINUTE_MS;
const MOST_AFTER_MS = 10 * MINUTE_MS;

/**
 * How far the signer's certificate can be trusted at a time: the best that any chain gives, and that chain.
 * What is wrong with the signer's own certificates is said whether or not they lead to an anchor.
 */
export async function findPath(signer: Certificate, known: Known, at: Date): Promise<Path> {
  const paths: Path[] = [];
  for await (const found of search([{ certificate: signer, isWeak: false }], { ...known, stepsLeft: MAX_STEPS })) {
    const path = { code: judge(found, known, at), certificates: found.chain.map(({ certificate }) => certificate) };
    if (path.code === 'TRUSTED') return path;
    if (found.end === 'anchor') paths.unshift(path);
    else paths.push(path);
  }
  return paths[0] ?? { code: 'NOT_TRUSTED', certificates: [signer] };
}

async function* search(chain: readonly Link[], known: Known & { stepsLeft: number }): AsyncGenerator<Search> {
  known.stepsLeft -= 1;
  if (known.stepsLeft < 0) return;
  const last = (chain.at(-1) as Link).certificate;
  if (known.anchors.some((anchor) => isSameCertificate(anchor, last))) return yield { chain, end: 'anchor' };
  let end: Search['end'] = 'nobody';
  let isContinued = false;
  for (const issuer of [...known.anchors, ...known.embedded]) {
    if (!couldHaveIssued(issuer, last) || chain.some(({ certificate }) => isSameCertificate(certificate, issuer)))
      continue;
    const check = await known.checks.check(last, issuer);
    if (check === 'unsupported') end = 'unsupported';
    if (check === 'mismatch' && keyIdsAgree(issuer, last) && end === 'nobody') end = 'mismatch';
    if (check === 'unsupported' || check === 'mismatch' || chain.length >= MAX_LENGTH) continue;
    isContinued = true;
    const below = chain.slice(0, -1);
    yield* search(
      [...below, { certificate: last, isWeak: check === 'weak' }, { certificate: issuer, isWeak: false }],
      known,
    );
  }
  if (!isContinued) yield { chain, end };
}

function judge({ chain, end }: Search, known: Known, at: Date): Code {
  const { anchors, usageOf = documentSigning } = known;
  const certificates = chain.map(({ certificate }) => certificate);
  const [signer] = certificates as [Certificate, ...Certificate[]];
  const time = withinReason(at, signer);
  const failure = certificates
    .map((_, index) => failureOf(certificates, index, time, usageOf))
    .find((code) => code !== undefined);
  if (failure !== undefined) return failure;
  if (end === 'mismatch') return 'CERTIFICATE_SIGNATURE_MISMATCH';
  if (usageOf(signer) === 'elsewhere') return 'CERTIFICATE_FOR_OTHER_PURPOSE';
  if (end === 'unsupported') return 'CERTIFICATE_NOT_SUPPORTED';
  if (end === 'nobody' && anchors.length === 0) return 'NO_TRUST_ANCHOR';
  if (end === 'nobody') return isIssuerMissing(chain, known) ? 'ISSUER_CERTIFICATE_MISSING' : 'NOT_TRUSTED';
  if (certificates.some(({ extensions }) => extensions.hasUnknownRestriction)) return 'CERTIFICATE_NOT_SUPPORTED';
  return chain.some(({ isWeak }) => isWeak) ? 'CERTIFICATE_WEAK' : 'TRUSTED';
}

/** Whether nobody who is known has the name of the signer's issuer: some producers leave all certificates but the signer's out. */
function isIssuerMissing([signer, ...above]: readonly Link[], { anchors, embedded }: Known): boolean {
  if (signer === undefined || above.length > 0 || isSelfIssued(signer.certificate)) return false;
  const { issuer } = signer.certificate;
  return ![...anchors, ...embedded].some(({ subject }) => subject.equals(issuer));
}

/**
 * The time for which a chain is judged: where a clock was off by no more than is usual, the nearest one at which the
 * signer's certificate was valid. The authorities above get no allowance of their own.
 */
function withinReason(at: Date, { notBefore, notAfter }: Certificate): Date {
  if (at < notBefore) return notBefore.getTime() - at.getTime() <= MOST_BEFORE_MS ? notBefore : at;
  return at > notAfter && at.getTime() - notAfter.getTime() <= MOST_AFTER_MS ? notAfter : at;
}

/** What is wrong with one certificate of a chain in its place. */
function failureOf(
  chain: readonly Certificate[],
  index: number,
  at: Date,
  usageOf: (certificate: Certificate) => Usage,
): Code | undefined {
  const certificate = chain[index] as Certificate;
  if (at < certificate.notBefore) return 'CERTIFICATE_NOT_YET_VALID';
  if (at > certificate.notAfter) return 'CERTIFICATE_EXPIRED';
  if (index === 0) return usageOf(certificate) === 'forbidden' ? 'KEY_USAGE_WRONG' : undefined;
  if (!maySignCertificates(certificate, index === chain.length - 1)) return 'ISSUER_NOT_CA';
  const below = chain.slice(1, index).filter((one) => !isSelfIssued(one)).length;
  const most = certificate.extensions.basicConstraints?.pathLength;
  return most !== undefined && below > most ? 'PATH_TOO_LONG' : undefined;
}
