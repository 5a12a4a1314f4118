import type { Failure } from '../../commands/context.ts';
import type { CertError, ErrorParams } from '../../errors.ts';
import type { ErrorText } from './en/errors.ts';
import type { Messages } from './en/index.ts';

/** A failure as people and scripts read it. */
export function failureOf<C extends keyof ErrorParams>(error: CertError<C>, messages: Messages): Failure {
  const text = messages.errors[error.code] as (params: ErrorParams[C]) => ErrorText;
  return { code: error.code, ...text(error.params), retryable: error.retryable, requestId: error.requestId };
}
