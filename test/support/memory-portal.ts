/** A portal in memory: what it has, what it was sent, and how its answers get lost. */

import { EXAMPLES } from '../../src/contract/examples.ts';
import type { Annotation, AnnotationRequest, Meta } from '../../src/contract/schemas.ts';
import { QUOTA_RULE, quotaOn } from '../../src/domain/quota.ts';
import { CertError } from '../../src/errors.ts';
import type { HolderPortal } from '../../src/ports/holder-portal.ts';
import type { Portal } from '../../src/ports/portal.ts';

type Meanwhile = () => unknown;

export interface MemoryPortal {
  readonly portal: Pick<Portal, 'meta' | 'origin'>;
  readonly holderPortal: Pick<HolderPortal, 'annotations' | 'submitAnnotation'>;
  /** The latest first. */
  annotations(): Annotation[];
  /** The references that were sent, in order. */
  readonly sent: string[];
  /** How the next submissions end, or what happens when they arrive; `ok` once there is none left. */
  readonly next: ('ok' | 'lost before' | 'lost after' | 'of another certificate' | CertError | Meanwhile)[];
  /** How the next lists of annotations fail, or what happens meanwhile; undefined for one to which nothing does. */
  readonly nextLists: (CertError | Meanwhile | undefined)[];
  commit(request: AnnotationRequest): Annotation;
}

export const CERTIFICATE = 'c-nurse-2023';

type Features = Pick<Meta['features'], 'idempotentSubmit' | 'echoReference'>;

export function memoryPortal(features: Features, now: () => Date): MemoryPortal {
  const made: { annotation: Annotation; reference: string }[] = [];
  const sent: string[] = [];
  const next: MemoryPortal['next'] = [];
  const nextLists: MemoryPortal['nextLists'] = [];
  const shown = (): Annotation[] =>
    made
      .map(({ annotation, reference }) =>
        features.echoReference ? { ...annotation, clientReference: reference } : annotation,
      )
      .reverse();
  const commit = ({ scenario, validDays, clientReference }: AnnotationRequest): Annotation => {
    const earlier = features.idempotentSubmit ? made.find(({ reference }) => reference === clientReference) : undefined;
    if (earlier !== undefined) return earlier.annotation;
    const requestedAt = now().toISOString();
    const id = `a-${made.length + 1}`;
    const annotation: Annotation = {
      id,
      certificateId: CERTIFICATE,
      scenario,
      validDays,
      status: 'generating',
      requestedAt,
    };
    made.push({ annotation, reference: clientReference });
    return annotation;
  };
  const lost = () => new CertError('OUTCOME_UNKNOWN', { certificate: CERTIFICATE });
  const portal: MemoryPortal['portal'] = {
    origin: 'https://portal.test',
    meta: async () => ({ ...EXAMPLES.meta, features: { ...EXAMPLES.meta.features, ...features } }),
  };
  const holderPortal: MemoryPortal['holderPortal'] = {
    annotations: async () => {
      const end = nextLists.shift();
      if (end instanceof CertError) throw end;
      await end?.();
      return { items: shown(), quota: quotaOn(now().toISOString().slice(0, 10), shown(), QUOTA_RULE) };
    },
    submitAnnotation: async (_, request) => {
      sent.push(request.clientReference);
      const end = next.shift() ?? 'ok';
      if (end instanceof CertError) throw end;
      if (typeof end === 'function') await end();
      if (end === 'lost before') throw lost();
      const annotation = commit(request);
      if (end === 'lost after') throw lost();
      if (end === 'of another certificate') return { ...annotation, id: 'a-other', certificateId: 'c-other' };
      return annotation;
    },
  };
  return {
    portal,
    holderPortal,
    annotations: shown,
    sent,
    next,
    nextLists,
    commit,
  };
}
