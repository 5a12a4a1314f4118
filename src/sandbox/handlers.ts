/** What the sandbox does on each route of the contract. A route without its handler does not compile. */
import { createHash } from 'node:crypto';
import type { GenericSchema, InferInput, InferOutput } from 'valibot';
import type { ROUTES, Route, RouteName } from '../contract/routes.ts';
import type { AnnotationRequest } from '../contract/schemas.ts';
import { shanghaiTime } from '../domain/calendar.ts';
import { MAX_VALID_DAYS, MIN_VALID_DAYS } from '../domain/published-rules.ts';
import { logIn, lookUp, qrPayload, register } from './accounts.ts';
import { matchesWeakly } from './etag.ts';
import { asListed } from './lag.ts';
import { metaOf, NOTICE, SCENARIO } from './meta.ts';
import { type PdfIssuer, pdfResponse } from './pdf-issuer.ts';
import { NOTICE_VERSION } from './people.ts';
import { Refusal } from './refusal.ts';
import type { Registry } from './registry.ts';
import type { Account, StoredAnnotation } from './state.ts';

const QR_LIFE_MS = 3 * 60_000;

interface Call<Body> {
  readonly registry: Registry;
  readonly id: string | undefined;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: Body;
  /** The holder of the session, on routes that need one. */
  readonly holder: Account;
  readonly pdfs: PdfIssuer;
  readonly pageSize: number;
}

type BodyOf<R extends Route> = R extends { request: infer S extends GenericSchema } ? InferOutput<S> : undefined;
/** The JSON of its answer; undefined where it has none. */
export type AnswerOf<R extends Route> = R['answer'] extends GenericSchema ? InferInput<R['answer']> : undefined;

/** The JSON of the answer, or a whole Response where the route's answer is more than that. */
type Handler<R extends Route> = (call: Call<BodyOf<R>>) => AnswerOf<R> | Response | Promise<Response>;

