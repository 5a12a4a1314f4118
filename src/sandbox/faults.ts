/** Faults on demand: what a network or a portal does wrong, for tests and for people who try. */
import { createHash } from 'node:crypto';
import type { RouteName } from '../contract/routes.ts';
import { arrives, type Fault, isPortalStatus, takeFault } from './fault-queue.ts';
import { problemResponse } from './refusal.ts';
import type { State } from './state.ts';

const dropped = new WeakSet<Response>();

/** An answer that never arrives: the mount cuts the connection in its place. */
function dropConnection(): Response {
  const response = new Response(null, { status: 500 });
  dropped.add(response);
  return response;
}

export const isDropped = (response: Response): boolean => dropped.has(response);

const parts = new WeakMap<Response, Uint8Array>();

/** What a cut answer has before the connection breaks: a mount on sockets breaks it itself. Undefined for whole ones. */
export const partOfCut = (response: Response): Uint8Array | undefined => parts.get(response);

/** The request that meets a fault. */
interface Met {
  readonly requestId: string;
  readonly url: string;
  endSession(): void;
  /** A page that belongs to no step of the journey. */
  unknownPage(): Response;
}

/** Serves one request to a route, with the next fault that is meant for it. An application that arrives is counted. */
export async function serveWithFaults(
  state: State,
  route: RouteName,
  met: Met,
  serve: () => Promise<Response>,
): Promise<Response> {
  const fault = takeFault(state, route);
  if (route === 'submitAnnotation' && arrives(fault)) state.received.submissions += 1;
  return fault === undefined ? serve() : withFault(fault, met, serve);
}

/** Before, after or in place of the real answer. */
async function withFault(active: Fault, met: Met, serve: () => Promise<Response>): Promise<Response> {
  const { requestId, url } = met;
  switch (active.kind) {
    case 'refuse':
    case 'drop-before':
      return dropConnection();
    case 'drop-after':
      await serve();
      return dropConnection();
    case 'gateway-before':
      return gatewayAnswer(active, url);
    case 'gateway-after':
      await serve();
      return gatewayAnswer(active, url);
    case 'status': {
      const headers = retryAfter(active);
      if (!isPortalStatus(active.status) || active.status === 502)
        return new Response('<html>Bad Gateway</html>', { status: 502, headers });
      const code = { 429: 'RATE_LIMITED', 500: 'INTERNAL_ERROR', 503: 'TEMPORARILY_UNAVAILABLE' } as const;
      return problemResponse({ code: code[active.status], requestId }, headers);
    }
    case 'slow':
      // A server that was stopped in the meantime does not wait for it.
      await new Promise((resolve) => setTimeout(resolve, active.delayMs).unref());
      return serve();
    case 'cut':
      return cut(await serve(), active.afterBytes);
    case 'corrupt':
      return corrupted(await serve());
    case 'tamper':
      return tampered(await serve());
    case 'garbage':
      await serve();
      return new Response('\u0000\u0001{"id":', { status: 200, headers: { 'content-type': 'application/json' } });
    case 'html':
      await serve();
      return new Response('<html><body>login</body></html>', { status: 200, headers: { 'content-type': 'text/html' } });
    case 'empty':
      await serve();
      return new Response('', { status: 200, headers: { 'content-type': 'application/json' } });
    case 'session-loss':
      met.endSession();
      return serve();
    case 'unknown-page':
      return met.unknownPage();
    case 'lag':
      return serve();
  }
}

const retryAfter = ({ retryAfterSeconds }: Fault): Record<string, string> =>
  retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };

/** No problem document: a gateway knows nothing of the contract. */
function gatewayAnswer(active: Fault, url: string): Response {
  const { status, body, location = url } = active;
  const headers = {
    ...retryAfter(active),
    ...(status < 400 ? { location } : {}),
    ...(body === 'html' ? { 'content-type': 'text/html' } : {}),
  };
  return new Response(body === 'html' ? `<html><body><h1>${status}</h1></body></html>` : null, { status, headers });
}

/** The headers promise it all; the connection breaks after some bytes. */
async function cut(response: Response, afterBytes: number): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const part = bytes.subarray(0, Math.min(afterBytes, Math.max(0, bytes.length - 1)));
  let sent = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (!sent && part.length > 0) controller.enqueue(part);
      else controller.error(new Error('connection cut'));
      sent = true;
    },
  });
  const broken = new Response(body, { status: response.status, headers: response.headers });
  parts.set(broken, part);
  return broken;
}

/** One byte in the middle is another. */
async function corrupted(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const middle = bytes.length >> 1;
  if (bytes.length > 0) bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
  return new Response(bytes, { status: response.status, headers: response.headers });
}

/** The same, by somebody who knows of digests: only a signature tells. */
async function tampered(response: Response): Promise<Response> {
  const changed = await corrupted(response);
  const bytes = new Uint8Array(await changed.clone().arrayBuffer());
  const digest = createHash('sha256').update(bytes).digest('base64');
  changed.headers.set('repr-digest', `sha-256=:${digest}:`);
  return changed;
}
