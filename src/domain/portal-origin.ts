import { CertError } from '../errors.ts';
import { withoutUnseenEnds } from './pasted-text.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a host is this machine itself. */
export const isLoopback = (hostname: string): boolean => LOOPBACK.test(hostname);

/**
 * A portal's address in its one normal form: origin and base path, without a slash at the end. Plain http is for
 * this machine only; user names, queries and fragments have no place in it.
 * @throws CertError PORTAL_URL_INVALID, PORTAL_NOT_HTTPS
 */
export function portalOrigin(given: string): string {
  const address = withoutUnseenEnds(given);
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash)
    throw new CertError('PORTAL_URL_INVALID', { url: withoutUserInfo(address) });
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    throw new CertError('PORTAL_NOT_HTTPS', { url: url.origin });
  return url.origin + url.pathname.replace(/\/+$/, '');
}

/** What may be shown of an address that is none: a password in it never is, nor are its query and fragment. */
const withoutUserInfo = (address: string): string =>
  address
    .replace(/^([a-z][a-z\d+.-]*:\/\/)?.*(?:@|%40|＠)/is, '$1')
    .replace(/[?#].*$/s, '')
    .slice(0, 200);
