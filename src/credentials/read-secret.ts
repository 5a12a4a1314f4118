const MAX_SECRET_BYTES = 4_096;

/** One line that is a secret, without its line break; undefined when there is none, or more than one, or no end to it. */
export async function readSecret(source: AsyncIterable<Uint8Array | string>): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    chunks.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes > MAX_SECRET_BYTES) return undefined;
  }
  const secret = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .replace(/\r?\n$/, '');
  return secret === '' || /[\r\n]/.test(secret) ? undefined : secret;
}
