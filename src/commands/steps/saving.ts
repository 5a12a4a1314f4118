import type { Context, FileSource, Portal, SavedFile, SaveTarget } from '../../context.ts';
import { shanghaiTime } from '../../domain/calendar.ts';
import { fileName } from '../../domain/file-name.ts';
import { CertError } from '../../errors.ts';
import type { Certificate } from '../../portal/contract/schemas.ts';
import { usageError } from '../command.ts';
import { type Examining, examinerFor } from './examining.ts';
import { generationError } from './generation.ts';

/**
 * Where the PDF of a certificate can be had now.
 * @throws CertError with the reason when it cannot: revoked, not annotated, generating, expired, failed
 */
function fileSource({ id, status, annotationRequired, annotation }: Certificate): FileSource {
  if (status === 'revoked') throw new CertError('CERTIFICATE_REVOKED', { certificate: id });
  if (!annotationRequired) return { certificateId: id };
  if (annotation === null) throw new CertError('ANNOTATION_REQUIRED', { certificate: id });
  const error = generationError(annotation);
  if (error !== undefined) throw error;
  return { certificateId: id, annotationId: annotation.id };
}

/** The last day on which the PDF may be used; undefined where no annotation limits it. */
export const fileValidUntil = ({ annotationRequired, annotation }: Certificate): string | undefined =>
  annotationRequired ? annotation?.validUntil : undefined;

/** The file's proposed name: unlike that of any other certificate of the holder. */
function proposedName(certificate: Certificate, all: readonly Certificate[], validUntil: string | undefined): string {
  const nameOf = ({ qualification, specialty, id }: Certificate, until: string | undefined, unique: boolean) =>
    fileName({ qualification, specialty, validUntil: until, certificateId: id }, { unique });
  const name = nameOf(certificate, validUntil, false);
  const shared = all.some(
    (other) => other.id !== certificate.id && nameOf(other, fileValidUntil(other), false) === name,
  );
  return shared ? nameOf(certificate, validUntil, true) : name;
}

/** Where the PDF of a certificate is to be saved. `validUntil` is the annotation's last day, also of one to come. */
export const saveTarget = async (
  ctx: Pick<Context, 'files'>,
  certificate: Certificate,
  all: readonly Certificate[],
  output: string | undefined,
  validUntil: string | undefined = fileValidUntil(certificate),
): Promise<SaveTarget> => (await ctx.files()).target(output, proposedName(certificate, all, validUntil));

/** Several certificates need a folder to be saved in. @throws CertError USAGE */
export async function requireFolder(
  ctx: Pick<Context, 'files' | 'messages'>,
  certificates: readonly Certificate[],
  output: string | undefined,
): Promise<void> {
  if (certificates.length > 1 && output !== undefined && (await ctx.files()).target(output, '').named)
    throw usageError(ctx.messages.help.usage.folderForSeveral(output));
}

export interface SaveOptions {
  readonly output?: string | undefined;
  readonly force: boolean;
  /** Whether a copy of this certificate that `cert` saved itself, and nobody changed since, gives way to this one. */
  readonly replaceOwn?: boolean;
}

type Saving = Examining & Pick<Context, 'files' | 'wallet' | 'submissions'>;

/** As {@link saveCertificate}; the wallet remembers the file, and the journal that the annotation has arrived. */
export async function saveAndRemember(
  ctx: Saving,
  portal: Portal,
  certificate: Certificate,
  all: readonly Certificate[],
  { output, force, replaceOwn = false }: SaveOptions,
): Promise<SavedFile> {
  const target = await saveTarget(ctx, certificate, all, output);
  const replace = force || (replaceOwn && (await isOwnCopy(ctx, portal, certificate, target)));
  const { outcome, verification, ...file } = await saveCertificate(ctx, portal, certificate, target, {
    force: replace,
  });
  const annotation = certificate.annotationRequired ? certificate.annotation : null;
  await (await ctx.wallet()).remember({
    ...file,
    portal: portal.origin,
    certificateId: certificate.id,
    qualification: certificate.qualification,
    annotationId: annotation?.id ?? null,
    scenario: annotation?.scenario ?? null,
    named: target.named,
    validUntil: fileValidUntil(certificate) ?? null,
    savedAt: shanghaiTime(ctx.clock.now()),
    verdict: verification?.verdict,
  });
  if (annotation !== null) await (await ctx.submissions()).delivered(annotation);
  return { ...file, outcome, verification };
}

/** Whether the file at a target is a copy of this certificate that `cert` saved, unchanged since. */
export async function isOwnCopy(
  ctx: Pick<Context, 'wallet'>,
  portal: Portal,
  { id }: Certificate,
  { path }: SaveTarget,
): Promise<boolean> {
  const wallet = await ctx.wallet();
  const own = await wallet.files(
    (known) => known.path === path && known.certificateId === id && known.portal === portal.origin,
  );
  return own.some(({ state }) => state === 'good');
}

/** Downloads the PDF of a certificate, verifies it, and saves it whole or not at all. */
export async function saveCertificate(
  ctx: Examining & Pick<Context, 'files'>,
  portal: Portal,
  certificate: Certificate,
  target: SaveTarget,
  { force }: { force: boolean },
): Promise<SavedFile> {
  const source = fileSource(certificate);
  const examine = await examinerFor(ctx, certificate);
  const files = await ctx.files();
  const progress = ctx.terminal.progress(ctx.messages.download.progress(certificate.qualification));
  try {
    return await files.save(target, (resume) => portal.file(source, resume), { force, examine });
  } finally {
    progress.stop();
  }
}

/** Writes the PDF of a certificate to standard output, once it is whole and verified. */
export async function printCertificate(
  ctx: Examining & Pick<Context, 'files'>,
  portal: Portal,
  certificate: Certificate,
): Promise<void> {
  const source = fileSource(certificate);
  const examine = await examinerFor(ctx, certificate);
  const files = await ctx.files();
  await ctx.terminal.bytes(await files.read((resume) => portal.file(source, resume), examine));
}
