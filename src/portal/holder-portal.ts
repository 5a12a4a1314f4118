/** The routes that need a session, as methods. */
import { ROUTES } from '../contract/routes.ts';
import { CertError, EXIT, isCertError } from '../errors.ts';
import type { HolderPortal } from '../ports/holder-portal.ts';
import type { ActiveSession, Sessions } from '../ports/sessions.ts';
import { type Call, callsTo, type PortalAddress, requestOf } from './calls.ts';
import type { JsonRoute } from './check-answer.ts';
import { mayHaveArrived } from './failures.ts';
import { fileAnswer, fileHeaders } from './file.ts';
import { allPages } from './pages.ts';

interface Ports extends PortalAddress {
  readonly sessions: Pick<Sessions, 'current' | 'renew'>;
}

type SessionRoute = JsonRoute & { readonly session: true };

export function createHolderPortal({ sessions, ...address }: Ports): HolderPortal {
  const { http, origin } = address;
  const { checked, send } = callsTo(address);

  /** Calls with the session; one that the portal no longer takes is renewed once. */
  async function withSession<T>(call: (session: ActiveSession) => Promise<T>): Promise<T> {
    const session = await sessions.current();
    try {
      return await call(session);
    } catch (error) {
      const renewed = isCertError(error, 'SESSION_EXPIRED') ? await sessions.renew(session) : undefined;
      if (renewed === undefined) throw isCertError(error, 'SESSION_EXPIRED') ? endedFor(session, error) : error;
      return call(renewed);
    }
  }

  const call = <R extends SessionRoute>(route: R, details: Call = {}) =>
    withSession(({ accessToken }) => send(route, { ...details, accessToken }));

  return {
    acceptNotice: (version) => call(ROUTES.acceptNotice, { body: { version } }),
    async logOut() {
      const { accessToken } = await sessions.current();
      await send(ROUTES.logOut, { accessToken }).catch((error) => {
        if (!isCertError(error, 'SESSION_EXPIRED')) throw error;
      });
    },
    certificates: allPages(
      () => {
        const listing = http.sharingTime();
        return (cursor, etag) =>
          withSession(({ accessToken }) => {
            const query = cursor === undefined ? undefined : { cursor };
            const headers = etag === undefined ? {} : { 'if-none-match': etag };
            return listing.json(requestOf(origin, ROUTES.certificates, { query, headers, accessToken }));
          });
      },
      ({ body }) => checked(ROUTES.certificates, body),
    ),
    certificate: (id) => call(ROUTES.certificate, { id, subject: { certificate: id } }),
    annotations: (id) => call(ROUTES.annotations, { id, subject: { certificate: id } }),
    async submitAnnotation(id, request) {
      const { accessToken } = await sessions.current();
      const headers = { 'idempotency-key': request.clientReference };
      const submission = { id, headers, body: request, subject: { certificate: id } };
      return send(ROUTES.submitAnnotation, { ...submission, accessToken }).catch((error) => {
        throw saysWhatBecame(error) ? error : new CertError('OUTCOME_UNKNOWN', { certificate: id }, { cause: error });
      });
    },
    annotation: (id) => call(ROUTES.annotation, { id, subject: { annotation: id } }),
    async file({ certificateId, annotationId }, resume) {
      const route = annotationId === undefined ? ROUTES.certificateFile : ROUTES.annotationFile;
      const subject = { certificate: certificateId, annotation: annotationId };
      const details = { id: annotationId ?? certificateId, headers: fileHeaders(resume), subject };
      const open = ({ accessToken }: ActiveSession) => http.open(requestOf(origin, route, { ...details, accessToken }));
      return fileAnswer(await withSession(open), resume);
    },
  };
}

/** The end of a session that nothing renews. */
const endedFor = ({ source }: ActiveSession, { requestId }: CertError): CertError =>
  new CertError('SESSION_EXPIRED', { source }, { requestId });

/**
 * Whether a submission never left this machine, or was answered by a refusal that can be read, if perhaps a gateway's.
 * A portal that fails, or whose answer cannot be read, may have taken it.
 */
function saysWhatBecame(error: unknown): boolean {
  if (!isCertError(error) || isCertError(error, 'INTERRUPTED', 'TERMINATED')) return false;
  return error.exit !== EXIT.unavailable || error.code === 'RATE_LIMITED' || !mayHaveArrived(error);
}
