/**
 * What a verification of a signed PDF can say: layers, and for each a closed set of reason codes. A code gives its
 * result, so a layer can never say one thing and its reason another. Codes are interface: scripts read them.
 */
import type { PlainDay } from './calendar.ts';

export type LayerResult = 'pass' | 'fail' | 'unknown';

export const REASONS = {
  /** The file, and where in it its signatures stand. */
  structure: {
    ONE_SIGNATURE: 'pass',
    SEVERAL_SIGNATURES: 'pass',
    NOT_A_PDF: 'fail',
    REWRITTEN: 'fail',
    BYTES_BEFORE_HEADER: 'fail',
    STRUCTURE_DAMAGED: 'fail',
    SIGNATURE_AMBIGUOUS: 'fail',
    BYTE_RANGE_INVALID: 'fail',
    BYTE_RANGE_BEYOND_END: 'fail',
    BYTE_RANGE_HOLE: 'fail',
    CONTENTS_INVALID: 'fail',
    CONTENTS_PADDING: 'unknown',
    NO_SIGNATURE: 'unknown',
    SIGNATURE_NOT_IN_USE: 'unknown',
    ENCRYPTED: 'unknown',
    FILE_TOO_LARGE: 'unknown',
    FILE_TOO_COMPLEX: 'unknown',
    FORMAT_NOT_SUPPORTED: 'unknown',
    OFD_FILE: 'unknown',
  },
  /** Digest and signature: whether the signed bytes are those that were signed. */
  integrity: {
    UNCHANGED: 'pass',
    CMS_MALFORMED: 'fail',
    CONTENT_EMBEDDED: 'fail',
    SEVERAL_SIGNERS: 'fail',
    SIGNED_ATTRIBUTES_INVALID: 'fail',
    CONTENT_TYPE_MISMATCH: 'fail',
    DIGEST_MISMATCH: 'fail',
    SIGNATURE_MISMATCH: 'fail',
    ALGORITHM_MISMATCH: 'fail',
    SIGNER_CERTIFICATE_MISSING: 'fail',
    SIGNER_CERTIFICATE_MISMATCH: 'fail',
    TIMESTAMP_MISMATCH: 'fail',
    ALGORITHM_WEAK: 'unknown',
    ALGORITHM_NOT_SUPPORTED: 'unknown',
    SIGNED_ATTRIBUTES_MISSING: 'unknown',
    SIGNER_CERTIFICATE_NOT_BOUND: 'unknown',
    UNSIGNED_CONTENT: 'unknown',
    SEAL_UNREADABLE: 'unknown',
    NOT_CHECKED: 'unknown',
  },
  /** The signer's certificate, its chain to a trust anchor and the electronic seal, at the time that the signer claims. */
  signer: {
    TRUSTED: 'pass',
    CERTIFICATE_EXPIRED: 'fail',
    CERTIFICATE_NOT_YET_VALID: 'fail',
    KEY_USAGE_WRONG: 'fail',
    ISSUER_NOT_CA: 'fail',
    PATH_TOO_LONG: 'fail',
    CERTIFICATE_SIGNATURE_MISMATCH: 'fail',
    SEAL_NOT_FOR_SIGNER: 'fail',
    SEAL_NOT_YET_VALID: 'fail',
    SEAL_EXPIRED: 'fail',
    SEAL_SIGNATURE_MISMATCH: 'fail',
    SEAL_MAKER_INVALID: 'fail',
    NO_TRUST_ANCHOR: 'unknown',
    NOT_TRUSTED: 'unknown',
    ISSUER_CERTIFICATE_MISSING: 'unknown',
    CERTIFICATE_FOR_OTHER_PURPOSE: 'unknown',
    SIGNED_IN_FUTURE: 'unknown',
    CERTIFICATE_WEAK: 'unknown',
    CERTIFICATE_NOT_SUPPORTED: 'unknown',
    SEAL_MAKER_NOT_TRUSTED: 'unknown',
    SEAL_UNREADABLE: 'unknown',
    NOT_CHECKED: 'unknown',
  },
  /** What was added to the file after it was signed. */
  revisions: {
    NOTHING_ADDED: 'pass',
    WHITE_SPACE_ADDED: 'pass',
    VALIDATION_DATA_ADDED: 'pass',
    TIMESTAMP_ADDED: 'pass',
    SIGNATURE_ADDED: 'pass',
    ADDED_AFTER_SIGNING: 'fail',
    TIMESTAMP_NOT_CONFIRMED: 'unknown',
    NOT_CHECKED: 'unknown',
  },
  /** The annotation that limits the file's use. */
  annotation: {
    IN_FORCE: 'pass',
    IN_FORCE_BY_RECORD: 'pass',
    NONE_STATED: 'pass',
    ANNOTATION_EXPIRED: 'fail',
    ANNOTATION_MISMATCH: 'fail',
    ANNOTATION_UNREADABLE: 'unknown',
    NOT_CHECKED: 'unknown',
  },
} as const satisfies Record<string, Record<string, LayerResult>>;

export type LayerName = keyof typeof REASONS;
export type ReasonCode<L extends LayerName = LayerName> = { [K in L]: keyof (typeof REASONS)[K] }[L];

