/** Keeps web pages away from the sandbox's controls: a page in a browser on this machine reaches its port too. */
import { isLoopback } from '../domain/portal-origin.ts';

/**
 * Whether no web page can have sent a request. One that calls from another site brings `Origin`, or `Sec-Fetch-Site`
 * other than `none` (an address that a person typed); one whose name was pointed at this machine, DNS rebinding, brings
 * that name as `Host`. HTTP always brings a `Host`: a request without one was made in this process.
 */
export function isFromNoWebPage({ headers, url }: Request): boolean {
  if (headers.has('origin') || (headers.get('sec-fetch-site') ?? 'none') !== 'none') return false;
  const host = headers.get('host');
  return host === null || (isOfThisMachine(`http://${host}`) && isOfThisMachine(url));
}

const isOfThisMachine = (address: string): boolean => URL.canParse(address) && isLoopback(new URL(address).hostname);

/** The refusal; the contract knows no such code, for this is no route of it. */
export const forbidden = (requestId: string): Response => {
  const detail = 'The controls answer programs on this machine only: no Origin, and a loopback Host.';
  const problem = { type: 'about:blank', title: 'forbidden', status: 403, code: 'FORBIDDEN', detail, requestId };
  return new Response(JSON.stringify(problem), {
    status: 403,
    headers: { 'content-type': 'application/problem+json' },
  });
};
