/** The routes that need no session, as methods. */
import { ROUTES } from '../contract/routes.ts';
import { CertError, isCertError } from '../errors.ts';
import type { Portal } from '../ports/portal.ts';
import { type Call, callsTo, type PortalAddress } from './calls.ts';
import type { JsonRoute } from './check-answer.ts';

type OpenRoute = JsonRoute & { readonly session: false };

export function createPortal(address: PortalAddress): Portal {
  const { send } = callsTo(address);
  const call = <R extends OpenRoute>(route: R, details: Call = {}) => send(route, details);

  return {
    origin: address.origin,
    meta: () => call(ROUTES.meta),
    notice: () => call(ROUTES.notice),
    logIn: (credentials) =>
      call(ROUTES.logIn, { body: credentials }).catch(async (error) => {
        if (!isCertError(error, 'ACCOUNT_LOCKED')) throw error;
        const { helplines } = await call(ROUTES.meta).catch(() => ({ helplines: [] }));
        throw new CertError('ACCOUNT_LOCKED', { ...error.params, helplines }, { requestId: error.requestId });
      }),
    register: (registration) => call(ROUTES.register, { body: registration }),
    startQrLogin: () => call(ROUTES.startQrLogin),
    qrLogin: (id) => call(ROUTES.qrLogin, { id }),
    lookUp: (facts) => call(ROUTES.lookup, { body: facts }),
  };
}
