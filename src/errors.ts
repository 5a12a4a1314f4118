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

/** A code of the system or of a library in its own spelling, such as `EMFILE` or `EPROTO`: never a sentence. */
export type SystemCode = Uppercase<string>;

/** Why a file cannot be read or written. Like every reason here it is a word for the catalogues, never text for people. */
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
  | 'in-use-by-cert'
  | 'not-a-file'
  | 'not-a-lock';
export type ContentReason = 'not-json' | 'newer-version' | 'wrong-value' | 'damaged' | 'missing' | 'too-slow';
export type PathReason = 'empty' | 'invisible' | 'other-home';
/** Why something that was given is not used: it can hardly be meant, and a password has few attempts. */
export type InputReason = 'blank' | 'blank-at-end' | 'untypable' | 'several-lines' | 'too-long' | 'not-text';
export type TrustFileReason = 'too-large' | 'no-certificate' | 'too-many-certificates' | 'damaged';
export type EnvironmentReason =
  | 'not-a-token'
  | 'incomplete'
  | 'with-profile'
  | 'not-absolute'
  | 'no-home'
  | 'not-one-of';
/** Why secrets cannot be kept: keytar, a library, a service or a process is missing, or nothing is to be kept. */
export type UnavailableReason =
  | 'not-installed'
  | 'library-missing'
  | 'no-service'
  | 'no-process'
  | 'process-ended'
  | 'store-is-none';

type PlainUsageFault =
  | 'excessArguments'
  | 'missingCommand'
  | 'notUnderstood'
  | 'notAToken'
  | 'stdoutWantsOne'
  | 'stdoutIsJson';
/** What is wrong with a command line, each with its facts. `similar` is what the person may have meant. */
export interface UsageFacts extends Record<PlainUsageFault, None> {
  unknownCommand: { readonly name: string; readonly similar?: string | undefined };
  unknownOption: { readonly name: string; readonly similar?: string | undefined };
  missingArgument: { readonly name: string };
  missingValue: { readonly flag: string };
  badValue: { readonly flag: string; readonly value: string; readonly expected: ExpectedValue };
  /** Two that exclude each other; one that needs the other. */
  conflict: { readonly one: string; readonly other: string };
  together: { readonly one: string; readonly other: string };
  daysBelowMinDays: { readonly days: number; readonly minDays: number };
  folderForSeveral: { readonly output: string };
  stepFailed: { readonly command: string; readonly code: number; readonly said: string };
}
/** What a value has to be: one of some words, a whole number (both bounds included), or what the word says. */
export type ExpectedValue =
  | { readonly oneOf: readonly string[] }
  | { readonly from: number; readonly to: number }
  | 'duration'
  | 'day'
  | 'profileName';
export type UsageFault = { [K in keyof UsageFacts]: { readonly kind: K } & UsageFacts[K] }[keyof UsageFacts];

type FileFault = FileReason | SystemCode;
type ContentFault = FileFault | ContentReason;
type StoreFault = FileFault | UnavailableReason;

/** In what way a file is not the whole PDF that the portal promised. */
export type FileDamage =
  | { readonly kind: 'length'; readonly bytes: number; readonly expected: number }
  | { readonly kind: 'too-long'; readonly maxBytes: number }
  /** Its SHA-256 is not the one that the portal names; it does not begin, or end, as a PDF does; it is another part. */
  | { readonly kind: 'digest' | 'start' | 'end' | 'part' };

/** In what way an answer is not the contract's. `type` is a content type, `field` the path of a field, `most` a bound. */
export type ProtocolFault =
  | { readonly kind: 'content-type'; readonly type: string }
  | { readonly kind: 'too-long'; readonly maxBytes: number }
  | { readonly kind: 'too-deep' | 'too-many'; readonly most: number }
  | { readonly kind: 'coding' | 'charset'; readonly name?: string }
  | { readonly kind: 'field'; readonly field: string }
  | { readonly kind: 'redirect' | 'no-problem' | 'problem'; readonly status: number }
  | { readonly kind: 'elsewhere'; readonly host: string }
  | { readonly kind: 'web-page' | 'empty' | 'not-json' | 'not-http' | 'headers' | 'pages' | 'list-too-long' | 'part' };

/** Why a proxy is of no use: its address is none, or one of SOCKS, it answered `status`, or the system's code says. */
export type ProxyFault =
  | { readonly kind: 'address' | 'socks' }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'system'; readonly code: SystemCode };

/** What a person is asked besides the password; the portal's contract has the same shape. */
interface Challenge {
  readonly id: string;
  readonly kind: 'image' | 'sms' | 'qr';
  readonly prompt: string;
  readonly image?: string | undefined;
  readonly payload?: string | undefined;
  readonly expiresAt: string;
}
type Store = 'keychain' | 'file' | 'none';

interface ErrorKind<P> {
  readonly exit: ExitCode;
  /** Whether the same command may go well when it is run again. */
  readonly retryable: boolean;
  /** What its message may say. Never there: it is a type only. */
  readonly params?: P;
}

