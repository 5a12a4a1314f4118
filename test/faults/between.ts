/** What may be between `cert` and a portal: a cache that does not catch up, a gateway with answers of its own. */
import { isStale, type StaleList } from '../support/stale-lists.ts';

type Serve = (request: Request) => Promise<Response>;
export type Between = (request: Request, serve: Serve) => Promise<Response>;

export const nothingBetween: Between = (request, serve) => serve(request);

/** Lists that say again and again what they said when they were first asked. */
export function staleLists(...lists: StaleList[]): Between {
  const first = new Map<string, Response>();
  return async (request, serve) => {
    const path = new URL(request.url).pathname;
    if (!isStale(request.method, request.url, lists)) return serve(request);
    const said = first.get(path) ?? (await serve(request));
    if (said.status === 200) first.set(path, said.clone());
    return said;
  };
}

/** How a gateway answers an application, as often as `times` says, whether it passes it on or not. */
export interface GatewayAnswer {
  readonly status: number;
  readonly as: 'problem' | 'page';
  readonly passesOn: boolean;
  readonly code?: string;
}

export function gateway({ status, as, passesOn, code = 'BLOCKED' }: GatewayAnswer, times: number): Between {
  let left = times;
  return async (request, serve) => {
    if (request.method !== 'POST' || !request.url.endsWith('/annotations') || left === 0) return serve(request);
    left -= 1;
    if (passesOn) await serve(request);
    const [type, body] =
      as === 'problem'
        ? ['application/problem+json', JSON.stringify({ status, code })]
        : ['text/html', '<html><body>gateway</body></html>'];
    return new Response(body, { status, headers: { 'content-type': type, location: new URL(request.url).pathname } });
  };
}

/** One behind the other. */
export const both =
  (outer: Between, inner: Between): Between =>
  (request, serve) =>
    outer(request, (passed) => inner(passed, serve));
