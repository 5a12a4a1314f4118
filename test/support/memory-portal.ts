/** A portal in memory: what it has, what it was sent, and how its answers get lost. */

import * as v from 'valibot';
import { EXAMPLES } from '../../src/contract/examples.ts';
import { type Annotation, type AnnotationRequest, type Meta, meta } from '../../src/contract/schemas.ts';
import { dayOf } from '../../src/domain/calendar.ts';
import { QUOTA_RULE, quotaOn } from '../../src/domain/quota.ts';
import { CertError } from '../../src/errors.ts';
import type { HolderPortal } from '../../src/ports/holder-portal.ts';
import type { Portal } from '../../src/ports/portal.ts';

type Meanwhile = () => unknown;

export interface MemoryPortal {
  readonly portal: Pick<Portal, 'meta' | 'origin'>;
  readonly holderPortal: Pick<HolderPortal, 'annotation' | 'annotations' | 'submitAnnotation'>;
  /** The latest first. */
  annotations(): Annotation[];
  /** The references that were sent, in order. */
  readonly sent: string[];
  /**
   * How the next submissions end, or what happens when they arrive; `ok` once there is none left. `after`: passed on, and
   * answered with that all the same.
   */
  readonly next: (
    | 'ok'
    | 'lost before'
    | 'lost after'
    | 'of another certificate'
    | CertError
    | { after: CertError }
    | Meanwhile
  )[];
  /** How the next lists of annotations fail, or what happens meanwhile; undefined for one to which nothing does. */
  readonly nextLists: (CertError | Meanwhile | undefined)[];
  /** The ids that were asked for. */
  readonly asked: string[];
  /** How many of the first annotations the list shows, and counts, from now on; undefined for all. */
  lag: { listed: number | undefined; counted: number | undefined };
  /** How the portal answers a question for one annotation, in place of the annotation. */
  answer: (id: string) => Partial<Annotation> | CertError | undefined;
  commit(request: AnnotationRequest): Annotation;
}

export const CERTIFICATE = 'c-nurse-2023';

type Features = Pick<Meta['features'], 'idempotentSubmit' | 'echoReference'>;

export function memoryPortal(features: Features, now: () => Date, origin: string): MemoryPortal {
  const made: { annotation: Annotation; reference: string }[] = [];
  const sent: string[] = [];
  const next: MemoryPortal['next'] = [];
  const nextLists: MemoryPortal['nextLists'] = [];
  const asked: string[] = [];
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
    origin,
    meta: async () => v.parse(meta, { ...EXAMPLES.meta, features: { ...EXAMPLES.meta.features, ...features } }),
  };
  const holderPortal: MemoryPortal['holderPortal'] = {
    annotations: async () => {
      const end = nextLists.shift();
      if (end instanceof CertError) throw end;
      await end?.();
      const first = (count: number | undefined) => shown().slice(count === undefined ? 0 : -count || made.length);
      const { listed, counted } = memory.lag;
      return { items: first(listed), quota: quotaOn(dayOf(now()), first(counted), QUOTA_RULE) };
    },
    annotation: async (id) => {
      asked.push(id);
      const answer = memory.answer(id);
      if (answer instanceof CertError) throw answer;
      const annotation = shown().find((one) => one.id === id);
      if (annotation === undefined) throw new CertError('ANNOTATION_NOT_FOUND', { id });
      return { ...annotation, ...answer };
    },
    submitAnnotation: async (_, request) => {
      sent.push(request.clientReference);
      const end = next.shift() ?? 'ok';
      if (end instanceof CertError) throw end;
      if (typeof end === 'function') await end();
      if (end === 'lost before') throw lost();
      const annotation = commit(request);
      if (end === 'lost after') throw lost();
      if (typeof end === 'object') throw end.after;
      if (end === 'of another certificate') return { ...annotation, id: 'a-other', certificateId: 'c-other' };
      return annotation;
    },
  };
  const memory: MemoryPortal = {
    portal,
    holderPortal,
    annotations: shown,
    sent,
    next,
    nextLists,
    asked,
    lag: { listed: undefined, counted: undefined },
    answer: () => undefined,
    commit,
  };
  return memory;
}
