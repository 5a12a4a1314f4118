/**
 * Every way in which `cert` can fail: one closed union of codes, each with its exit code, whether trying the same
 * command again can help, and the facts that its message needs. Codes and exit codes are interface: scripts read them.
 */

/** The exit codes, by meaning. */
export const EXIT = {
  done: 0,
  unexpected: 1,
  usage: 2,
  notFound: 3,
  login: 4,
  noSlot: 5,
  refused: 6,
  verification: 7,
  generating: 8,
  outcomeUnknown: 9,
  unavailable: 10,
  secretStore: 11,
  busy: 12,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What a person is asked besides the password; the portal's contract has the same shape. */
interface Challenge {
  readonly id: string;
  readonly kind: 'image' | 'sms' | 'qr';
  readonly prompt: string;
  readonly image?: string | undefined;
  readonly payload?: string | undefined;
  readonly expiresAt: string;
}

/** Why a file cannot be written, where the system said it: each language has its words. */
export type FileReason =
  | 'no-permission'
  | 'read-only'
  | 'no-folder'
  | 'parent-is-file'
  | 'is-folder'
  | 'exists'
  | 'disk-full'
  | 'disk-quota'
  | 'too-large'
  | 'name-too-long'
  | 'link-loop'
  | 'in-use'
  | 'not-a-file';
/** What is wrong with the contents of a file of ours. */
export type ContentReason = 'not-json' | 'newer-version' | 'wrong-value' | 'damaged' | 'missing';
/** What is wrong with a variable of the environment. */
export type EnvironmentReason = 'not-a-token' | 'incomplete' | 'with-profile' | 'not-absolute' | 'no-home';
/** Why there is no keychain: keytar is not installed, a library of the system is missing, no service answers. */
export type UnavailableReason = 'not-installed' | 'library-missing' | 'no-service';

/** In what way a file is not the whole PDF that the portal promised. */
export type FileDamage =
  | { readonly kind: 'length'; readonly bytes: number; readonly expected: number }
  | { readonly kind: 'too-long'; readonly maxBytes: number }
  /** Its SHA-256 is not the one that the portal names. */
  | { readonly kind: 'digest' }
  /** It does not begin, or end, as a PDF does. */
  | { readonly kind: 'start' | 'end' }
  /** Another part of it than was asked for. */
  | { readonly kind: 'part' };

/** What each code's message may say. Optional facts are those that a portal may leave out. */
export interface ErrorParams {
  UNEXPECTED: { detail: string };
  USAGE: { detail: string };
  INPUT_REQUIRED: { flag: string };
  /** `at` is the place in the file. */
  CONFIG_INVALID: { path: string; detail: FileReason | ContentReason | (string & {}); at?: string };
  /** The memory of what was applied for: without it a slot may be spent twice. */
  JOURNAL_INVALID: { path: string; detail: FileReason | ContentReason | (string & {}); at?: string };
  /** `other` is the variable that is needed as well, or the value that it has. */
  ENVIRONMENT_INVALID: { name: string; detail: EnvironmentReason | (string & {}); other?: string };
  PORTAL_NOT_CONFIGURED: Record<never, never>;
  PORTAL_URL_INVALID: { url: string };
  PORTAL_NOT_HTTPS: { url: string };
  PROFILE_NOT_FOUND: { name: string; known: string[] };
  PROFILE_EXISTS: { name: string };
  CERTIFICATE_AMBIGUOUS: { selector?: string; choices: string[] };
  SCENARIO_NOT_SUPPORTED: { scenario: string; known: string[] };
  VALID_DAYS_OUT_OF_RANGE: { days: string; max: number };
  ID_NUMBER_INVALID: Record<never, never>;
  /** Found wrong here before anything was sent, or by the portal. */
  VALIDATION_FAILED: { fields: readonly { readonly field: string; readonly message: string }[] };
  FILE_EXISTS: { path: string };
  FILE_CHANGED: { path: string };
  FILE_MISSING: { path: string };
  NOTHING_DUE: Record<never, never>;
  FILE_NOT_WRITABLE: { path: string; detail: FileReason | (string & {}) };
  TRUST_FILE_INVALID: { path: string; detail: string };
  NO_VIEWER: { path: string };
  PORT_IN_USE: { port: number };
  CERTIFICATE_NOT_FOUND: { selector: string };
  FILE_NOT_FOUND: { path: string };
  FILE_NOT_READABLE: { path: string; detail: string };
  NO_PDF_FOUND: { path: string };
  TRUST_ANCHOR_NOT_FOUND: { fingerprint: string };
  ANNOTATION_NOT_FOUND: { id: string };
  LOOKUP_NOT_FOUND: Record<never, never>;
  ANNOTATION_REQUIRED: { certificate: string };
  ANNOTATION_EXPIRED: { certificate: string; validUntil?: string };
  ROUTE_NOT_FOUND: { detail: string };
  LOGIN_REQUIRED: Record<never, never>;
  INVALID_CREDENTIALS: { attemptsLeft?: number };
  ACCOUNT_LOCKED: { until?: string; helplines?: readonly string[] };
  /** `command`: what answers it, where that is not the login. */
  CHALLENGE_REQUIRED: { kind: string; challenge?: Challenge; command?: string };
  CHALLENGE_FAILED: { kind: string; challenge?: Challenge; command?: string };
  /** `source` where nothing can renew it. */
  SESSION_EXPIRED: { source?: 'environment' | 'keychain' | 'file' | 'none'; endedAt?: string | undefined };
  TOKEN_REFUSED: Record<never, never>;
  /** `reserved`: slots that are left but were not to be taken. */
  QUOTA_EXHAUSTED: { certificate?: string | undefined; nextSlotOn?: string | undefined; reserved?: number };
  NOTICE_NOT_ACCEPTED: { version?: string };
  CERTIFICATE_REVOKED: { certificate: string };
  ANNOTATION_NOT_REQUIRED: { certificate: string };
  ANNOTATION_FAILED: { certificate: string; reason?: string };
  FEATURE_NOT_AVAILABLE: { feature: 'lookup' | 'registration' | 'qrLogin' };
  USERNAME_TAKEN: Record<never, never>;
  ID_ALREADY_REGISTERED: Record<never, never>;
  PORTAL_REFUSED: { status: number; detail: string };
  VERIFICATION_FAILED: { invalid: number; unknown: number };
  FILE_NOT_PDF: { type: string };
  /** `keptAt`: where the suspicious file is. */
  FILE_DAMAGED: { damage: FileDamage; keptAt?: string };
  /** `reason`: the code of the layer that fails. */
  FILE_NOT_VERIFIED: { reason: string; keptAt?: string };
  ANNOTATION_GENERATING: { certificate: string };
  /** `isEarlier`: of an application of an earlier run, not of this one. */
  OUTCOME_UNKNOWN: { certificate: string; isEarlier?: boolean };
  APPLICATION_OPEN: { count: number };
  DNS_FAILED: { host: string };
  CONNECTION_REFUSED: { host: string };
  CONNECTION_LOST: { host: string };
  TLS_FAILED: { host: string; detail: string };
  PROXY_FAILED: { detail: string };
  TIMED_OUT: { host: string; afterMs: number };
  PORTAL_UNAVAILABLE: { status: number; retryAfterSeconds?: number };
  RATE_LIMITED: { retryAfterSeconds?: number };
  PORTAL_PROTOCOL: { detail: string };
  /** `path` of a file, with a FileReason as its detail. */
  SECRET_STORE_UNAVAILABLE: { store: string; detail: string; reason?: UnavailableReason; path?: string };
  SECRET_STORE_LOCKED: { store: string };
  SECRET_STORE_DISMISSED: { store: string };
  SECRET_STORE_TIMED_OUT: { store: string; afterMs: number };
  SECRET_TOO_LARGE: { store: string; bytes: number; maxBytes: number };
  SECRETS_DAMAGED: { path: string; detail: FileReason | ContentReason | (string & {}) };
  PASSPHRASE_WRONG: { path: string };
  PASSPHRASE_TOO_SHORT: { minCharacters: number };
  PASSPHRASE_FILE_INVALID: { path: string; detail?: FileReason | ContentReason | (string & {}) };
  CERTIFICATE_BUSY: { certificate: string; pid?: number };
  INTERRUPTED: Record<never, never>;
  TERMINATED: Record<never, never>;
}

export type ErrorCode = keyof ErrorParams;

interface ErrorKind {
  readonly exit: ExitCode;
  readonly retryable: boolean;
}

const final = (exit: ExitCode): ErrorKind => ({ exit, retryable: false });
const passing = (exit: ExitCode): ErrorKind => ({ exit, retryable: true });

export const ERRORS: { readonly [C in ErrorCode]: ErrorKind } = {
  UNEXPECTED: final(EXIT.unexpected),
  USAGE: final(EXIT.usage),
  INPUT_REQUIRED: final(EXIT.usage),
  CONFIG_INVALID: final(EXIT.usage),
  JOURNAL_INVALID: final(EXIT.usage),
  ENVIRONMENT_INVALID: final(EXIT.usage),
  PORTAL_NOT_CONFIGURED: final(EXIT.usage),
  PORTAL_URL_INVALID: final(EXIT.usage),
  PORTAL_NOT_HTTPS: final(EXIT.usage),
  PROFILE_NOT_FOUND: final(EXIT.usage),
  PROFILE_EXISTS: final(EXIT.usage),
  CERTIFICATE_AMBIGUOUS: final(EXIT.usage),
  SCENARIO_NOT_SUPPORTED: final(EXIT.usage),
  VALID_DAYS_OUT_OF_RANGE: final(EXIT.usage),
  ID_NUMBER_INVALID: final(EXIT.usage),
  VALIDATION_FAILED: final(EXIT.usage),
  FILE_EXISTS: final(EXIT.usage),
  FILE_NOT_WRITABLE: final(EXIT.usage),
  TRUST_FILE_INVALID: final(EXIT.usage),
  NO_VIEWER: final(EXIT.usage),
  PORT_IN_USE: final(EXIT.usage),
  CERTIFICATE_NOT_FOUND: final(EXIT.notFound),
  FILE_NOT_FOUND: final(EXIT.notFound),
  FILE_NOT_READABLE: final(EXIT.notFound),
  NO_PDF_FOUND: final(EXIT.notFound),
  TRUST_ANCHOR_NOT_FOUND: final(EXIT.notFound),
  ANNOTATION_NOT_FOUND: final(EXIT.notFound),
  LOOKUP_NOT_FOUND: final(EXIT.notFound),
  ANNOTATION_REQUIRED: final(EXIT.notFound),
  ANNOTATION_EXPIRED: final(EXIT.notFound),
  ROUTE_NOT_FOUND: final(EXIT.notFound),
  FILE_MISSING: final(EXIT.notFound),
  NOTHING_DUE: final(EXIT.notFound),
  LOGIN_REQUIRED: final(EXIT.login),
  INVALID_CREDENTIALS: final(EXIT.login),
  ACCOUNT_LOCKED: final(EXIT.login),
  CHALLENGE_REQUIRED: final(EXIT.login),
  CHALLENGE_FAILED: final(EXIT.login),
  SESSION_EXPIRED: final(EXIT.login),
  TOKEN_REFUSED: final(EXIT.login),
  QUOTA_EXHAUSTED: final(EXIT.noSlot),
  NOTICE_NOT_ACCEPTED: final(EXIT.refused),
  CERTIFICATE_REVOKED: final(EXIT.refused),
  ANNOTATION_NOT_REQUIRED: final(EXIT.refused),
  ANNOTATION_FAILED: final(EXIT.refused),
  FEATURE_NOT_AVAILABLE: final(EXIT.refused),
  USERNAME_TAKEN: final(EXIT.refused),
  ID_ALREADY_REGISTERED: final(EXIT.refused),
  PORTAL_REFUSED: final(EXIT.refused),
  FILE_NOT_PDF: passing(EXIT.verification),
  FILE_DAMAGED: passing(EXIT.verification),
  FILE_CHANGED: final(EXIT.verification),
  FILE_NOT_VERIFIED: final(EXIT.verification),
  VERIFICATION_FAILED: final(EXIT.verification),
  ANNOTATION_GENERATING: passing(EXIT.generating),
  OUTCOME_UNKNOWN: final(EXIT.outcomeUnknown),
  APPLICATION_OPEN: final(EXIT.outcomeUnknown),
  DNS_FAILED: passing(EXIT.unavailable),
  CONNECTION_REFUSED: passing(EXIT.unavailable),
  CONNECTION_LOST: passing(EXIT.unavailable),
  TLS_FAILED: final(EXIT.unavailable),
  PROXY_FAILED: final(EXIT.unavailable),
  TIMED_OUT: passing(EXIT.unavailable),
  PORTAL_UNAVAILABLE: passing(EXIT.unavailable),
  RATE_LIMITED: passing(EXIT.unavailable),
  PORTAL_PROTOCOL: final(EXIT.unavailable),
  SECRET_STORE_UNAVAILABLE: final(EXIT.secretStore),
  SECRET_STORE_LOCKED: passing(EXIT.secretStore),
  SECRET_STORE_DISMISSED: passing(EXIT.secretStore),
  SECRET_STORE_TIMED_OUT: passing(EXIT.secretStore),
  SECRET_TOO_LARGE: final(EXIT.secretStore),
  SECRETS_DAMAGED: final(EXIT.secretStore),
  PASSPHRASE_WRONG: final(EXIT.secretStore),
  PASSPHRASE_TOO_SHORT: final(EXIT.usage),
  PASSPHRASE_FILE_INVALID: final(EXIT.usage),
  CERTIFICATE_BUSY: passing(EXIT.busy),
  INTERRUPTED: passing(EXIT.interrupted),
  TERMINATED: passing(EXIT.terminated),
};

interface ErrorContext {
  /** The portal's id of the request that failed, for its helpline. */
  readonly requestId?: string | undefined;
  /** What was done before the failure: becomes `data` of the failed JSON document. */
  readonly data?: Record<string, unknown> | undefined;
  readonly cause?: unknown;
}

/** A failure that the user can understand and act on. Anything else that is thrown is a bug in `cert`. */
export class CertError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly params: ErrorParams[C];
  readonly requestId: string | undefined;
  readonly data: Record<string, unknown> | undefined;

  constructor(code: C, params: ErrorParams[C], context: ErrorContext = {}) {
    super(code, { cause: context.cause });
    this.name = 'CertError';
    this.code = code;
    this.params = params;
    this.requestId = context.requestId;
    this.data = context.data;
  }

  get exit(): ExitCode {
    return ERRORS[this.code].exit;
  }

  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }

  /** The same failure, with what was done before it. */
  withData(data: Record<string, unknown>): CertError<C> {
    return new CertError(this.code, this.params, { requestId: this.requestId, data, cause: this.cause });
  }
}

export const isCertError = <C extends ErrorCode>(error: unknown, ...codes: C[]): error is CertError<C> =>
  error instanceof CertError && (codes.length === 0 || codes.includes(error.code as C));

/** The order of gravity when several certificates fail differently; a usage error stops a command before any result. */
const GRAVITY: readonly ExitCode[] = [130, 143, 9, 1, 4, 11, 12, 2, 6, 5, 7, 10, 8, 3, 0];

/** The failure whose exit code a command with several results ends with; undefined when there is none. */
export const gravest = (errors: readonly CertError[]): CertError | undefined =>
  [...errors].sort((a, b) => GRAVITY.indexOf(a.exit) - GRAVITY.indexOf(b.exit))[0];
