/** Calls of a portal's routes: the request, and the answer, checked against the contract before it is used. */
import { API_PREFIX, type Route } from '../contract/routes.ts';
import type { UnknownWord } from '../ports/portal.ts';
import { type AnswerOf, answerCheck, type JsonRoute } from './check-answer.ts';
import type { Outgoing } from './exchange.ts';
import type { Http } from './http.ts';
import type { Subject } from './problems.ts';

/** The way to a portal. */
export interface PortalAddress {
  readonly http: Http;
  /** As `portalOrigin` gives it. */
  readonly origin: string;
  /** Hears of what the portal says and this version does not know. */
  readonly unknownWord?: (unknown: UnknownWord) => void;
}

export interface Call {
  readonly id?: string;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The token of a session. */
  readonly accessToken?: string;
  /** What a failure is about. */
  readonly subject?: Omit<Subject, 'route'>;
}

export function callsTo({ http, origin, unknownWord = () => undefined }: PortalAddress) {
  const checked = answerCheck(unknownWord);
  return {
    checked,
    /** Sends a call, and gives its answer. @throws CertError of the network or the portal, or as `checked` */
    send: async <R extends JsonRoute>(route: R, call: Call): Promise<AnswerOf<R>> =>
      checked(route, (await http.json(requestOf(origin, route, call))).body),
  };
}

export const requestOf = (origin: string, route: Route, call: Call): Outgoing => ({
  url: origin + API_PREFIX + pathOf(route, call),
  headers: {
    accept: route.answer === 'pdf' ? 'application/pdf, application/problem+json' : 'application/json',
    'accept-encoding': 'identity',
    ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(call.accessToken === undefined ? {} : { authorization: `Bearer ${call.accessToken}` }),
    ...call.headers,
  },
  body: call.body === undefined ? undefined : JSON.stringify(call.body),
  subject: { route, ...call.subject },
});

const pathOf = ({ path }: Route, { id = '', query }: Call): string =>
  path.replace('{id}', encodeURIComponent(id)) + (query === undefined ? '' : `?${new URLSearchParams(query)}`);
