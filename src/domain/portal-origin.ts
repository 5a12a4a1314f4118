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

/**
 * The one spelling of a portal's name: without the dot of a fully qualified host, its path without needless escapes.
 * An address that is none stays as it is.
 */
export function portalName(address: string): string {
  if (!URL.canParse(address)) return address;
  const { protocol, hostname, port, pathname } = new URL(address);
  return `${protocol}//${hostname.replace(/\.$/, '')}${port && `:${port}`}${unescaped(pathname).replace(/\/+$/, '')}`;
}

/** As RFC 3986, 6.2.2 has it: unreserved characters stand for themselves, other escapes are in upper case. */
const unescaped = (path: string): string =>
  path.replace(/%[0-9a-f]{2}/gi, (escaped) => {
    const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : escaped.toUpperCase();
  });

const THIS_MACHINE =
  /^(https?:\/\/)(?:(?:[^/:]+\.)?localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\])(?=[:/]|$)/;
const THIS_MACHINE_HOSTS = ['127.0.0.1', 'localhost', '[::1]'] as const;

/**
 * Which portal an address leads to, by its slots: as {@link portalName}, and all names of this machine are one, with
 * the port. It names journals, locks and saved files, and is never contacted. Secrets go by `portalName` instead:
 * on one machine, another user's program may listen at another loopback address of the same port.
 */
export const portalIdentity = (address: string): string =>
  portalName(address).replace(THIS_MACHINE, `$1${THIS_MACHINE_HOSTS[0]}`);

/** The names that earlier releases may have given the same portal, its present one left out. */
export function formerNames(origin: string): string[] {
  const name = portalName(origin);
  const others = THIS_MACHINE.test(name)
    ? THIS_MACHINE_HOSTS.map((host) => name.replace(THIS_MACHINE, `$1${host}`))
    : [name.replace(/^(https?:\/\/[^/:[]+)/, '$1.')];
  return [...new Set([origin, name, ...others])].filter((other) => other !== portalIdentity(origin));
}

/** What may be shown of an address that is none: a password in it never is, nor are its query and fragment. */
const withoutUserInfo = (address: string): string =>
  address
    .replace(/^([a-z][a-z\d+.-]*:\/\/)?.*(?:@|%40|＠)/is, '$1')
    .replace(/[?#].*$/s, '')
    .slice(0, 200);
