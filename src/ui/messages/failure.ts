import type { CertError, ErrorParams } from '../../errors.ts';
import type { Failure } from '../../ports/terminal.ts';
import type { Messages } from './en/index.ts';
import type { ErrorText } from './error-text.ts';

/** A failure as people and scripts read it. */
export function failureOf<C extends keyof ErrorParams>(error: CertError<C>, messages: Messages): Failure {
  const text = messages.errors[error.code] as (params: ErrorParams[C]) => ErrorText;
  return { code: error.code, ...text(error.params), retryable: error.retryable, requestId: error.requestId };
}
