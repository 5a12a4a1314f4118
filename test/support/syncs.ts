import { type FileHandle, open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';

/** A file or folder that was made durable, and what was to be seen at that moment. */
export interface Sync<T> {
  /** Whatever its name: that of a file in the making is no other than the file's. */
  readonly inode: number;
  readonly seen: T;
}

/** Hears of each `fsync` until the test ends. `look` is called right before it. */
export async function watchSyncs<T>(look: () => T): Promise<readonly Sync<T>[]> {
  const syncs: Sync<T>[] = [];
  const any = await open(fileURLToPath(import.meta.url));
  const handles: Pick<FileHandle, 'sync'> = Object.getPrototypeOf(any);
  await any.close();
  const { sync } = handles;
  vi.spyOn(handles, 'sync').mockImplementation(async function (this: FileHandle) {
    const { ino } = await this.stat();
    syncs.push({ inode: ino, seen: look() });
    return sync.call(this);
  });
  return syncs;
}
