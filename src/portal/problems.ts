/** What the portal refuses, as a failure that a person understands. */
import * as v from 'valibot';
import { type Problem, problem } from '../contract/problem.ts';
import { ROUTES, type Route } from '../contract/routes.ts';
import { createKnownSecrets } from '../domain/known-secrets.ts';
import { withoutSecrets } from '../domain/privacy.ts';
import { CertError } from '../errors.ts';
import type { HttpResponse } from '../ports/http.ts';
import { secretsOf } from './secrets-in.ts';

/** What a request was about, for the failure's words. */
export interface Subject {
  readonly route: Route;
  readonly certificate?: string | undefined;
  readonly annotation?: string | undefined;
}

type Headers = HttpResponse['headers'];

interface Request {
  readonly headers: Headers;
  readonly body?: string | undefined;
  readonly subject: Subject;
}

interface Refusal {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined when the answer has no JSON. */
  readonly body: unknown;
}

/**
 * The failure that an answer of 400 and above means. `now` measures a `Retry-After` date. What a portal repeats of the
 * request's secrets stays out of it.
 */
export function refusal({ status, headers, body }: Refusal, request: Request, now: Date): CertError {
  const { subject } = request;
  const clean = echoless(request);
  const said = withoutEchoes(readProblem(body), clean);
  // That something is not there is believed of the portal alone: a gateway may say nearly the same.
  const answer = said?.code === 'NOT_FOUND' && !isPortalsNotFound(status, headers) ? undefined : said;
  const requestId = answer?.requestId ?? requestIdOf(headers);
  // One that repeats a secret is no name of a request.
  const context = { requestId: requestId && (clean(requestId) === requestId ? requestId : undefined) };
  const retryAfter = given('retryAfterSeconds', retryAfterSeconds(headers, now));
  // RFC 6585, 6: it is the network between that answers.
  if (status === 511) return new CertError('PORTAL_PROTOCOL', { fault: { kind: 'web-page' } }, context);
  if (status >= 500 && answer?.code !== 'FEATURE_NOT_AVAILABLE')
    return new CertError('PORTAL_UNAVAILABLE', { status, ...retryAfter }, context);
  if (status === 429) return new CertError('RATE_LIMITED', retryAfter, context);
  const known = answer && fromProblem(answer, subject, context);
  return known ?? fromStatus(status, answer, subject, context);
}

const isPortalsNotFound = (status: number, headers: Headers): boolean =>
  status === 404 && /^application\/problem\+json\s*(?:;|$)/i.test(headers['content-type'] ?? '');

function readProblem(body: unknown): Problem | undefined {
  const { success, output } = v.safeParse(problem, body, { abortEarly: true });
  return success ? output : undefined;
}

/** The length of the shortest Chinese names. */
const LEAST_ECHO_CHARACTERS = 2;

/** A text of the answer without what the request carried that must not be repeated. */
function echoless(request: Request): (text: string) => string {
  const known = createKnownSecrets();
  for (const { secret, isToken = false } of secretsOf(request, 'name'))
    known.learn(secret, { least: LEAST_ECHO_CHARACTERS, isToken });
  return (text) => withoutSecrets(text, known);
}

function withoutEchoes(answer: Problem | undefined, clean: (text: string) => string): Problem | undefined {
  if (answer === undefined) return undefined;
  return {
    ...answer,
    ...given('title', answer.title && clean(answer.title)),
    ...given('detail', answer.detail && clean(answer.detail)),
    ...given(
      'fields',
      answer.fields?.map(({ field, message }) => ({ field: clean(field), message: clean(message) })),
    ),
  };
}

type ErrorContext = { readonly requestId: string | undefined };

