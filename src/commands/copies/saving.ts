import type { Certificate } from '../../contract/schemas.ts';
import { shanghaiTime } from '../../domain/calendar.ts';
import { fileName } from '../../domain/file-name.ts';
import { isKept } from '../../domain/renewal.ts';
import { CertError } from '../../errors.ts';
import type { SavedFile, SaveFileOptions, SaveTarget } from '../../ports/files.ts';
import type { FileSource, HolderPortal } from '../../ports/holder-portal.ts';
import type { SavedRecord, WalletFile } from '../../ports/wallet.ts';
import { usageError } from '../command.ts';
import type { Context } from '../context.ts';
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

/** The certificate with the annotation that can be had: while a new copy is generated, or after one failed, an earlier one. */
export async function withReadyCopy(
  holderPortal: Pick<HolderPortal, 'annotations'>,
  certificate: Certificate,
): Promise<Certificate> {
  const { id, status, annotation, quota } = certificate;
  const isLatestOfNoUse = annotation?.status === 'generating' || annotation?.status === 'failed';
  if (status === 'revoked' || !isLatestOfNoUse || quota?.used === 0) return certificate;
  const { items } = await holderPortal.annotations(id);
  const [best] = items
    .filter((earlier) => earlier.status === 'ready')
    .sort((a, b) => (b.validUntil ?? '').localeCompare(a.validUntil ?? ''));
  return best === undefined ? certificate : { ...certificate, annotation: best };
}

/** The last day on which the PDF may be used; undefined where no annotation limits it. */
export const fileValidUntil = ({ annotationRequired, annotation }: Certificate): string | undefined =>
  annotationRequired ? annotation?.validUntil : undefined;

/** The file's proposed name: unlike that of any other certificate of the holder, on whatever day that is annotated. */
function proposedName(certificate: Certificate, all: readonly Certificate[], validUntil: string | undefined): string {
  const nameOf = ({ qualification, specialty, id }: Certificate, unique: boolean) =>
    fileName({ qualification, specialty, validUntil, certificateId: id }, { unique });
  const name = nameOf(certificate, false);
  const isShared = all.some((other) => other.id !== certificate.id && nameOf(other, false) === name);
  return nameOf(certificate, isShared);
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

type Saving = Examining & Pick<Context, 'files' | 'holderPortal' | 'portal' | 'submissions' | 'wallet'>;

/** As {@link saveCertificate}; the wallet remembers the file, and the journal that the annotation has arrived. */
export async function saveAndRemember(
  ctx: Saving,
  certificate: Certificate,
  all: readonly Certificate[],
  { output, force, replaceOwn = false }: SaveOptions,
): Promise<SavedFile> {
  const { origin } = await ctx.portal();
  const wallet = await ctx.wallet();
  const target = await saveTarget(ctx, certificate, all, output);
  const own = replaceOwn ? await ownCopy(ctx, certificate, target) : undefined;
  const annotation = certificate.annotationRequired ? certificate.annotation : null;
  const record = ({ verification, path, sha256, bytes }: Omit<SavedFile, 'outcome'>): SavedRecord => ({
    path,
    sha256,
    bytes,
    portal: origin,
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
    announce: (coming) => wallet.announce(record(coming)),
  });
  await wallet.remember(record(file), own);
  if (annotation !== null) await (await ctx.submissions()).delivered(annotation);
  return file;
}

/** The copy of this certificate at a target that `cert` saved, if under another name, and nobody changed since. */
export async function ownCopy(
  ctx: Pick<Context, 'files' | 'portal' | 'wallet'>,
  { id }: Certificate,
  target: SaveTarget,
): Promise<WalletFile | undefined> {
  if (!(await (await ctx.files()).isThere(target))) return undefined;
  const { origin } = await ctx.portal();
  const known = await (await ctx.wallet()).files(
    ({ certificateId, portal }) => certificateId === id && portal === origin,
  );
  return known.find((file) => file.path === target.path && isKept(file));
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
