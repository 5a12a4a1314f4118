/** The faults that were ordered, in the order in which they come. */
import * as v from 'valibot';
import { ROUTES, type RouteName } from '../contract/routes.ts';

const STATUSES = [429, 500, 502, 503] as const;
/** What a gateway answers in the portal's place. */
const GATEWAY_STATUSES = [301, 302, 303, 307, 308, 401, 403, 404, 409, ...STATUSES, 504] as const;

export const isPortalStatus = (status: number): status is (typeof STATUSES)[number] =>
  (STATUSES as readonly number[]).includes(status);

export const fault = v.pipe(
  v.object({
    /** The route that fails; `*`, or left out, for every one. */
    route: v.optional(v.picklist([...(Object.keys(ROUTES) as RouteName[]), '*']), '*'),
    kind: v.picklist([
      'refuse',
      'drop-before',
      'drop-after',
      'gateway-before',
      'gateway-after',
      'status',
      'slow',
      'cut',
      'corrupt',
      'tamper',
      'garbage',
      'html',
      'empty',
      'session-loss',
      'unknown-page',
      'lag',
    ]),
    /** How often; once when left out. */
    times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
    status: v.optional(v.picklist(GATEWAY_STATUSES), 503),
    retryAfterSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    /** What a gateway's answer brings; nothing when left out. */
    body: v.optional(v.picklist(['none', 'html']), 'none'),
    /** Where a gateway's redirect leads; to the same address once more when left out. */
    location: v.optional(v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,2000}$/))),
    delayMs: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(600_000)), 1_000),
    afterBytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 1_000),
    /** How long after a write lists know nothing of it; when left out, for as many requests as `times` says. */
    lagMs: v.optional(v.pipe(v.number(), v.minValue(0))),
  }),
  v.forward(
    v.check(({ kind, status }) => kind !== 'status' || isPortalStatus(status), 'a status of the portal'),
    ['status'],
  ),
);

export type Fault = v.InferOutput<typeof fault>;

interface Queue {
  faults: Fault[];
}

/** Takes the next fault that is meant for a route off the queue; lists that lag have their own way. */
export function takeFault(queue: Queue, route: RouteName): Fault | undefined {
  const found = queue.faults.find((candidate) => candidate.kind !== 'lag' && isFor(candidate, route));
  if (found !== undefined) spend(queue, found);
  return found;
}

export const isFor = (candidate: Fault, route: RouteName): boolean => ['*', route].includes(candidate.route);

/** Counts a fault once; the queue is another array then. */
export function spend(queue: Queue, used: Fault): void {
  const left = used.times > 1 ? [{ ...used, times: used.times - 1 }] : [];
  queue.faults = queue.faults.flatMap((candidate) => (candidate === used ? left : [candidate]));
}

/** Whether a request arrives at the portal at all. */
export const arrives = (active: Fault | undefined): boolean =>
  active === undefined || !['refuse', 'gateway-before', 'unknown-page'].includes(active.kind);
