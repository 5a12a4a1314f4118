/** Asks a portal in the words of the contract, and judges every answer by it. */
import * as v from 'valibot';
import { expect } from 'vitest';
import { PROBLEMS, type ProblemCode, problem } from '../../src/contract/problem.ts';
import { API_PREFIX, ROUTES, type Route, type RouteName } from '../../src/contract/routes.ts';

export interface Transport {
  /** Sends to a path of the portal; rejects when the connection breaks. */
  request(path: string, init?: RequestInit): Promise<Response>;
}

export const PASSWORD = 'Sandbox2026';

export interface Ask {
  readonly id?: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type PortalAsker = ReturnType<typeof portalAsker>;

export function portalAsker(transport: () => Transport) {
  const ask = (name: RouteName, { id, token, body, query = '', headers }: Ask = {}): Promise<Response> => {
    const route: Route = ROUTES[name];
    return transport().request(`${API_PREFIX}${route.path.replace('{id}', id ?? '')}${query}`, {
      method: route.method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };

  const control = async (method: string, path: string, body?: unknown) =>
    (
      await transport().request(`/sandbox${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    ).json();

  /** The answer, of which every field is in the contract and follows it. */
  const answer = async (name: RouteName, details?: Ask) => {
    const route: Route = ROUTES[name];
    const response = await ask(name, details);
    expect(response.status).toBe(route.status);
    const text = await response.text();
    if (route.answer === null) return expect(text).toBe('') as never;
    expect(response.headers.get('content-type')).toContain('application/json');
    const json = JSON.parse(text);
    expect(v.parse(route.answer as v.GenericSchema, json)).toEqual(json);
    return json;
  };

  const refusal = async (name: RouteName, details: Ask, code: ProblemCode) => {
    const response = await ask(name, details);
    const body = await response.json();
    expect({ status: response.status, code: body.code }).toEqual({ status: PROBLEMS[code], code });
    expect(ROUTES[name].problems as readonly string[]).toContain(code);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(v.parse(problem, body)).toEqual(body);
    expect(body.requestId).toBeTruthy();
    return { body, headers: response.headers };
  };

  const logIn = async (username: string): Promise<string> =>
    (await answer('logIn', { body: { username, password: PASSWORD } })).accessToken;

  let serial = 0;
  const application = (key = `reference-${++serial}`, more: object = {}) => ({
    headers: { 'idempotency-key': key },
    body: { scenario: 'self', validDays: 90, clientReference: key, ...more },
  });

  return { ask, control, answer, refusal, logIn, application };
}
