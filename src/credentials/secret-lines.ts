import { CertError } from '../errors.ts';

const MOST_BYTES = 4_096;

/**
 * Several secrets from standard input, a line each, in the order of the flags that asked for them.
 * @throws CertError INPUT_REQUIRED with the flag whose line is missing or empty, with all of them when there is more
 */
export async function readSecretLines(
  source: AsyncIterable<Uint8Array | string>,
  flags: readonly string[],
): Promise<string[]> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    chunks.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new CertError('INPUT_REQUIRED', { flag: flags.join(', ') });
  }
  const text = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const missing = flags.find((_, index) => !lines[index]);
  if (missing !== undefined) throw new CertError('INPUT_REQUIRED', { flag: missing });
  if (lines.length > flags.length) throw new CertError('INPUT_REQUIRED', { flag: flags.join(', ') });
  return lines;
}
