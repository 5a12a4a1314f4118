/** What the portal and `cert` say to each other, each shape once: types, validation and the OpenAPI document. */
import * as v from 'valibot';
import { ACCESS_TOKEN } from '../domain/access-token.ts';
import { clientReference, count, date, id, instant, list, maybe, prose, text } from './scalars.ts';

const localized = v.object({ zh: text, en: text });

const scenario = v.object({ code: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,39}$/)), label: localized });

/** A policy that a person must meet: a pattern (ECMAScript, whole string) and the sentence that explains it. */
const policy = v.object({
  minLength: count,
  maxLength: count,
  pattern: v.pipe(v.string(), v.maxLength(500)),
  description: localized,
});

export const meta = v.object({
  name: text,
  apiVersion: v.pipe(v.string(), v.regex(/^\d+\.\d+$/)),
  timeZone: v.literal('Asia/Shanghai'),
  scenarios: v.pipe(list(scenario, 50), v.minLength(1)),
  maxValidDays: v.pipe(count, v.minValue(1)),
  quota: v.object({ limit: count, windowDays: v.pipe(count, v.minValue(1)) }),
  annotationRequiredAfter: date,
  passwordPolicy: policy,
  usernamePolicy: policy,
  idTypes: list(v.object({ code: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,39}$/)), label: localized }), 50),
  helplines: list(text, 20),
  noticeVersion: text,
  features: v.object({
    idempotentSubmit: v.boolean(),
    echoReference: v.boolean(),
    qrLogin: v.boolean(),
    registration: v.boolean(),
    lookup: v.boolean(),
  }),
});

export const notice = v.object({ version: text, title: text, body: prose });
export const noticeAcceptance = v.object({ version: text });

export const quota = v.object({
  limit: count,
  windowDays: count,
  used: count,
  remaining: count,
  nextSlotOn: v.nullable(date),
});

export const annotation = v.object({
  id,
  certificateId: id,
  scenario: text,
  validDays: v.pipe(count, v.minValue(1)),
  status: v.picklist(['generating', 'ready', 'expired', 'failed']),
  requestedAt: instant,
  readyAt: v.optional(instant),
  validUntil: v.optional(date),
  clientReference: v.optional(clientReference),
  failure: v.optional(text),
});

export const certificate = v.object({
  id,
  kind: v.picklist(['certificate', 'electronic-file']),
  qualification: text,
  specialty: maybe(text),
  level: maybe(text),
  holderName: text,
  idNumberMasked: text,
  certificateNumber: text,
  managementNumber: maybe(text),
  enquiryNumber: maybe(text),
  approvedOn: maybe(date),
  issuedOn: date,
  issuer: text,
  status: v.picklist(['valid', 'revoked']),
  annotationRequired: v.boolean(),
  annotation: v.nullable(annotation),
  quota: v.nullable(quota),
});

export const certificatePage = v.object({ items: list(certificate, 1000), nextCursor: v.nullable(id) });
export const annotationList = v.object({ items: list(annotation, 10_000), quota });

export const annotationRequest = v.object({
  scenario: text,
  validDays: v.pipe(count, v.minValue(1)),
  clientReference,
});

export const challengeAnswer = v.object({ id, answer: v.pipe(v.string(), v.maxLength(100)) });

export const challenge = v.object({
  id,
  kind: v.picklist(['image', 'sms', 'qr']),
  prompt: text,
  image: v.optional(v.pipe(v.string(), v.maxLength(400_000))),
  payload: v.optional(v.pipe(v.string(), v.maxLength(2_000))),
  expiresAt: instant,
});

export const credentials = v.object({
  username: v.pipe(v.string(), v.maxLength(200)),
  password: v.pipe(v.string(), v.maxLength(200)),
  challenge: v.optional(challengeAnswer),
});

const accessToken = v.pipe(v.string(), v.regex(ACCESS_TOKEN));

export const session = v.object({
  /** Whose it is: after a login by QR code nobody has typed a user name. */
  username: v.optional(text),
  accessToken,
  expiresAt: instant,
  holder: v.object({ name: text, idType: text, idNumberMasked: text }),
  notice: v.object({ version: text, accepted: v.boolean() }),
});

export const qrLogin = v.object({ id, payload: v.pipe(v.string(), v.maxLength(2_000)), expiresAt: instant });

export const qrLoginState = v.variant('status', [
  v.object({ status: v.literal('pending') }),
  v.object({ status: v.literal('confirmed'), session }),
  v.object({ status: v.literal('expired') }),
]);

export const registration = v.object({
  username: v.pipe(v.string(), v.maxLength(200)),
  password: v.pipe(v.string(), v.maxLength(200)),
  idType: text,
  idNumber: text,
  name: text,
  phone: text,
  challenge: v.optional(challengeAnswer),
});

export const account = v.object({ username: text });

export const lookup = v.pipe(
  v.object({
    name: text,
    idNumber: text,
    managementNumber: v.optional(text),
    enquiryNumber: v.optional(text),
    challenge: v.optional(challengeAnswer),
  }),
  v.forward(
    v.check(
      ({ managementNumber, enquiryNumber }) => (managementNumber === undefined) !== (enquiryNumber === undefined),
      'exactly one of managementNumber and enquiryNumber',
    ),
    ['managementNumber'],
  ),
);

export const lookupResult = v.object({
  found: v.boolean(),
  status: v.optional(v.picklist(['valid', 'revoked'])),
  qualification: v.optional(text),
  specialty: maybe(text),
  level: maybe(text),
  certificateNumber: v.optional(text),
  managementNumber: maybe(text),
  enquiryNumber: maybe(text),
  approvedOn: maybe(date),
  issuedOn: v.optional(date),
  issuer: v.optional(text),
});

export type Meta = v.InferOutput<typeof meta>;
export type Notice = v.InferOutput<typeof notice>;
export type Quota = v.InferOutput<typeof quota>;
export type Annotation = v.InferOutput<typeof annotation>;
export type Certificate = v.InferOutput<typeof certificate>;
export type CertificatePage = v.InferOutput<typeof certificatePage>;
export type AnnotationList = v.InferOutput<typeof annotationList>;
export type AnnotationRequest = v.InferOutput<typeof annotationRequest>;
export type Challenge = v.InferOutput<typeof challenge>;
export type ChallengeAnswer = v.InferOutput<typeof challengeAnswer>;
export type Credentials = v.InferOutput<typeof credentials>;
export type Session = v.InferOutput<typeof session>;
export type QrLogin = v.InferOutput<typeof qrLogin>;
export type QrLoginState = v.InferOutput<typeof qrLoginState>;
export type Registration = v.InferOutput<typeof registration>;
export type Account = v.InferOutput<typeof account>;
export type Lookup = v.InferOutput<typeof lookup>;
export type LookupResult = v.InferOutput<typeof lookupResult>;
