/** Keeps the pages of other sites away from the sandbox: a page in a browser on this machine reaches its port too. */
import { isLoopback } from '../domain/portal-origin.ts';

/**
 * Whether no web page can have sent a request. One that calls from another site brings `Origin`, or `Sec-Fetch-Site`
 * other than `none` (an address that a person typed); one whose name was pointed at this machine, DNS rebinding, brings
 * that name as `Host`.
 */
export function isFromNoWebPage({ headers, url }: Request): boolean {
  if (headers.has('origin') || (headers.get('sec-fetch-site') ?? 'none') !== 'none') return false;
  return isAddressedHere({ headers, url });
}

/**
 * Whether a request comes from the sandbox's own pages, from an address that a person typed, or from a program. A link
 * of another site may lead to the first page: the session's cookie, SameSite, does not come with it.
 */
export function isFromOwnPages({ headers, url, method }: Request): boolean {
  if (!isAddressedHere({ headers, url })) return false;
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site') ?? 'none';
  if ((origin === null || origin === `http://${headers.get('host')}`) && ['none', 'same-origin'].includes(site))
    return true;
  return method === 'GET' && origin === null && new URL(url).pathname === '/web/';
}

/** HTTP always brings a `Host`: a request without one was made in this process. */
function isAddressedHere({ headers, url }: Pick<Request, 'headers' | 'url'>): boolean {
  const host = headers.get('host');
  return host === null || (isOfThisMachine(`http://${host}`) && isOfThisMachine(url));
}

const isOfThisMachine = (address: string): boolean => URL.canParse(address) && isLoopback(new URL(address).hostname);

/** The refusal; the contract knows no such code, for this is no route of it. */
export const forbidden = (requestId: string): Response => {
  const detail =
    'Web pages get nothing here but those of the sandbox at /web/: no foreign Origin, and a loopback Host.';
  const problem = { type: 'about:blank', title: 'forbidden', status: 403, code: 'FORBIDDEN', detail, requestId };
  return new Response(JSON.stringify(problem), {
    status: 403,
    headers: { 'content-type': 'application/problem+json' },
  });
};
