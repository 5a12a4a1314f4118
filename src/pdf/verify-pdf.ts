/** The layered verification of a signed PDF: every layer is asked in turn, and none says more than was checked. */
import { dayOf, shanghaiTime } from '../domain/calendar.ts';
import {
  type Layers,
  layer,
  type ReasonCode,
  type SignatureVerification,
  type Verification,
  verdictOf,
  worstOf,
} from '../domain/verification.ts';
import type { VerifyOptions } from '../ports/verifier.ts';
import { Asn1Failure, type Element } from './asn1/element.ts';
import { isVouchedFor } from './cms/vouched.ts';
import { checkIntegrity, type Integrity, readContainer } from './integrity.ts';
import { isConfirmed } from './revisions/document-timestamp.ts';
import { judgeRevisions } from './revisions/judge.ts';
import { checkSealSignature } from './ses/check-seal-signature.ts';
import { judgeSeal } from './ses/judge-seal.ts';
import { summaryOf } from './ses/read-seal.ts';
import { judgeAnnotation, statedAnnotation } from './stated-annotation.ts';
import { type LocatedSignature, locateSignatures, type SignedDocument } from './structure.ts';
import { SyntaxFailure } from './syntax/objects.ts';
import { readCertificate } from './x509/certificate.ts';
import { IssuerChecks } from './x509/issuers.ts';
import { findPath } from './x509/path-validation.ts';

const notChecked = (code: ReasonCode<'structure'>): Layers => ({
  structure: layer('structure', code),
  integrity: layer('integrity', 'NOT_CHECKED'),
  signer: layer('signer', 'NOT_CHECKED'),
  revisions: layer('revisions', 'NOT_CHECKED'),
  annotation: layer('annotation', 'NOT_CHECKED'),
});

/** How far ahead of this machine's clock a signer's may go. */
const CLOCK_SKEW_MS = 24 * 3_600_000;

/** Says what a PDF proves. Never rejects, whatever the bytes are. */
export async function verifyPdf(bytes: Uint8Array, options: VerifyOptions): Promise<Verification> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { code, found: signed } = await locateSignatures(file);
  if (code !== undefined) return withVerdict(notChecked(code));
  try {
    return await verifySigned(file, signed, options);
  } catch (error) {
    if (!(error instanceof SyntaxFailure)) throw error;
    return withVerdict(notChecked('FILE_TOO_COMPLEX'));
  }
}

/** @throws SyntaxFailure too-complex */
async function verifySigned(file: Buffer, signed: SignedDocument, options: VerifyOptions): Promise<Verification> {
  const { codes, first } = await judgeRevisions(file, signed, (one) => isConfirmed(one, options.trustAnchors));
  const approvals = signed.signatures.filter(({ isTimestamp }) => !isTimestamp);
  const signatures = approvals.length === 0 ? signed.signatures : approvals;
  const places = signatures.map((signature) => signed.signatures.indexOf(signature));
  const judged: SignatureVerification[] = [];
  for (const [index, signature] of signatures.entries()) {
    const revisions = codes[places[index] as number] as ReasonCode<'revisions'>;
    judged.push(await verifySignature(file, signature, { revisions, isOnly: signatures.length === 1 }, options));
  }
  const worst = worstOf(judged.map(({ layers }) => layers) as [Layers, ...Layers[]]);
  const isAsSigned = worst.revisions.result !== 'fail' && worst.integrity.result !== 'fail';
  const isRead = isAsSigned && signatures.every(({ form }) => form !== undefined);
  const stated = isRead && first ? statedAnnotation(first) : undefined;
  const annotation = stated && layer('annotation', judgeAnnotation(stated, options.expected, dayOf(options.now)));
  const each = annotation ? judged.map((one) => ({ ...one, layers: { ...one.layers, annotation } })) : judged;
  return withVerdict(annotation ? { ...worst, annotation } : worst, {
    ...(each.length > 1 ? { signatures: each } : {}),
    signer: each[0]?.signer,
    claimedSigningTime: each[0]?.claimedSigningTime,
    coverage: each.at(-1)?.coverage,
    seal: each[0]?.seal,
    annotation: typeof stated === 'object' ? stated : undefined,
  });
}