export interface Layer<L extends LayerName = LayerName> {
  readonly result: LayerResult;
  readonly code: ReasonCode<L>;
}

export type Layers = { readonly [L in LayerName]: Layer<L> };

export type Verdict = 'valid' | 'invalid' | 'unknown';

export const layer = <L extends LayerName>(name: L, code: ReasonCode<L>): Layer<L> => ({
  result: (REASONS[name] as Record<ReasonCode<L>, LayerResult>)[code],
  code,
});

const GRAVITY: readonly LayerResult[] = ['fail', 'unknown', 'pass'];

/** Of several signatures of one file, in each layer the worst that is said of any; where they are equal, of the first. */
export function worstOf([first, ...others]: readonly [Layers, ...Layers[]]): Layers {
  const worse = <L extends LayerName>(name: L, one: Layers, other: Layers): Layer<L> =>
    GRAVITY.indexOf(other[name].result) < GRAVITY.indexOf(one[name].result) ? other[name] : one[name];
  return others.reduce<Layers>(
    (worst, one) => ({
      structure: worse('structure', worst, one),
      integrity: worse('integrity', worst, one),
      signer: worse('signer', worst, one),
      revisions: worse('revisions', worst, one),
      annotation: worse('annotation', worst, one),
    }),
    first,
  );
}

/** `valid` only when every layer passes, `invalid` as soon as one fails, `unknown` otherwise. */
export function verdictOf(layers: Layers): Verdict {
  const results = Object.values(layers).map(({ result }) => result);
  if (results.includes('fail')) return 'invalid';
  return results.every((result) => result === 'pass') ? 'valid' : 'unknown';
}

const UNSIGNED: readonly string[] = [
  'NO_SIGNATURE',
  'SIGNATURE_NOT_IN_USE',
  'ENCRYPTED',
  'FILE_TOO_LARGE',
  'FILE_TOO_COMPLEX',
];

/** Whether a signature was found at all, whoever made it. */
export const isSigned = ({ layers: { structure } }: Pick<Verification, 'layers'>): boolean =>
  structure.result !== 'fail' && !UNSIGNED.includes(structure.code);

/**
 * What proves that a file is not as it was issued, or not the one that was asked for. A slot was spent on it: that its
 * signer is in doubt, or that it may no longer be used, keeps it from nobody.
 */
export function refusalOf({ structure, integrity, revisions, annotation }: Layers): ReasonCode | undefined {
  const failed = [structure, integrity, revisions].find(({ result }) => result === 'fail');
  if (failed !== undefined) return failed.code;
  return annotation.code === 'ANNOTATION_MISMATCH' ? annotation.code : undefined;
}

/** What a file says of its annotation, as far as it can be read. */
export interface StatedAnnotation {
  readonly id?: string | undefined;
  readonly scenario?: string | undefined;
  /** The last day of its validity. */
  readonly validUntil: PlainDay;
}

/** What the caller knows of the file from elsewhere: from the portal, by way of the wallet. */
export interface ExpectedAnnotation {
  readonly id?: string | undefined;
  readonly validUntil?: PlainDay | undefined;
}

/** A certificate as it names itself. Resident identity numbers in names are masked. */
export interface CertificateSummary {
  /** The common name, else the organization, else the whole name. */
  readonly name: string;
  readonly subject: string;
  readonly issuer: string;
  /** As `name`, of the issuer. */
  readonly issuerName: string;
  /** Lower-case hex. */
  readonly serialNumber: string;
  /** Lower-case hex. */
  readonly sha256: string;
  /** RFC 3339. */
  readonly notBefore: string;
  readonly notAfter: string;
}

/** An electronic seal, as its maker describes it. */
export interface SealSummary {
  readonly id: string;
  readonly name: string;
  /** The name in the maker's certificate. */
  readonly maker: string;
  /** RFC 3339, both included. */
  readonly validFrom: string;
  readonly validUntil: string;
}

/** What one of several signatures proves. */
export type SignatureVerification = Pick<
  Verification,
  'layers' | 'signer' | 'claimedSigningTime' | 'coverage' | 'seal'
>;

export interface Verification {
  readonly verdict: Verdict;
  /** Of several signatures, in each layer the worst. */
  readonly layers: Layers;
  /**
   * Where there are several, each, in the order in which they were made. `signer` and `claimedSigningTime` beside them
   * are those of the first, who signed the document itself, and `coverage` is that of the last.
   */
  readonly signatures?: readonly SignatureVerification[] | undefined;
  /** Absent where no signer's certificate could be read. */
  readonly signer?: CertificateSummary | undefined;
  /** RFC 3339: when it was signed, by nothing but the signer's own claim. */
  readonly claimedSigningTime?: string | undefined;
  /** Absent where the signature's byte range could not be read. */
  readonly coverage?:
    | { readonly fileBytes: number; readonly coveredBytes: number; readonly addedBytes: number }
    | undefined;
  readonly annotation?: StatedAnnotation | undefined;
  /** Absent where the signature has none, or one that cannot be read. */
  readonly seal?: SealSummary | undefined;
}
