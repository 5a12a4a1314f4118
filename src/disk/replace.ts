import { createPart, discard, publish } from './atomic.ts';

/** Makes the file at `path` these bytes, whole and durably, private to its owner. @throws CertError FILE_NOT_WRITABLE */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const part = await createPart(path);
  try {
    await part.handle.writeFile(bytes);
    await publish(part, path, true);
  } finally {
    await discard(part);
  }
}