async function verifySignature(
  file: Buffer,
  signature: LocatedSignature,
  { revisions, isOnly }: { readonly revisions: ReasonCode<'revisions'>; readonly isOnly: boolean },
  options: VerifyOptions,
): Promise<SignatureVerification> {
  const { coveredEnd, form } = signature;
  const coverage = { fileBytes: file.length, coveredBytes: coveredEnd, addedBytes: file.length - coveredEnd };
  if (form === undefined)
    return { layers: { ...notChecked('FORMAT_NOT_SUPPORTED'), revisions: layer('revisions', revisions) }, coverage };
  const read = readContainer(signature);
  const integrity = await checkContents(read?.container, signature);
  const claimedAt = integrity.signingTime ?? signature.signedAt;
  const trust = await checkTrust(integrity, claimedAt, options);
  const inPlace = isOnly ? 'ONE_SIGNATURE' : 'SEVERAL_SIGNATURES';
  const layers: Layers = {
    structure: layer('structure', read?.isPadded === false ? 'CONTENTS_PADDING' : inPlace),
    integrity: layer('integrity', trust.hasUnsignedContent ? 'UNSIGNED_CONTENT' : integrity.code),
    signer: layer('signer', trust.code),
    revisions: layer('revisions', revisions),
    annotation: layer('annotation', 'NOT_CHECKED'),
  };
  const claimedSigningTime = claimedAt && shanghaiTime(claimedAt);
  const seal = integrity.seal && summaryOf(integrity.seal);
  return { layers, signer: integrity.signer?.summary, claimedSigningTime, coverage, seal };
}

/** What stands in the signature's place decides, not the name of its format. */
const checkContents = (container: Element | undefined, signature: LocatedSignature): Promise<Integrity> =>
  signature.form === 'seal' ? checkSealSignature(container, signature) : checkIntegrity(container, signature);

const withVerdict = (layers: Layers, facts: Partial<Verification> = {}): Verification => ({
  verdict: verdictOf(layers),
  layers,
  ...facts,
});

interface Trust {
  readonly code: ReasonCode<'signer'>;
  /** Whether a trusted signature comes with parts that could be exchanged unnoticed. */
  readonly hasUnsignedContent: boolean;
}

async function checkTrust(integrity: Integrity, claimedAt: Date | undefined, options: VerifyOptions): Promise<Trust> {
  const { signer, holds, embedded, seal } = integrity;
  if (signer === undefined || !holds) return { code: 'NOT_CHECKED', hasUnsignedContent: false };
  try {
    const checks = new IssuerChecks();
    const anchors = options.trustAnchors.map((anchor) => readCertificate(Buffer.from(anchor)));
    const known = { embedded: embedded[0]?.certificates ?? [], anchors, checks };
    const at = claimedAt ?? options.now;
    const path = await findPath(signer, known, at);
    const { certificates } = path;
    const code = seal === undefined ? path.code : await judgeSeal(path.code, seal, { user: signer, at, ...known });
    if (code !== 'TRUSTED') return { code, hasUnsignedContent: false };
    const others = [...anchors, ...embedded.flatMap((each) => each.certificates)];
    const vouched = await Promise.all(
      embedded.map((each) => isVouchedFor(each, [...certificates, ...anchors], others, checks)),
    );
    const isSettled = integrity.code !== 'UNCHANGED' || (integrity.isCanonical && vouched.every(Boolean));
    const isAhead = claimedAt !== undefined && claimedAt.getTime() > options.now.getTime() + CLOCK_SKEW_MS;
    return { code: isAhead ? 'SIGNED_IN_FUTURE' : 'TRUSTED', hasUnsignedContent: !isSettled };
  } catch (error) {
    if (error instanceof Asn1Failure) return { code: 'CERTIFICATE_NOT_SUPPORTED', hasUnsignedContent: false };
    throw error;
  }
}
