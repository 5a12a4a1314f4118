/** Which PDF of a certificate can be had now. */
import type { Certificate } from '../../contract/schemas.ts';
import { CertError } from '../../errors.ts';
import type { FileSource } from '../../ports/holder-portal.ts';
import type { Context } from '../context.ts';
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

/** The certificate with the annotation that can be had: where the latest is not ready, the earlier one that holds longest. */
export async function withReadyCopy(ctx: Pick<Context, 'submissions'>, listed: Certificate): Promise<Certificate> {
  const submissions = await ctx.submissions();
  const [certificate = listed] = await submissions.caughtUp([listed]);
  const { id, status, annotation, quota } = certificate;
  if (status === 'revoked' || annotation === null || annotation.status === 'ready' || quota?.used === 0)
    return certificate;
  const { items } = await submissions.history(id);
  const [best] = items
    .filter((earlier) => earlier.status === 'ready')
    .sort((a, b) => (b.validUntil ?? '').localeCompare(a.validUntil ?? ''));
  return best === undefined ? certificate : { ...certificate, annotation: best };
}

/** The last day on which the PDF may be used; undefined where no annotation limits it. */
export const fileValidUntil = ({ annotationRequired, annotation }: Certificate): string | undefined =>
  annotationRequired ? annotation?.validUntil : undefined;
