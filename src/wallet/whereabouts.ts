/** Finds saved files, also under another name in their folder. */
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { digestOf } from '../disk/digest.ts';
import type { FileState, SavedRecord } from '../ports/wallet.ts';

type Whereabouts = Pick<SavedRecord, 'path'> & { readonly state: FileState };

/** Tells where a saved file is now. It looks into no folder, and reads no file, twice. */
export function createFinder(): (saved: SavedRecord) => Promise<Whereabouts> {
  const filesIn = remembered(async (folder: string) => {
    const paths = (await readdir(folder).catch(() => [])).map((name) => join(folder, name));
    return Promise.all(paths.map(async (path) => ({ path, bytes: await sizeOf(path) })));
  });
  const digest = remembered(digestOf);
  return async ({ path, sha256, bytes }) => {
    const size = await sizeOf(path);
    // What has another size is another file, and need not be read.
    const there = size === bytes ? await digest(path) : size;
    if (there !== undefined) return { state: there === sha256 ? 'good' : 'changed', path };
    for (const candidate of await filesIn(dirname(path)))
      if (candidate.bytes === bytes && (await digest(candidate.path)) === sha256)
        return { state: 'moved', path: candidate.path };
    return { state: 'missing', path };
  };
}

/** Undefined where no ordinary file is. */
const sizeOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    (there) => (there.isFile() ? there.size : undefined),
    () => undefined,
  );

function remembered<T>(ask: (path: string) => Promise<T>): (path: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (path) => {
    const answer = answers.get(path) ?? ask(path);
    answers.set(path, answer);
    return answer;
  };
}
