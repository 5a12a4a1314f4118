import { CertError, isCertError } from '../errors.ts';

/** Failures after which the portal has surely not checked a password. */
const NOT_CHECKED = [
  'DNS_FAILED',
  'CONNECTION_REFUSED',
  'TLS_FAILED',
  'PROXY_FAILED',
  'PORTAL_UNAVAILABLE',
  'RATE_LIMITED',
] as const;

/**
 * Lets a login fail only once, because a few wrong passwords lock an account: every later call fails without asking
 * the portal, with the same error (with LOGIN_REQUIRED where that error invites to try again). A failure after which
 * no password can have been checked does not count.
 */
export function failingOnce<A, T>(logIn: (credentials: A) => Promise<T>): (credentials: A) => Promise<T> {
  let spent: { readonly error: unknown } | undefined;
  return async (credentials) => {
    if (spent !== undefined) throw spent.error;
    try {
      return await logIn(credentials);
    } catch (error) {
      if (!isCertError(error, ...NOT_CHECKED))
        spent = {
          error: isCertError(error) && error.retryable ? new CertError('LOGIN_REQUIRED', {}, { cause: error }) : error,
        };
      throw error;
    }
  };
}
