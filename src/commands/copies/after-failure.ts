/** What the failure of one certificate means for the others, and for the next run. */
import { type CertError, EXIT } from '../../errors.ts';
import type { Result } from './results.ts';

/** Whether a failure of one certificate keeps all others back: nobody is logged in, or the person ended `cert`. */
export const endsAll = ({ exit }: CertError): boolean => exit === EXIT.login || exit >= EXIT.interrupted;

/** Whether somebody who wants all of it will run the same command again: later, after a login, or with `--resubmit`. */
export const isUnfinished = (results: readonly Result[]): boolean =>
  results.some(
    ({ error }) => error !== undefined && (error.retryable || endsAll(error) || error.exit === EXIT.outcomeUnknown),
  );
