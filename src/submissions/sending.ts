/** Sending one application, and what is certain of it afterwards. Nothing is sent again before the portal was asked. */
import type { Annotation, Quota } from '../contract/schemas.ts';
import { type Intent, type JournalEntry, maybeBecame } from '../domain/submission.ts';
import { CertError, type ErrorCode, EXIT, isCertError } from '../errors.ts';
import type { HolderPortal } from '../ports/holder-portal.ts';
import type { Portal } from '../ports/portal.ts';

/** What became of an application. Of one that is `open` nobody knows: it may have been taken. */
export type End =
  | { readonly is: 'made'; readonly annotation: Annotation }
  /** `unsent`: it never left this machine. `refused`: the portal itself looked at it and made nothing of it. */
  | { readonly is: 'unsent' | 'refused' | 'open'; readonly error: CertError };

interface SendingPorts {
  readonly portal: Pick<Portal, 'meta'>;
  readonly holderPortal: Pick<HolderPortal, 'annotations' | 'submitAnnotation'>;
}

interface Application extends SendingPorts {
  readonly certificateId: string;
  readonly intent: Intent;
  readonly entries: readonly JournalEntry[];
}

/**
 * Sends an application. Whatever answer comes in place of an annotation, something on the way may have passed it on,
 * even twice: the portal's list is asked, with a new session where the old one is over. Only an idempotent portal is
 * then sent the same once more, under its own key.
 */
export async function send(application: Application): Promise<End> {
  const first = await post(application);
  if (first.is === 'made' || first.is === 'unsent') return first;
  const looked = await look(application, first);
  if (looked.is !== 'absent') return looked;
  if (first.is === 'refused') return believed(first, looked.quota);
  const mayBeLost = isCertError(first.error, 'OUTCOME_UNKNOWN', 'SESSION_EXPIRED');
  if (!looked.isIdempotent) return isCertError(first.error, 'RATE_LIMITED') ? first : unknown(application, first.error);
  if (!mayBeLost) return first;
  const second = await post(application);
  if (second.is === 'refused') return believed(second, looked.quota);
  return second.is === 'made' ? second : first;
}

/** What the portal itself says of an application. Any other refusal may be a gateway's. */
const REFUSALS: readonly ErrorCode[] = [
  'QUOTA_EXHAUSTED',
  'CERTIFICATE_NOT_FOUND',
  'CERTIFICATE_REVOKED',
  'ANNOTATION_NOT_REQUIRED',
  'NOTICE_NOT_ACCEPTED',
];
const UNPROCESSABLE = 422;

const isRefusal = (error: CertError): boolean =>
  isCertError(error, 'PORTAL_REFUSED') ? error.params.status === UNPROCESSABLE : isCertError(error, ...REFUSALS);

async function post({ holderPortal, certificateId, intent }: Application): Promise<End> {
  const { scenario, validDays, reference } = intent;
  try {
    const annotation = await holderPortal.submitAnnotation(certificateId, {
      scenario,
      validDays,
      clientReference: reference,
    });
    if (annotation.certificateId === certificateId) return { is: 'made', annotation };
    // What an answer about another certificate means for this one is not known.
    return { is: 'open', error: new CertError('OUTCOME_UNKNOWN', { certificate: certificateId }) };
  } catch (error) {
    if (!isCertError(error)) throw error;
    if (isRefusal(error)) return { is: 'refused', error };
    // The client says OUTCOME_UNKNOWN of everything below HTTP that may have arrived.
    return { is: error.exit === EXIT.unavailable && error.code !== 'RATE_LIMITED' ? 'unsent' : 'open', error };
  }
}

type Failed = Exclude<End, { is: 'made' }>;

/** Looks for the application in the portal's list. */
async function look(
  application: Application,
  failed: Failed,
): Promise<End | { readonly is: 'absent'; readonly quota: Quota; readonly isIdempotent: boolean }> {
  const { portal, holderPortal, certificateId, intent, entries } = application;
  try {
    const { items, quota } = await holderPortal.annotations(certificateId);
    const ours = items.filter((annotation) => annotation.certificateId === certificateId);
    const [annotation] = maybeBecame(intent, ours, entries);
    if (annotation !== undefined) return { is: 'made', annotation };
    return { is: 'absent', quota, isIdempotent: (await portal.meta()).features.idempotentSubmit };
  } catch (error) {
    if (!isCertError(error)) throw error;
    if (failed.is === 'refused') return believed(failed, undefined);
    // Once somebody has logged in the next run finds out, and so it does once the portal takes requests again.
    if (error.exit === EXIT.login) return { is: 'open', error };
    return isCertError(failed.error, 'RATE_LIMITED') ? failed : unknown(application, failed.error);
  }
}

/**
 * An application that was passed on twice and took the last slot is refused for want of one: that refusal is believed
 * where the portal's own count agrees.
 */
const believed = (refused: Failed, quota: Quota | undefined): Failed =>
  isCertError(refused.error, 'QUOTA_EXHAUSTED') && quota?.remaining !== 0 ? { ...refused, is: 'open' } : refused;

const unknown = ({ certificateId }: Application, error: CertError): Failed => ({
  is: 'open',
  error: isCertError(error, 'OUTCOME_UNKNOWN')
    ? error
    : new CertError('OUTCOME_UNKNOWN', { certificate: certificateId }, { cause: error, requestId: error.requestId }),
});