/** Undefined for a code that means nothing more than its status. */
function fromProblem(answer: Problem, subject: Subject, context: ErrorContext): CertError | undefined {
  const certificate = subject.certificate ?? subject.annotation ?? '';
  switch (answer.code) {
    case 'INVALID_CREDENTIALS':
      return new CertError(answer.code, given('attemptsLeft', answer.attemptsLeft), context);
    case 'SESSION_EXPIRED':
      return new CertError(answer.code, {}, context);
    case 'ACCOUNT_LOCKED':
      return new CertError(answer.code, given('until', answer.until), context);
    case 'CHALLENGE_REQUIRED':
    case 'CHALLENGE_FAILED':
      return new CertError(
        answer.code,
        { ...given('kind', answer.challenge?.kind), ...given('challenge', answer.challenge) },
        context,
      );
    case 'FEATURE_NOT_AVAILABLE':
      return featureRefused(subject.route, context);
    case 'NOTICE_NOT_ACCEPTED':
      return new CertError(answer.code, {}, context);
    case 'USERNAME_TAKEN':
    case 'ID_ALREADY_REGISTERED':
      return new CertError(answer.code, {}, context);
    case 'VALIDATION_FAILED':
      if (subject.route !== ROUTES.register || !answer.fields?.length) return undefined;
      return new CertError(answer.code, { fields: answer.fields }, context);
    case 'NOT_FOUND':
      return notFound(subject, context);
    case 'QUOTA_EXHAUSTED':
      return new CertError(answer.code, { certificate: subject.certificate, nextSlotOn: answer.nextSlotOn }, context);
    case 'CERTIFICATE_REVOKED':
    case 'ANNOTATION_NOT_REQUIRED':
    case 'ANNOTATION_REQUIRED':
    case 'ANNOTATION_GENERATING':
      return new CertError(answer.code, { certificate }, context);
    case 'ANNOTATION_FAILED':
      return new CertError(answer.code, { certificate, ...given('said', answer.detail) }, context);
    case 'ANNOTATION_EXPIRED':
      return new CertError(answer.code, { certificate, ...given('validUntil', answer.validUntil) }, context);
    default:
      return undefined;
  }
}

function featureRefused(route: Route, context: ErrorContext): CertError | undefined {
  const features = [
    [ROUTES.lookup, 'lookup'],
    [ROUTES.register, 'registration'],
    [ROUTES.startQrLogin, 'qrLogin'],
  ] as const;
  const [, feature] = features.find(([offered]) => offered === route) ?? [];
  return feature && new CertError('FEATURE_NOT_AVAILABLE', { feature }, context);
}

function notFound({ annotation, certificate, route }: Subject, context: ErrorContext): CertError {
  if (annotation !== undefined) return new CertError('ANNOTATION_NOT_FOUND', { id: annotation }, context);
  if (certificate !== undefined) return new CertError('CERTIFICATE_NOT_FOUND', { selector: certificate }, context);
  return new CertError('ROUTE_NOT_FOUND', { route: route.path }, context);
}

/**
 * What is left without a code that says more. An answer that is no problem document did not come from a portal's rules:
 * above all it does not tell that a password is wrong or that a session has ended, whatever its status.
 */
function fromStatus(status: number, answer: Problem | undefined, subject: Subject, context: ErrorContext): CertError {
  const { route } = subject;
  if (answer !== undefined && status === 401 && route.session) return new CertError('SESSION_EXPIRED', {}, context);
  if (answer !== undefined) return new CertError('PORTAL_REFUSED', { status, said: wordsOf(answer) }, context);
  if (status === 404) return new CertError('ROUTE_NOT_FOUND', { route: route.path }, context);
  return new CertError('PORTAL_PROTOCOL', { route: route.path, fault: { kind: 'no-problem', status } }, context);
}

const MOST_SAID_CHARACTERS = 500;

function wordsOf({ detail, title, code, fields }: Problem): string {
  const named = fields?.map(({ field, message }) => `${field}: ${message}`).join('; ');
  const said = named || detail || title || code;
  return said.length > MOST_SAID_CHARACTERS ? `${said.slice(0, MOST_SAID_CHARACTERS)}…` : said;
}

/** `{[name]: value}`, or nothing where the portal left it out. */
const given = <K extends string, T>(name: K, value: T | undefined): { [P in K]?: T } =>
  (value === undefined ? {} : { [name]: value }) as { [P in K]?: T };

const requestIdOf = (headers: Headers): string | undefined =>
  /^[\w.~-]{1,128}$/.exec(headers['x-request-id'] ?? '')?.[0];

/** A longer pause would be advice for nobody. */
const LONGEST_PAUSE_SECONDS = 86_400;

/** `Retry-After` in whole seconds, given as seconds or as a date (RFC 9110, 10.2.3); of a longer one, a day. */
function retryAfterSeconds(headers: Headers, now: Date): number | undefined {
  const value = headers['retry-after'] ?? '';
  // Without its zone, a date would be one of this machine's.
  const at = /^[A-Z][a-z]+, .* GMT$/.test(value) ? Date.parse(value) : Number.NaN;
  const seconds = /^\d{1,20}$/.test(value) ? Number(value) : Math.ceil((at - now.getTime()) / 1_000);
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(0, seconds), LONGEST_PAUSE_SECONDS);
}
