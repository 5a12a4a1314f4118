/** Lists that lag behind writes, as those of a portal with copies of its data do. */
import type { RouteName } from '../contract/routes.ts';
import { type Fault, isFor, spend } from './fault-queue.ts';
import { CERTIFICATES } from './people.ts';
import { Registry } from './registry.ts';
import type { Account, StoredAnnotation } from './state.ts';

const LISTS: readonly RouteName[] = ['certificates', 'certificate', 'annotations'];

/**
 * What a route sees: where a fault of kind `lag` is meant for it, the registry as it was before the holder's last
 * application, slots included. Only an answer that leaves something out counts as one of the fault's `times`.
 * @param id the certificate that is asked for; all of the holder's when left out
 */
export function asListed(registry: Registry, route: RouteName, holder: Account, id: string | undefined): Registry {
  const { state, now, newId } = registry;
  const fault = state.faults.find((candidate) => candidate.kind === 'lag' && isFor(candidate, route));
  if (fault === undefined || !LISTS.includes(route)) return registry;
  const missing = lateApplications(registry, holder, fault).filter(
    (late) => id === undefined || late.certificateId === id,
  );
  if (missing.length === 0) return registry;
  if (fault.lagMs === undefined) spend(state, fault);
  const annotations = state.annotations.filter((annotation) => !missing.includes(annotation));
  return new Registry({ ...state, annotations }, now, newId);
}

function lateApplications({ state, now }: Registry, holder: Account, { lagMs }: Fault): StoredAnnotation[] {
  const own = state.annotations.filter(
    (annotation) => !isSeeded(annotation) && CERTIFICATES.get(annotation.certificateId)?.owner === holder.username,
  );
  if (lagMs === undefined) return own.slice(-1);
  return own.filter(({ requestedAt }) => Date.parse(requestedAt) + lagMs > now.getTime());
}

/** Nobody has applied for it. */
const isSeeded = ({ id, idempotencyKey }: StoredAnnotation): boolean => idempotencyKey === `seed-${id}`;
