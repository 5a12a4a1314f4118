import { CertError } from '../errors.ts';
import { readInput, type SecretInput, textOf } from './read-secret.ts';

/**
 * Several secrets from standard input, a line each, in the order of the flags that asked for them.
 * @throws CertError INPUT_REQUIRED with the flag whose line is missing or empty, with all of them when there is more
 */
export async function readSecretLines(source: SecretInput, flags: readonly string[]): Promise<string[]> {
  const read = await readInput(source);
  if (read === 'too-large') throw new CertError('INPUT_REQUIRED', { flag: flags.join(', ') });
  const lines = textOf(read).split(/\r?\n/);
  const missing = flags.find((_, index) => !lines[index]);
  if (missing !== undefined) throw new CertError('INPUT_REQUIRED', { flag: missing });
  if (lines.length > flags.length) throw new CertError('INPUT_REQUIRED', { flag: flags.join(', ') });
  return lines;
}