export const HANDLERS: { readonly [N in RouteName]: Handler<(typeof ROUTES)[N]> } = {
  meta: ({ registry }) => metaOf(registry.state.features),
  notice: () => NOTICE,
  acceptNotice: ({ body, holder }) => {
    if (body.version !== NOTICE_VERSION)
      throw new Refusal('VALIDATION_FAILED', { fields: [{ field: 'version', message: 'not in force' }] });
    holder.acceptedNotice = body.version;
    return undefined;
  },
  register: ({ registry, body }) => register(registry, body),
  logIn: ({ registry, body }) => logIn(registry, body),
  startQrLogin: ({ registry }) => {
    if (!registry.state.features.qrLogin) throw new Refusal('FEATURE_NOT_AVAILABLE');
    const id = registry.newId();
    const expiresAt = registry.later(QR_LIFE_MS);
    registry.state.qrLogins[id] = { id, expiresAt, session: null };
    registry.onAsked({ id, kind: 'qr-login' });
    return { id, payload: qrPayload(id), expiresAt };
  },
  qrLogin: ({ registry, id = '' }) => {
    const { qrLogins } = registry.state;
    const login = Object.hasOwn(qrLogins, id) ? qrLogins[id] : undefined;
    if (login === undefined) throw new Refusal('NOT_FOUND');
    if (registry.isPast(login.expiresAt)) return { status: 'expired' };
    return login.session === null ? { status: 'pending' } : { status: 'confirmed', session: login.session };
  },
  logOut: ({ registry, headers }) => {
    registry.endSession(headers.get('authorization') ?? undefined);
    return undefined;
  },
  certificates: ({ registry, holder, query, headers, pageSize }) => {
    const all = registry.certificatesOf(holder);
    const cursor = query.get('cursor');
    const start = cursor === null ? 0 : all.findIndex(({ id }) => id === cursor);
    if (start === -1) throw new Refusal('VALIDATION_FAILED', { fields: [{ field: 'cursor', message: 'unknown' }] });
    const items = all.slice(start, start + pageSize).map((certificate) => registry.certificate(certificate));
    return withEtag({ items, nextCursor: all[start + pageSize]?.id ?? null }, headers);
  },
  certificate: ({ registry, holder, id }) => registry.certificate(registry.storedCertificate(id, holder)),
  annotations: ({ registry, holder, id }) => {
    const certificate = registry.storedCertificate(id, holder);
    return { items: registry.annotations(certificate.id), quota: registry.quota(certificate.id) };
  },
  submitAnnotation: ({ registry, holder, id, body, headers }) => {
    const certificate = registry.storedCertificate(id, holder);
    const key = headers.get('idempotency-key');
    if (!key) throw new Refusal('MALFORMED_REQUEST', { detail: 'Idempotency-Key' });
    const earlier = registry.state.features.idempotentSubmit ? registry.appliedWith(key, holder) : undefined;
    if (earlier !== undefined) return registry.annotation(sameRequest(earlier, certificate.id, body));
    if (certificate.status === 'revoked') throw new Refusal('CERTIFICATE_REVOKED');
    if (!certificate.annotationRequired) throw new Refusal('ANNOTATION_NOT_REQUIRED');
    if (holder.acceptedNotice !== NOTICE_VERSION) throw new Refusal('NOTICE_NOT_ACCEPTED');
    if (body.scenario !== SCENARIO.code) throw new Refusal('SCENARIO_NOT_SUPPORTED');
    if (body.validDays < MIN_VALID_DAYS || body.validDays > MAX_VALID_DAYS)
      throw new Refusal('VALID_DAYS_OUT_OF_RANGE');
    const { remaining, nextSlotOn } = registry.quota(certificate.id);
    if (remaining === 0) throw new Refusal('QUOTA_EXHAUSTED', nextSlotOn === null ? {} : { nextSlotOn });
    return registry.annotation(newAnnotation(registry, certificate.id, key, body));
  },
  annotation: ({ registry, holder, id }) => registry.annotationOf(id, holder).annotation,
  annotationFile: async ({ registry, holder, id, headers, pdfs }) => {
    const { annotation, certificate } = registry.annotationOf(id, holder);
    if (certificate.status === 'revoked') throw new Refusal('CERTIFICATE_REVOKED');
    if (annotation.status === 'generating') throw new Refusal('ANNOTATION_GENERATING', {}, { 'retry-after': '2' });
    if (annotation.status === 'failed') throw new Refusal('ANNOTATION_FAILED');
    if (annotation.status === 'expired')
      throw new Refusal(
        'ANNOTATION_EXPIRED',
        annotation.validUntil === undefined ? {} : { validUntil: annotation.validUntil },
      );
    return pdfResponse(await pdfs.pdf(certificate, holder, annotation, registry.state.signature), headers);
  },
  certificateFile: async ({ registry, holder, id, headers, pdfs }) => {
    const certificate = registry.storedCertificate(id, holder);
    if (certificate.status === 'revoked') throw new Refusal('CERTIFICATE_REVOKED');
    if (certificate.annotationRequired) throw new Refusal('ANNOTATION_REQUIRED');
    return pdfResponse(await pdfs.pdf(certificate, holder, null, registry.state.signature), headers);
  },
  lookup: ({ registry, body }) => lookUp(registry, body),
};

type Answered<N extends RouteName> = ReturnType<(typeof HANDLERS)[N]>;

/** Calls a route, for the API as for the web pages: lists lag where they are told to. @throws Refusal */
export function callRoute<N extends RouteName>(name: N, call: Parameters<(typeof HANDLERS)[N]>[0]): Answered<N> {
  const handler = HANDLERS[name] as (call: unknown) => Answered<N>;
  return handler({ ...call, registry: asListed(call.registry, name, call.holder, call.id) });
}

function sameRequest(earlier: StoredAnnotation, certificateId: string, body: AnnotationRequest): StoredAnnotation {
  const isSame =
    earlier.certificateId === certificateId &&
    earlier.scenario === body.scenario &&
    earlier.validDays === body.validDays &&
    earlier.clientReference === body.clientReference;
  if (!isSame) throw new Refusal('IDEMPOTENCY_KEY_REUSED');
  return earlier;
}

function newAnnotation(
  registry: Registry,
  certificateId: string,
  idempotencyKey: string,
  body: AnnotationRequest,
): StoredAnnotation {
  const { state } = registry;
  const annotation: StoredAnnotation = {
    id: `a-${registry.newId().replaceAll('-', '').slice(0, 12)}`,
    certificateId,
    ...body,
    idempotencyKey,
    requestedAt: shanghaiTime(registry.now),
    generateAfterMs: state.generateAfterMs,
    failure: state.failNextGeneration,
  };
  state.failNextGeneration = null;
  state.annotations.push(annotation);
  return annotation;
}

function withEtag(page: object, headers: Headers): Response {
  const text = JSON.stringify(page);
  const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`;
  if (matchesWeakly(headers.get('if-none-match') ?? '', etag))
    return new Response(null, { status: 304, headers: { etag } });
  return new Response(text, { headers: { 'content-type': 'application/json', etag } });
}
