import { createHash } from 'node:crypto';
import { isCertError } from '../errors.ts';
import { systemCode } from './file-error.ts';
import { openOrdinary } from './open-file.ts';

/** No PDF that is saved is larger; what has taken its place may be without end. */
const MAX_BYTES = 64 * 1024 * 1024;

/** SHA-256 of a file in lower-case hex; undefined where there is no file that can be read, or one of more than 64 MB. */
export async function digestOf(path: string): Promise<string | undefined> {
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of (await openOrdinary(path)).createReadStream()) {
      bytes += chunk.length;
      if (bytes > MAX_BYTES) return undefined;
      hash.update(chunk);
    }
    return hash.digest('hex');
  } catch (error) {
    if (isCertError(error) || systemCode(error) !== undefined) return undefined;
    throw error;
  }
}