type None = Record<never, never>;
type Maybe = string | undefined;
type SlotRule = { readonly limit: number; readonly windowDays: number } | undefined;
const final = <P = None>(exit: ExitCode): ErrorKind<P> => ({ exit, retryable: false });
const passing = <P = None>(exit: ExitCode): ErrorKind<P> => ({ exit, retryable: true });

/** Each code with its exit code and what its message may say. Optional facts are those that a portal may leave out. */
export const ERRORS = {
  /** A bug; `detail` is what was thrown. */
  UNEXPECTED: final<{ detail: string }>(EXIT.unexpected),
  USAGE: final<{ fault: UsageFault }>(EXIT.usage),
  INPUT_REQUIRED: final<{ flag: string; path?: string }>(EXIT.usage),
  /** `source` is the flag or the variable that brought it. */
  INPUT_UNLIKELY: final<{ source: string; reason: InputReason }>(EXIT.usage),
  /** `at` is the place in the file. */
  CONFIG_INVALID: final<{ path: string; detail: ContentFault; at?: string }>(EXIT.usage),
  /** The memory of what was applied for: without it a slot may be spent twice. */
  JOURNAL_INVALID: final<{ path: string; detail: ContentFault; at?: string }>(EXIT.usage),
  /** `other` is the variable that is needed as well, the value that it has, or the values that it may have. */
  ENVIRONMENT_INVALID: final<{ name: string; detail: EnvironmentReason; other?: string }>(EXIT.usage),
  PORTAL_NOT_CONFIGURED: final(EXIT.usage),
  PORTAL_URL_INVALID: final<{ url: string }>(EXIT.usage),
  PORTAL_NOT_HTTPS: final<{ url: string }>(EXIT.usage),
  PROFILE_NOT_FOUND: final<{ name: string; known: string[] }>(EXIT.usage),
  PROFILE_EXISTS: final<{ name: string }>(EXIT.usage),
  CERTIFICATE_AMBIGUOUS: final<{ selector?: string; choices: string[] }>(EXIT.usage),
  SCENARIO_NOT_SUPPORTED: final<{ scenario: string; known: string[] }>(EXIT.usage),
  VALID_DAYS_OUT_OF_RANGE: final<{ days: string; max: number }>(EXIT.usage),
  ID_NUMBER_INVALID: final(EXIT.usage),
  /** Found wrong here before anything was sent, or by the portal. */
  VALIDATION_FAILED: final<{ fields: readonly { readonly field: string; readonly message: string }[] }>(EXIT.usage),
  /** `at` is the character. */
  PATH_INVALID: final<{ path: string; detail: PathReason; at?: string }>(EXIT.usage),
  FILE_EXISTS: final<{ path: string }>(EXIT.usage),
  /** `pid` of the process that uses it. */
  FILE_NOT_WRITABLE: final<{ path: string; detail: FileFault; pid?: number }>(EXIT.usage),
  TRUST_FILE_INVALID: final<{ path: string; detail: TrustFileReason }>(EXIT.usage),
  NO_VIEWER: final<{ path: string }>(EXIT.usage),
  PORT_IN_USE: final<{ port: number }>(EXIT.usage),
  PASSPHRASE_TOO_SHORT: final<{ minCharacters: number }>(EXIT.usage),
  PASSPHRASE_FILE_INVALID: final<{ path: string; detail?: ContentFault }>(EXIT.usage),
  /** Without `selector` the account holds none at all. */
  CERTIFICATE_NOT_FOUND: final<{ selector?: string }>(EXIT.notFound),
  FILE_NOT_FOUND: final<{ path: string }>(EXIT.notFound),
  FILE_NOT_READABLE: final<{ path: string; detail: FileFault }>(EXIT.notFound),
  NO_PDF_FOUND: final<{ path: string }>(EXIT.notFound),
  TRUST_ANCHOR_NOT_FOUND: final<{ fingerprint: string }>(EXIT.notFound),
  ANNOTATION_NOT_FOUND: final<{ id: string }>(EXIT.notFound),
  /** `numbers`: under which of its numbers the certificate was looked for. */
  LOOKUP_NOT_FOUND: final<{ numbers: readonly ('managementNumber' | 'enquiryNumber')[] }>(EXIT.notFound),
  ANNOTATION_REQUIRED: final<{ certificate: string }>(EXIT.notFound),
  ANNOTATION_EXPIRED: final<{ certificate: string; validUntil?: string }>(EXIT.notFound),
  ROUTE_NOT_FOUND: final<{ route: string }>(EXIT.notFound),
  FILE_MISSING: final<{ path: string }>(EXIT.notFound),
  NOTHING_DUE: final(EXIT.notFound),
  /** `portal` where this call alone names it. */
  LOGIN_REQUIRED: final<{ portal?: string }>(EXIT.login),
  INVALID_CREDENTIALS: final<{ attemptsLeft?: number }>(EXIT.login),
  ACCOUNT_LOCKED: final<{ until?: string; helplines?: readonly string[] }>(EXIT.login),
  /** `command`: what answers it, where that is not the login. */
  CHALLENGE_REQUIRED: final<{ kind?: Challenge['kind']; challenge?: Challenge; command?: string }>(EXIT.login),
  CHALLENGE_FAILED: final<{ kind?: Challenge['kind']; challenge?: Challenge; command?: string }>(EXIT.login),
  /** `source` where nothing can renew it. */
  SESSION_EXPIRED: final<{ source?: 'environment' | Store; endedAt?: string | undefined }>(EXIT.login),
  TOKEN_REFUSED: final(EXIT.login),
  /** `reserved`: slots that are left but were not to be taken; `rule`: the portal's, where it has told it. */
  QUOTA_EXHAUSTED: final<{ certificate?: Maybe; nextSlotOn?: Maybe; reserved?: number; rule?: SlotRule }>(EXIT.noSlot),
  NOTICE_NOT_ACCEPTED: final<{ version?: string }>(EXIT.refused),
  CERTIFICATE_REVOKED: final<{ certificate: string }>(EXIT.refused),
  STATUS_NOT_KNOWN: final<{ certificate: string; annotation?: string; status: string }>(EXIT.refused),
  ANNOTATION_NOT_REQUIRED: final<{ certificate: string }>(EXIT.refused),
  /** `said`, here and below: the portal's own words. */
  ANNOTATION_FAILED: final<{ certificate: string; said?: string }>(EXIT.refused),
  FEATURE_NOT_AVAILABLE: final<{ feature: 'lookup' | 'registration' | 'qrLogin' }>(EXIT.refused),
  USERNAME_TAKEN: final(EXIT.refused),
  ID_ALREADY_REGISTERED: final(EXIT.refused),
  PORTAL_REFUSED: final<{ status: number; said: string }>(EXIT.refused),
  FILE_NOT_PDF: passing<{ type: string }>(EXIT.verification),
  /** `keptAt`: where the suspicious file is. */
  FILE_DAMAGED: passing<{ damage: FileDamage; keptAt?: string }>(EXIT.verification),
  FILE_CHANGED: final<{ path: string }>(EXIT.verification),
  /** `reason`: the code of the layer that fails. `path` of a file that lay here already, and was not imported. */
  FILE_NOT_VERIFIED: final<{ reason: Uppercase<string>; keptAt?: string; path?: string }>(EXIT.verification),
  FILE_NOT_OPENED: final<{ path: string; reason: 'invalid' | 'unsigned' | 'active' | 'unreadable' }>(EXIT.verification),
  VERIFICATION_FAILED: final<{ invalid: number; unknown: number }>(EXIT.verification),
  ANNOTATION_GENERATING: passing<{ certificate: string }>(EXIT.generating),
  /** `isEarlier`: of an application of an earlier run, not of this one. */
  OUTCOME_UNKNOWN: final<{ certificate: string; isEarlier?: boolean }>(EXIT.outcomeUnknown),
  APPLICATION_OPEN: final<{ count: number }>(EXIT.outcomeUnknown),
  DNS_FAILED: passing<{ host: string }>(EXIT.unavailable),
  CONNECTION_REFUSED: passing<{ host: string }>(EXIT.unavailable),
  CONNECTION_LOST: passing<{ host: string }>(EXIT.unavailable),
  TLS_FAILED: final<{ host: string; code: SystemCode }>(EXIT.unavailable),
  PROXY_FAILED: final<{ fault: ProxyFault }>(EXIT.unavailable),
  TIMED_OUT: passing<{ host: string; afterMs: number }>(EXIT.unavailable),
  PORTAL_UNAVAILABLE: passing<{ status: number; retryAfterSeconds?: number }>(EXIT.unavailable),
  RATE_LIMITED: passing<{ retryAfterSeconds?: number }>(EXIT.unavailable),
  /** `route` in the spelling of the contract, where one is known. */
  PORTAL_PROTOCOL: final<{ route?: string; fault: ProtocolFault }>(EXIT.unavailable),
  /** `path` of a file; `said`: the keychain's own words where no reason of ours fits. */
  SECRET_STORE_UNAVAILABLE: final<{ store: Store; reason?: StoreFault; said?: Maybe; path?: Maybe }>(EXIT.secretStore),
  SECRET_STORE_LOCKED: passing<{ store: Store }>(EXIT.secretStore),
  SECRET_STORE_DISMISSED: passing<{ store: Store }>(EXIT.secretStore),
  SECRET_STORE_TIMED_OUT: passing<{ store: Store; afterMs: number }>(EXIT.secretStore),
  SECRET_TOO_LARGE: final<{ store: Store; bytes: number; maxBytes: number }>(EXIT.secretStore),
  SECRETS_DAMAGED: final<{ path: string; detail: ContentFault }>(EXIT.secretStore),
  PASSPHRASE_WRONG: final<{ path: string }>(EXIT.secretStore),
  CERTIFICATE_BUSY: passing<{ certificate: string; pid?: number }>(EXIT.busy),
  INTERRUPTED: passing(EXIT.interrupted),
  TERMINATED: passing(EXIT.terminated),
} as const;

export type ErrorCode = keyof typeof ERRORS;

export type ErrorParams = { [C in ErrorCode]: NonNullable<(typeof ERRORS)[C]['params']> };

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
