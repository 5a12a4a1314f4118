import type { Verdict } from '../../domain/verification.ts';
import { type CertError, isCertError } from '../../errors.ts';
import type { SavedFile } from '../../ports/files.ts';
import type { Messages } from '../../ui/messages/en/index.ts';
import { failureOf } from '../../ui/messages/failure.ts';

/** A saved file; its verdict stands alone where it was verified in an earlier run. */
export interface ResultFile extends Omit<SavedFile, 'outcome'> {
  readonly validUntil?: string | undefined;
  readonly verdict?: Verdict | undefined;
}

/** A file as JSON has it. */
export const fileData = ({ path, sha256, bytes, validUntil, verdict, verification, page }: ResultFile) => ({
  path,
  sha256,
  bytes,
  validUntil,
  verdict: verdict ?? verification?.verdict,
  page,
});

/** What became of one certificate in a command that takes several. */
export interface Result {
  readonly certificateId: string;
  readonly outcome: 'saved' | 'up-to-date' | 'imported' | 'submitted' | 'ready' | 'generating' | 'failed' | 'skipped';
  readonly annotationId?: string | undefined;
  readonly file?: ResultFile | undefined;
  readonly error?: CertError | undefined;
  /** Why it was skipped. */
  readonly reason?: CertError | undefined;
  /** The day on which `renew` will next act on the file; null when it never need. */
  readonly nextOn?: string | null | undefined;
}

/** Results as JSON has them. */
export const resultsData = (messages: Messages, results: readonly Result[]) => ({
  results: results.map(({ file, error, reason, ...result }) => ({
    ...result,
    ...(file === undefined ? {} : { file: fileData(file) }),
    ...(error === undefined ? {} : { error: failureOf(error, messages), ...keptAside(error) }),
    ...(reason === undefined ? {} : { reason: failureOf(reason, messages) }),
  })),
});

/** Where a file is that was not saved because it is suspicious. */
const keptAside = (error: CertError): { keptAt?: string } =>
  isCertError(error, 'FILE_DAMAGED', 'FILE_NOT_VERIFIED') && error.params.keptAt !== undefined
    ? { keptAt: error.params.keptAt }
    : {};

/** Where the file of a result is, and whether it was there already; undefined without a file. */
export function fileLine({ download: text }: Messages, { file, outcome }: Result): string | undefined {
  if (file === undefined) return undefined;
  return outcome === 'saved' ? text.saved(file.path, file.validUntil) : text.upToDate(file.path, file.validUntil);
}
