import { withUnseenNamed } from '../../domain/pasted-text.ts';
import type { CertError, ErrorParams } from '../../errors.ts';
import type { Failure } from '../../ports/terminal.ts';
import type { Messages } from './en/index.ts';
import type { ErrorText } from './error-text.ts';

/** A failure as people and scripts read it. */
export function failureOf<C extends keyof ErrorParams>(error: CertError<C>, messages: Messages): Failure {
  const text = messages.errors[error.code] as (params: ErrorParams[C]) => ErrorText;
  return { code: error.code, ...text(seen(error.params)), retryable: error.retryable, requestId: error.requestId };
}

/** What a person gave must not look right where something that cannot be seen makes it wrong. */
function seen<T>(facts: T): T {
  if (typeof facts === 'string') return withUnseenNamed(facts) as T;
  if (Array.isArray(facts)) return facts.map(seen) as T;
  if (typeof facts !== 'object' || facts === null) return facts;
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, seen(value)])) as T;
}
