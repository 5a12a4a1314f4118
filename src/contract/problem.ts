/** Errors of the portal: RFC 9457 problem documents with a code of ours. */
import * as v from 'valibot';
import { count, date, id, instant, list, text } from './scalars.ts';
import { challenge } from './schemas.ts';

/** The codes of the contract and the HTTP status each comes with. */
export const PROBLEMS = {
  MALFORMED_REQUEST: 400,
  INVALID_CREDENTIALS: 401,
  SESSION_EXPIRED: 401,
  CHALLENGE_REQUIRED: 403,
  CHALLENGE_FAILED: 403,
  NOTICE_NOT_ACCEPTED: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  USERNAME_TAKEN: 409,
  ID_ALREADY_REGISTERED: 409,
  QUOTA_EXHAUSTED: 409,
  CERTIFICATE_REVOKED: 409,
  ANNOTATION_NOT_REQUIRED: 409,
  ANNOTATION_REQUIRED: 409,
  ANNOTATION_GENERATING: 409,
  ANNOTATION_FAILED: 409,
  IDEMPOTENCY_KEY_REUSED: 409,
  ANNOTATION_EXPIRED: 410,
  FILE_CHANGED: 412,
  REQUEST_TOO_LARGE: 413,
  RANGE_NOT_SATISFIABLE: 416,
  VALIDATION_FAILED: 422,
  SCENARIO_NOT_SUPPORTED: 422,
  VALID_DAYS_OUT_OF_RANGE: 422,
  ACCOUNT_LOCKED: 423,
  RATE_LIMITED: 429,
  INTERNAL_ERROR: 500,
  FEATURE_NOT_AVAILABLE: 501,
  TEMPORARILY_UNAVAILABLE: 503,
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** A fact that is not as the contract has it is as good as left out. */
const fact = <S extends v.GenericSchema>(value: S) => v.fallback(v.optional(value), undefined);

/** Read leniently: whatever a portal adds or leaves out, the code and the facts that it gives are used. */
export const problem = v.object({
  type: fact(text),
  title: fact(text),
  status: fact(count),
  detail: fact(text),
  code: v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]{0,63}$/)),
  requestId: fact(id),
  attemptsLeft: fact(count),
  until: fact(instant),
  nextSlotOn: fact(date),
  validUntil: fact(date),
  challenge: fact(challenge),
  fields: fact(list(v.object({ field: text, message: text }), 50)),
});

export type Problem = v.InferOutput<typeof problem>;
