import type { Messages } from '../../ui/messages/en/index.ts';
import { failureOf } from '../../ui/messages/failure.ts';
import type { AnnotationWish } from './annotation-wish.ts';
import type { Task } from './planning.ts';

/** What would be done, as JSON. */
export const planData = (messages: Messages, tasks: readonly Task[], wish: AnnotationWish) =>
  tasks.map(({ certificate, plan: { step, ...more } }) => ({
    certificateId: certificate.id,
    step,
    ...(step === 'apply' ? { scenario: wish.scenario, validDays: wish.validDays, validUntil: wish.validUntil } : {}),
    ...('saved' in more ? { path: more.saved.path, validUntil: more.saved.validUntil ?? undefined } : {}),
    ...('annotation' in more && more.annotation !== null ? { annotationId: more.annotation.id } : {}),
    ...('error' in more ? { error: failureOf(more.error, messages) } : {}),
    quota: certificate.quota,
  }));

/** What would be done and why, a line each. */
export const planLines = (messages: Messages, tasks: readonly Task[], wish: AnnotationWish): string[] =>
  tasks.map((task) => planLine(messages, task, wish));

function planLine(
  messages: Messages,
  { certificate: { id, qualification }, plan }: Task,
  wish: AnnotationWish,
): string {
  const { get: text } = messages;
  const name = `${id} ${qualification}`;
  switch (plan.step) {
    case 'up-to-date':
      return text.wouldReuse(name, plan.saved.path);
    case 'download':
      return text.wouldDownload(name);
    case 'join':
      return text.wouldJoin(name, plan.annotation.id);
    case 'apply':
      return text.wouldApply(name, wish.validDays, wish.validUntil);
    case 'refuse':
      return text.wouldFail(name, failureOf(plan.error, messages).message);
  }
}
