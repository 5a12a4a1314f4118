/** Whether something can be written, tried before it counts. */
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createPart, discard } from './atomic.ts';

/** The folder, or the nearest above it that is there; what is there and no folder counts too. */
export async function nearestFolder(folder: string): Promise<string> {
  const isThere = await stat(folder).then(
    () => true,
    () => false,
  );
  const above = dirname(folder);
  return isThere || above === folder ? folder : nearestFolder(above);
}

/** Writes beside the place of a file what it would hold, and removes it again. Rejects with the system's error. */
export async function makeProof(path: string, contents: string): Promise<void> {
  const part = await createPart(path);
  try {
    await part.handle.writeFile(contents);
    await part.handle.sync();
  } finally {
    await discard(part);
  }
}
