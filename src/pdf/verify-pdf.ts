/** The layered verification of a signed PDF: every layer is asked in turn, and none says more than was checked. */
import { dayOf, shanghaiTime } from '../domain/calendar.ts';
import { type Layers, layer, type ReasonCode, type Verification, verdictOf } from '../domain/verification.ts';
import type { VerifyOptions } from '../ports/verifier.ts';
import { Asn1Failure, type Element } from './asn1/element.ts';
import { isVouchedFor } from './cms/vouched.ts';
import { checkIntegrity, type Integrity, readContainer } from './integrity.ts';
import { checkSealSignature } from './ses/check-seal-signature.ts';
import { judgeSeal } from './ses/judge-seal.ts';
import { summaryOf } from './ses/read-seal.ts';
import { judgeAnnotation, statedAnnotation } from './stated-annotation.ts';
import { type LocatedSignature, locateSignature } from './structure.ts';
import { isBlankFrom } from './syntax/file-end.ts';
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
  const { code, found: signature } = await locateSignature(file);
  if (code !== undefined) return withVerdict(notChecked(code));
  const read = readContainer(signature);

  const integrity = await checkContents(read?.container, signature);
  const claimedAt = integrity.signingTime ?? signature.signedAt;
  const trust = await checkTrust(integrity, claimedAt, options);
  const revisions = layer('revisions', addedCode(file, signature));
  const isAsSigned = revisions.result === 'pass' && layer('integrity', integrity.code).result !== 'fail';
  const stated = isAsSigned ? statedAnnotation(signature.document) : undefined;
  const layers: Layers = {
    structure: layer('structure', read?.isPadded === false ? 'CONTENTS_PADDING' : 'ONE_SIGNATURE'),
    integrity: layer('integrity', trust.hasUnsignedContent ? 'UNSIGNED_CONTENT' : integrity.code),
    signer: layer('signer', trust.code),
    revisions,
    annotation: layer(
      'annotation',
      stated === undefined ? 'NOT_CHECKED' : judgeAnnotation(stated, options.expected, dayOf(options.now)),
    ),
  };
  return withVerdict(layers, {
    signer: integrity.signer?.summary,
    claimedSigningTime: claimedAt && shanghaiTime(claimedAt),
    coverage: {
      fileBytes: file.length,
      coveredBytes: signature.coveredEnd,
      addedBytes: file.length - signature.coveredEnd,
    },
    annotation: typeof stated === 'object' ? stated : undefined,
    seal: integrity.seal && summaryOf(integrity.seal),
  });
}

function addedCode(file: Buffer, { coveredEnd }: LocatedSignature): ReasonCode<'revisions'> {
  if (coveredEnd === file.length) return 'NOTHING_ADDED';
  return isBlankFrom(file, coveredEnd) ? 'WHITE_SPACE_ADDED' : 'ADDED_AFTER_SIGNING';
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
