import type { Context, FileSource, Portal, SavedFile, SaveTarget } from '../../context.ts';
import { shanghaiTime } from '../../domain/calendar.ts';
import { fileName } from '../../domain/file-name.ts';
import { CertError } from '../../errors.ts';
import type { Certificate } from '../../portal/contract/schemas.ts';
import { generationError } from './generation.ts';

/**
 * Where the PDF of a certificate can be had now.
 * @throws CertError with the reason when it cannot: revoked, not annotated, generating, expired, failed
 */
export function fileSource({ id, status, annotationRequired, annotation }: Certificate): FileSource {
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
function proposedName(certificate: Certificate, all: readonly Certificate[]): string {
  const nameOf = (one: Certificate, unique: boolean) =>
    fileName(
      {
        qualification: one.qualification,
        specialty: one.specialty,
        validUntil: fileValidUntil(one),
        certificateId: one.id,
      },
      { unique },
    );
  const name = nameOf(certificate, false);
  const shared = all.some((other) => other.id !== certificate.id && nameOf(other, false) === name);
  return shared ? nameOf(certificate, true) : name;
}

/** Where the PDF of a certificate is to be saved. */
export const saveTarget = async (
  ctx: Pick<Context, 'files'>,
  certificate: Certificate,
  all: readonly Certificate[],
  output: string | undefined,
): Promise<SaveTarget> => (await ctx.files()).target(output, proposedName(certificate, all));

export interface SaveOptions {
  readonly output?: string | undefined;
  readonly force: boolean;
}

/** As {@link saveCertificate}, and the wallet remembers it. */
export async function saveAndRemember(
  ctx: Pick<Context, 'files' | 'terminal' | 'messages' | 'wallet' | 'clock'>,
  portal: Portal,
  certificate: Certificate,
  all: readonly Certificate[],
  options: SaveOptions,
): Promise<SavedFile> {
  const { outcome, ...file } = await saveCertificate(ctx, portal, certificate, all, options);
  await (await ctx.wallet()).remember({
    ...file,
    portal: portal.origin,
    certificateId: certificate.id,
    qualification: certificate.qualification,
    annotationId: certificate.annotationRequired ? (certificate.annotation?.id ?? null) : null,
    validUntil: fileValidUntil(certificate) ?? null,
    savedAt: shanghaiTime(ctx.clock.now()),
  });
  return { ...file, outcome };
}

/** Downloads the PDF of a certificate and saves it whole or not at all. */
export async function saveCertificate(
  ctx: Pick<Context, 'files' | 'terminal' | 'messages'>,
  portal: Portal,
  certificate: Certificate,
  all: readonly Certificate[],
  { output, force }: SaveOptions,
): Promise<SavedFile> {
  const source = fileSource(certificate);
  const files = await ctx.files();
  const target = await saveTarget(ctx, certificate, all, output);
  const progress = ctx.terminal.progress(ctx.messages.download.progress(certificate.qualification));
  try {
    return await files.save(target, (resume) => portal.file(source, resume), { force });
  } finally {
    progress.stop();
  }
}
