/** Calls of a portal's routes: the request, and the answer, checked against the contract before it is used. */
import * as v from 'valibot';
import { API_PREFIX, type Route } from '../contract/routes.ts';
import { CertError } from '../errors.ts';
import type { Outgoing } from './exchange.ts';
import type { Http } from './http.ts';
import type { Subject } from './problems.ts';

/** The way to a portal. */
export interface PortalAddress {
  readonly http: Http;
  /** As `portalOrigin` gives it. */
  readonly origin: string;
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

export type JsonRoute = Route & { readonly answer: v.GenericSchema | null };
type AnswerOf<R extends JsonRoute> = R['answer'] extends v.GenericSchema ? v.InferOutput<R['answer']> : undefined;

/** Sends a call, and gives its answer. @throws CertError of the network or the portal, or as {@link checked} */
export const send = async <R extends JsonRoute>(
  { http, origin }: PortalAddress,
  route: R,
  call: Call,
): Promise<AnswerOf<R>> => checked(route, (await http.json(requestOf(origin, route, call))).body);

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

/** @throws CertError PORTAL_PROTOCOL with the path of the field that does not fit, never with its value */
export function checked<R extends JsonRoute>(route: R, body: unknown): AnswerOf<R> {
  if (route.answer === null) return undefined as AnswerOf<R>;
  const parsed = v.safeParse(route.answer, body);
  if (parsed.success) return parsed.output as AnswerOf<R>;
  const field = v.getDotPath(parsed.issues[0]) ?? '';
  throw new CertError('PORTAL_PROTOCOL', { route: route.path, fault: { kind: 'field', field } });
}
