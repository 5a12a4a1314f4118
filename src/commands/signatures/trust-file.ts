import type { TrustedCertificate } from '../../ports/verifier.ts';
import type { Context } from '../context.ts';

const MOST_TRUST_FILE_BYTES = 2 * 1_024 * 1_024;

/** The certificates in a file that a person named. @throws CertError FILE_NOT_FOUND, FILE_NOT_READABLE, TRUST_FILE_INVALID */
export async function readTrustFile(
  ctx: Pick<Context, 'files' | 'verifier'>,
  path: string,
): Promise<TrustedCertificate[]> {
  const bytes = await (await ctx.files()).load(path, MOST_TRUST_FILE_BYTES);
  return (await ctx.verifier()).certificates(path, bytes);
}
