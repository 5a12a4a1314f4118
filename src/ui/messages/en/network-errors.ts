import type { ProtocolFault, ProxyFault } from '../../../errors.ts';
import type { ErrorTexts } from '../error-text.ts';

/** A length of time in words. */
export const seconds = (ms: number) => `${Math.round(ms / 1000)} s`;

/** One that may be days, rounded up. */
function inTime(s: number): string {
  if (s < 120) return `in ${s} s`;
  if (s < 2 * 3600) return `in ${Math.ceil(s / 60)} minutes`;
  return s < 48 * 3600 ? `in ${Math.ceil(s / 3600)} hours` : `in ${Math.ceil(s / 86_400)} days`;
}

/** The way to the portal, and a portal that cannot answer. */
export const networkErrors: Pick<
  ErrorTexts,
  | 'DNS_FAILED'
  | 'CONNECTION_REFUSED'
  | 'CONNECTION_LOST'
  | 'TLS_FAILED'
  | 'PROXY_FAILED'
  | 'TIMED_OUT'
  | 'PORTAL_UNAVAILABLE'
  | 'RATE_LIMITED'
  | 'PORTAL_PROTOCOL'
> = {
  DNS_FAILED: ({ host }) => ({
    message: `The host ${host} cannot be found.`,
    hint: 'Check the network and the portal address.',
  }),
  CONNECTION_REFUSED: ({ host }) => ({
    message: `${host} refused the connection.`,
    hint: 'Check the portal address, or try again later.',
  }),
  CONNECTION_LOST: ({ host }) => ({ message: `The connection to ${host} was lost.`, hint: 'Try again.' }),
  TLS_FAILED: ({ host, code }) => ({
    message: `No secure connection to ${host}: ${code}`,
    hint: "Behind a company's proxy, name its root certificate in NODE_EXTRA_CA_CERTS.",
  }),
  PROXY_FAILED: ({ fault }) => ({
    message: `The proxy cannot be used: ${proxyFault(fault)}`,
    hint: 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.',
  }),
  TIMED_OUT: ({ host, afterMs }) => ({
    message: `${host} did not answer within ${seconds(afterMs)}.`,
    hint: 'Try again later.',
  }),
  PORTAL_UNAVAILABLE: ({ status }) => ({
    message: `The portal is not available now (${status}).`,
    hint: 'Try again later.',
  }),
  RATE_LIMITED: ({ retryAfterSeconds }) => ({
    message: 'The portal asks to slow down.',
    hint: `Try again ${retryAfterSeconds ? inTime(retryAfterSeconds) : 'later'}.`,
  }),
  PORTAL_PROTOCOL: ({ route, fault }) => ({
    message: `The portal's answer does not follow the portal contract: ${route === undefined ? '' : `${route}: `}${protocolFault(fault)}`,
    hint:
      fault.kind === 'elsewhere' || fault.kind === 'web-page'
        ? 'Open any web page in a browser: the network may want you to log in first. If it does not, check the portal address.'
        : 'Is the portal address right? A login page or a proxy may answer in its place.',
  }),
};

function proxyFault(fault: ProxyFault): string {
  switch (fault.kind) {
    case 'address':
      return 'its address is not one of an HTTP proxy';
    case 'socks':
      return 'SOCKS proxies are not supported; give an HTTP proxy, such as http://proxy.example:3128';
    case 'status':
      return `it answered ${fault.status}`;
    case 'system':
      return fault.code;
  }
}

function protocolFault(fault: ProtocolFault): string {
  switch (fault.kind) {
    case 'content-type':
      return `content type ${fault.type}`;
    case 'too-long':
      return `more than ${fault.maxBytes} bytes`;
    case 'too-deep':
      return `JSON nested deeper than ${fault.most} levels`;
    case 'too-many':
      return `more than ${fault.most} values in one answer`;
    case 'coding':
      return `it is compressed${fault.name === undefined ? '' : ` (${fault.name})`}, which cert did not ask for`;
    case 'charset':
      return fault.name === undefined ? 'its text is not UTF-8' : `its text is in ${fault.name}, not in UTF-8`;
    case 'field':
      return fault.field === '' ? 'the answer as a whole' : `the field ${fault.field}`;
    case 'redirect':
      return `redirect (${fault.status})`;
    case 'no-problem':
      return `${fault.status} without a reason`;
    case 'problem':
      return `a refusal with the status of a success (${fault.status})`;
    case 'elsewhere':
      return `it sends cert to another site, ${fault.host}`;
    case 'web-page':
      return 'a web page in place of data';
    case 'empty':
      return 'the answer is empty';
    case 'not-json':
      return 'not JSON';
    case 'not-http':
      return 'not HTTP';
    case 'headers':
      return 'its headers are too long';
    case 'pages':
      return 'the pages of the list do not end';
    case 'list-too-long':
      return 'the list is longer than that of any holder';
    case 'part':
      return 'not the part of the file that was asked for';
  }
}
