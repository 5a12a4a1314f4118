/** The portal's routes as methods. Every answer is checked against the contract before it is used. */
import * as v from 'valibot';
import { API_PREFIX, ROUTES, type Route } from '../contract/routes.ts';
import { CertError, EXIT, isCertError } from '../errors.ts';
import type { Portal } from '../ports/portal.ts';
import type { ActiveSession, Sessions } from '../ports/sessions.ts';
import type { Outgoing } from './exchange.ts';
import { mayHaveArrived } from './failures.ts';
import { fileAnswer, fileHeaders } from './file.ts';
import type { Http } from './http.ts';
import { allPages } from './pages.ts';
import type { Subject } from './problems.ts';

interface Ports {
  readonly http: Http;
  /** The portal's address, as `portalOrigin` gives it. */
  readonly origin: string;
  readonly sessions: () => Promise<Pick<Sessions, 'current' | 'renew'>>;
}

interface Call {
  readonly id?: string;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** What a failure is about. */
  readonly subject?: Omit<Subject, 'route'>;
}

type JsonRoute = Route & { readonly answer: v.GenericSchema | null };
type AnswerOf<R extends JsonRoute> = R['answer'] extends v.GenericSchema ? v.InferOutput<R['answer']> : undefined;

export function createPortal({ http, origin, sessions }: Ports): Portal {
  const outgoing = (route: Route, call: Call, session?: ActiveSession): Outgoing => ({
    url: origin + API_PREFIX + pathOf(route, call),
    headers: {
      accept: route.answer === 'pdf' ? 'application/pdf, application/problem+json' : 'application/json',
      'accept-encoding': 'identity',
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(session === undefined ? {} : { authorization: `Bearer ${session.accessToken}` }),
      ...call.headers,
    },
    body: call.body === undefined ? undefined : JSON.stringify(call.body),
    subject: { route, ...call.subject },
  });

  /** Calls with the session; one that the portal no longer takes is renewed once. */
  async function withSession<T>(call: (session: ActiveSession) => Promise<T>): Promise<T> {
    const provider = await sessions();
    const session = await provider.current();
    try {
      return await call(session);
    } catch (error) {
      const renewed = isCertError(error, 'SESSION_EXPIRED') ? await provider.renew(session) : undefined;
      if (renewed === undefined) throw isCertError(error, 'SESSION_EXPIRED') ? endedFor(session, error) : error;
      return call(renewed);
    }
  }

  const send = async <R extends JsonRoute>(route: R, call: Call, session?: ActiveSession) =>
    checked(route, (await http.json(outgoing(route, call, session))).body);

  const call = <R extends JsonRoute>(route: R, details: Call = {}): Promise<AnswerOf<R>> =>
    route.session ? withSession((session) => send(route, details, session)) : send(route, details);

  return {
    origin,
    meta: () => call(ROUTES.meta),
    notice: () => call(ROUTES.notice),
    acceptNotice: (version) => call(ROUTES.acceptNotice, { body: { version } }),
    logIn: (credentials) =>
      call(ROUTES.logIn, { body: credentials }).catch(async (error) => {
        if (!isCertError(error, 'ACCOUNT_LOCKED')) throw error;
        const { helplines } = await call(ROUTES.meta).catch(() => ({ helplines: [] }));
        throw new CertError('ACCOUNT_LOCKED', { ...error.params, helplines }, { requestId: error.requestId });
      }),
    register: (registration) => call(ROUTES.register, { body: registration }),
    startQrLogin: () => call(ROUTES.startQrLogin),
    qrLogin: (id) => call(ROUTES.qrLogin, { id }),
    async logOut() {
      const session = await (await sessions()).current();
      await send(ROUTES.logOut, {}, session).catch((error) => {
        if (!isCertError(error, 'SESSION_EXPIRED')) throw error;
      });
    },
    lookUp: (facts) => call(ROUTES.lookup, { body: facts }),
    certificates: allPages(
      (cursor, etag) =>
        withSession((session) => {
          const query = cursor === undefined ? undefined : { cursor };
          const headers = etag === undefined ? {} : { 'if-none-match': etag };
          return http.json(outgoing(ROUTES.certificates, { query, headers }, session));
        }),
      ({ body }) => checked(ROUTES.certificates, body),
    ),
    certificate: (id) => call(ROUTES.certificate, { id, subject: { certificate: id } }),
    annotations: (id) => call(ROUTES.annotations, { id, subject: { certificate: id } }),
    submitAnnotation: (id, request) => {
      const headers = { 'idempotency-key': request.clientReference };
      const submission = { id, headers, body: request, subject: { certificate: id } };
      return withSession((session) =>
        send(ROUTES.submitAnnotation, submission, session).catch((error) => {
          throw wasNotAccepted(error) ? error : new CertError('OUTCOME_UNKNOWN', { certificate: id }, { cause: error });
        }),
      );
    },
    annotation: (id) => call(ROUTES.annotation, { id, subject: { annotation: id } }),
    async file({ certificateId, annotationId }, resume) {
      const route = annotationId === undefined ? ROUTES.certificateFile : ROUTES.annotationFile;
      const subject = { certificate: certificateId, annotation: annotationId };
      const details = { id: annotationId ?? certificateId, headers: fileHeaders(resume), subject };
      return fileAnswer(await withSession((session) => http.open(outgoing(route, details, session))), resume);
    },
  };
}

/** The end of a session that nothing renews. */
const endedFor = ({ source }: ActiveSession, { requestId }: CertError): CertError =>
  new CertError('SESSION_EXPIRED', { source }, { requestId });

const pathOf = ({ path }: Route, { id = '', query }: Call): string =>
  path.replace('{id}', encodeURIComponent(id)) + (query === undefined ? '' : `?${new URLSearchParams(query)}`);

/** @throws CertError PORTAL_PROTOCOL with the path of the field that does not fit, never with its value */
function checked<R extends JsonRoute>(route: R, body: unknown): AnswerOf<R> {
  if (route.answer === null) return undefined as AnswerOf<R>;
  const parsed = v.safeParse(route.answer, body);
  if (parsed.success) return parsed.output as AnswerOf<R>;
  const field = v.getDotPath(parsed.issues[0]) ?? '';
  throw new CertError('PORTAL_PROTOCOL', { route: route.path, fault: { kind: 'field', field } });
}

/**
 * Whether a submission that failed is certain to have made no annotation: it never left this machine, or the portal
 * refused it. A portal that fails, or whose answer cannot be read, may have taken it all the same.
 */
function wasNotAccepted(error: unknown): boolean {
  if (!isCertError(error) || isCertError(error, 'INTERRUPTED', 'TERMINATED')) return false;
  return error.exit !== EXIT.unavailable || error.code === 'RATE_LIMITED' || !mayHaveArrived(error);
}
