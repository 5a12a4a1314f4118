import type { Certificate } from '../../contract/schemas.ts';
import { shanghaiTime } from '../../domain/calendar.ts';
import { portalIdentity } from '../../domain/portal-origin.ts';
import { isCertError } from '../../errors.ts';
import type { SavedFile, SaveFileOptions, SaveTarget } from '../../ports/files.ts';
import type { SavedRecord } from '../../ports/wallet.ts';
import { failureOf } from '../../ui/messages/failure.ts';
import type { Context } from '../context.ts';
import { type Examining, examinerFor } from './examining.ts';
import { comparePage } from './page-check.ts';
import { fileSource, fileValidUntil } from './ready-copy.ts';
import { ownCopy, saveTarget } from './save-target.ts';

export interface SaveOptions {
  readonly output?: string | undefined;
  readonly force: boolean;
  /** Whether a copy of this certificate that `cert` saved itself, and nobody changed since, gives way to this one. */
  readonly replaceOwn?: boolean;
  /** Whether a file that does not pass is saved under its name all the same, with a warning. */
  readonly keepUnverified?: boolean | undefined;
}

/** What saving a file takes. */
export type Saving = Examining &
  Pick<Context, 'files' | 'holderPortal' | 'pageText' | 'portal' | 'submissions' | 'wallet'>;

/**
 * As {@link saveCertificate}; the wallet remembers the file, and the journal that the annotation has arrived. What cannot
 * be had, and then a wallet that cannot be changed, is told before the portal is asked for the file.
 */
export async function saveAndRemember(
  ctx: Saving,
  certificate: Certificate,
  all: readonly Certificate[],
  { output, force, replaceOwn = false, keepUnverified }: SaveOptions,
): Promise<SavedFile> {
  fileSource(certificate);
  const { origin } = await ctx.portal();
  const wallet = await ctx.wallet();
  await wallet.ensureWritable();
  const target = await saveTarget(ctx, certificate, all, output);
  const own = replaceOwn ? await ownCopy(ctx, certificate, target) : undefined;
  const annotation = certificate.annotationRequired ? certificate.annotation : null;
  const record = ({ verification, path, sha256, bytes }: Omit<SavedFile, 'outcome'>): SavedRecord => ({
    path,
    sha256,
    bytes,
    portal: portalIdentity(origin),
    certificateId: certificate.id,
    qualification: certificate.qualification,
    annotationId: annotation?.id ?? null,
    scenario: annotation?.scenario ?? null,
    named: target.named,
    validUntil: fileValidUntil(certificate) ?? null,
    savedAt: shanghaiTime(ctx.clock.now()),
    verdict: verification?.verdict,
  });
  const file = await saveCertificate(ctx, certificate, target, {
    force: force || own !== undefined,
    keepUnverified,
    announce: async (coming) => (coming.fault === undefined ? wallet.announce(record(coming)) : undefined),
  });
  // What did not pass is nothing that a later run may take for a good copy.
  if (file.fault !== undefined) ctx.terminal.warn(ctx.messages.download.keptUnverified(file.path, file.fault));
  else await wallet.remember(record(file), own).catch((error) => warnOfForgotten(ctx, file.path, error));
  if (annotation !== null) await (await ctx.submissions()).delivered(annotation);
  return { ...file, page: await comparePage(ctx, certificate, file) };
}

/** The file is there, whole, whatever happened to the wallet since it was tried. */
function warnOfForgotten({ messages, terminal }: Saving, path: string, error: unknown): void {
  if (!isCertError(error, 'CONFIG_INVALID', 'FILE_NOT_WRITABLE')) throw error;
  terminal.warn(messages.download.notRemembered(path, failureOf(error, messages).message));
}

/** Downloads the PDF of a certificate, verifies it, and saves it whole or not at all. */
export async function saveCertificate(
  ctx: Examining & Pick<Context, 'files' | 'holderPortal'>,
  certificate: Certificate,
  target: SaveTarget,
  options: SaveFileOptions,
): Promise<SavedFile> {
  const source = fileSource(certificate);
  const examine = await examinerFor(ctx, certificate);
  const files = await ctx.files();
  const holderPortal = await ctx.holderPortal();
  const progress = ctx.terminal.progress(ctx.messages.download.progress(certificate.qualification));
  try {
    return await files.save(target, (resume) => holderPortal.file(source, resume), { ...options, examine });
  } finally {
    progress.stop();
  }
}

/** Writes the PDF of a certificate to standard output, once it is whole and verified; the journal remembers its arrival. */
export async function printCertificate(
  ctx: Examining & Pick<Context, 'files' | 'holderPortal' | 'submissions'>,
  certificate: Certificate,
): Promise<void> {
  const source = fileSource(certificate);
  const examine = await examinerFor(ctx, certificate);
  const files = await ctx.files();
  const holderPortal = await ctx.holderPortal();
  await ctx.terminal.bytes(await files.read((resume) => holderPortal.file(source, resume), examine));
  const { annotation } = certificate;
  if (annotation !== null) await (await ctx.submissions()).delivered(annotation);
}
