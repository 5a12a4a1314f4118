/** What the portal and `cert` say to each other, each shape once: types, validation and the OpenAPI document. */
import * as v from 'valibot';
import { ACCESS_TOKEN } from '../domain/access-token.ts';
import { ANNOTATION_STATUSES, CERTIFICATE_KINDS, CERTIFICATE_STATUSES } from '../domain/words.ts';
import {
  clientReference,
  code,
  count,
  date,
  days,
  id,
  instant,
  list,
  maybe,
  oneOfOrOther,
  prose,
  shortText,
  text,
} from './scalars.ts';

const localized = v.object({ zh: text, en: text });

const choice = v.object({ code, label: localized });

/** A policy that a person must meet: a pattern (ECMAScript, whole string) and the sentence that explains it. */
const policy = v.object({
  minLength: count,
  maxLength: count,
  /** Matched with a time limit where it is used. */
  pattern: v.pipe(v.string(), v.maxLength(500)),
  description: localized,
});

/** What a portal does not say that it can do, it cannot. */
const feature = v.nullish(v.boolean(), false);

export const meta = v.object({
  name: text,
  apiVersion: v.pipe(v.string(), v.regex(/^\d{1,4}\.\d{1,4}$/)),
  timeZone: v.literal('Asia/Shanghai'),
  scenarios: v.pipe(list(choice, 50), v.minLength(1)),
  maxValidDays: days,
  quota: v.object({ limit: count, windowDays: days }),
  annotationRequiredAfter: date,
  passwordPolicy: policy,
  usernamePolicy: policy,
  idTypes: v.nullish(list(choice, 50), []),
  helplines: v.nullish(list(shortText, 100), []),
  noticeVersion: text,
  features: v.object({
    idempotentSubmit: feature,
    echoReference: feature,
    qrLogin: feature,
    registration: feature,
    lookup: feature,
  }),
});

export const notice = v.object({ version: text, title: text, body: prose });
export const noticeAcceptance = v.object({ version: text });

export const quota = v.object({
  limit: count,
  windowDays: days,
  used: count,
  remaining: count,
  nextSlotOn: v.nullish(date, null),
});

export const annotation = v.object({
  id,
  certificateId: id,
  scenario: text,
  validDays: days,
  status: oneOfOrOther(ANNOTATION_STATUSES),
  requestedAt: instant,
  readyAt: maybe(instant),
  validUntil: maybe(date),
  /** Other clients of the portal name theirs as they like. */
  clientReference: maybe(text),
  failure: maybe(text),
});

export const certificate = v.object({
  id,
  kind: oneOfOrOther(CERTIFICATE_KINDS),
  qualification: text,
  specialty: maybe(text),
  level: maybe(text),
  holderName: text,
  idNumberMasked: text,
  certificateNumber: maybe(text),
  managementNumber: maybe(text),
  enquiryNumber: maybe(text),
  approvedOn: maybe(date),
  issuedOn: date,
  issuer: text,
  status: oneOfOrOther(CERTIFICATE_STATUSES),
  annotationRequired: v.boolean(),
  annotation: v.nullable(annotation),
  quota: v.nullable(quota),
});

export const certificatePage = v.object({ items: list(certificate, 1000), nextCursor: v.nullish(id, null) });
export const annotationList = v.object({ items: list(annotation, 1000), quota });

export const annotationRequest = v.object({
  scenario: text,
  validDays: days,
  clientReference,
});

export const challengeAnswer = v.object({ id, answer: v.pipe(v.string(), v.maxLength(100)) });

/** What is shown as a QR code: one of level M holds 2,331 bytes, and an empty one there is not. */
const qrPayload = v.pipe(v.string(), v.nonEmpty(), v.maxLength(2_000), v.maxBytes(2_000));

export const challenge = v.pipe(
  v.object({
    id,
    kind: v.picklist(['image', 'sms', 'qr']),
    prompt: text,
    image: maybe(v.pipe(v.string(), v.maxLength(400_000))),
    payload: maybe(qrPayload),
    expiresAt: instant,
  }),
  v.check(({ kind, payload }) => kind !== 'qr' || payload !== undefined, 'nothing to show'),
);

export const credentials = v.object({
  username: v.pipe(v.string(), v.maxLength(200)),
  password: v.pipe(v.string(), v.maxLength(200)),
  challenge: v.optional(challengeAnswer),
});

const accessToken = v.pipe(v.string(), v.regex(ACCESS_TOKEN));

export const session = v.object({
  /** Whose it is: after a login by QR code nobody has typed a user name. */
  username: maybe(text),
  accessToken,
  expiresAt: instant,
  holder: maybe(v.object({ name: text, idType: text, idNumberMasked: text })),
  notice: v.object({ version: text, accepted: v.boolean() }),
});

export const qrLogin = v.object({ id, payload: qrPayload, expiresAt: instant });

/** Any other word, such as one for a code that was scanned, means that nobody has confirmed it yet. */
const notYetConfirmed = v.pipe(
  v.object({ status: v.pipe(v.string(), v.maxLength(100), v.notValues(['confirmed', 'expired'])) }),
  v.transform(() => ({ status: 'pending' as const })),
);

export const qrLoginState = v.variant('status', [
  v.object({ status: v.literal('confirmed'), session }),
  v.object({ status: v.literal('expired') }),
  notYetConfirmed,
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
  status: maybe(oneOfOrOther(CERTIFICATE_STATUSES)),
  qualification: maybe(text),
  specialty: maybe(text),
  level: maybe(text),
  certificateNumber: maybe(text),
  managementNumber: maybe(text),
  enquiryNumber: maybe(text),
  approvedOn: maybe(date),
  issuedOn: maybe(date),
  issuer: maybe(text),
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
