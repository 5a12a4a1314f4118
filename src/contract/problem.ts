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

/** Read leniently: whatever a portal adds or leaves out, the code and the facts that it gives are used. */
export const problem = v.object({
  type: v.optional(text),
  title: v.optional(text),
  status: v.optional(count),
  detail: v.optional(text),
  code: v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]{0,63}$/)),
  requestId: v.optional(id),
  attemptsLeft: v.optional(count),
  until: v.optional(instant),
  nextSlotOn: v.optional(date),
  validUntil: v.optional(date),
  challenge: v.optional(challenge),
  fields: v.optional(list(v.object({ field: text, message: text }), 50)),
});

export type Problem = v.InferOutput<typeof problem>;
