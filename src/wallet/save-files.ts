/** Saves the portal's PDFs on this machine. */
import { lstatSync, type Stats, statSync } from 'node:fs';
import { lstat, mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { createPart, discard, type Part, publish } from '../disk/atomic.ts';
import { digestOf } from '../disk/digest.ts';
import { downloadsFolder } from '../disk/downloads-folder.ts';
import { systemCode, writing } from '../disk/file-error.ts';
import { loadFile, pdfsIn, pdfsNamed } from '../disk/inputs.ts';
import { absolutePath, type Here, namedPath } from '../disk/named-path.ts';
import { suspectName } from '../domain/file-name.ts';
import { CertError, isCertError } from '../errors.ts';
import type { Examine, Files, OpenFile, SavedFile, SaveFileOptions, SaveTarget } from '../ports/files.ts';
import { type ReadableSink, receiveExamined } from './examined.ts';
import type { Received } from './receive.ts';
import { createTemporary, openViewFolder } from './view-folder.ts';

/** No PDF that is saved is larger. */
const MOST_BYTES = 64 * 1024 * 1024;

interface Surroundings extends Here {
  readonly stateFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export function createFiles({ stateFolder, environment, ...here }: Surroundings): Files {
  const viewFolder = () => openViewFolder(stateFolder);
  return {
    absolute: (path) => absolutePath(path, here),
    target: (output, name) => targetOf(here, output, name),
    isAt: (path, output) => [path, dirname(path)].includes(absolutePath(output, here)),
    isThere: ({ path }) => exists(path),
    contents: (path) => loadFile(path, path, MOST_BYTES),
    ensureWritable,
    save,
    write,
    read,
    pdfs: (path) => pdfsNamed(path, here),
    downloadsFolder: () => downloadsFolder({ environment, ...here }),
    pdfsIn,
    load: (path, mostBytes) => loadFile(absolutePath(path, here), path, mostBytes),
    viewFolder,
    temporary: async (name, contents) => createTemporary(viewFolder(), name, contents),
  };
}

function targetOf(here: Here, output: string | undefined, name: string): SaveTarget {
  if (output === undefined) return { path: resolve(here.cwd, name), named: false };
  const text = namedPath(output, here);
  const path = resolve(here.cwd, text);
  const isFolder = text.endsWith('/') || text.endsWith(sep) || meansFolder(path, name);
  return isFolder ? { path: join(path, name), named: false } : { path, named: true };
}

const isPdf = (path: string): boolean => path.toLowerCase().endsWith('.pdf');

/** What is not there yet is a folder for a PDF, unless its own name ends as that of one. */
function meansFolder(path: string, name: string): boolean {
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there !== undefined) return there.isDirectory();
    const isDangling = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
    return !isDangling && isPdf(name) && !isPdf(path);
  } catch {
    return false;
  }
}

/** Everything that can be known to fail is tried before the portal is asked for the file. */
async function save(
  { path, named }: SaveTarget,
  open: OpenFile,
  { force, announce, ...examination }: SaveFileOptions,
): Promise<SavedFile> {
  const part = await begin({ path, named }, force);
  try {
    const received = await receiveExamined(open, fileSink(part, path), examination).catch(async (error) => {
      throw await withSuspect(error, part, path);
    });
    if (await holds(path, received)) return { path, ...received, outcome: 'up-to-date' };
    await refuseIrreplaceable(path, force);
    if (force && (await exists(path))) await announce?.({ path, ...received });
    try {
      await publish(part, path, force);
    } catch (error) {
      // Another `cert` may have saved the same file just now.
      if (isCertError(error, 'FILE_EXISTS') && (await holds(path, received)))
        return { path, ...received, outcome: 'up-to-date' };
      throw error;
    }
    return { path, ...received, outcome: 'saved' };
  } finally {
    await discard(part);
  }
}

const begin = ({ path, named }: SaveTarget, force: boolean): Promise<Part> =>
  writing(path, async () => {
    if (!named) await mkdir(dirname(path), { recursive: true });
    await refuseIrreplaceable(path, force);
    return createPart(path);
  });

async function ensureWritable(target: SaveTarget, { force }: { force: boolean }): Promise<void> {
  await discard(await begin(target, force));
}

async function write(target: SaveTarget, text: string, { force }: { force: boolean }): Promise<void> {
  const part = await begin(target, force);
  try {
    await writing(target.path, () => part.handle.writeFile(text));
    await publish(part, target.path, force);
  } finally {
    await discard(part);
  }
}

async function read(open: OpenFile, examine?: Examine): Promise<Uint8Array> {
  let chunks: Uint8Array[] = [];
  const sink: ReadableSink = {
    write: async (chunk) => void chunks.push(chunk),
    clear: async () => {
      chunks = [];
    },
    contents: async () => Buffer.concat(chunks),
  };
  await receiveExamined(open, sink, { examine });
  return sink.contents();
}

/** The failure, and where the file is that it is about: beside the target, so that a person can look at it. */
async function withSuspect(error: unknown, part: Part, path: string): Promise<unknown> {
  const isSuspect =
    isCertError(error, 'FILE_NOT_VERIFIED') ||
    (isCertError(error, 'FILE_DAMAGED') && error.params.damage.kind === 'digest');
  if (!isSuspect) return error;
  const digest = (await digestOf(part.path)) ?? '';
  const keptAt = join(dirname(path), suspectName(basename(path), digest));
  const isKept = await publish(part, keptAt, true).then(
    () => true,
    () => false,
  );
  return isKept ? new CertError(error.code, { ...error.params, keptAt } as typeof error.params) : error;
}

function fileSink({ handle, path: partPath }: Part, path: string): ReadableSink {
  let position = 0;
  return {
    write: (chunk) =>
      writing(path, async () => {
        for (let done = 0; done < chunk.length; ) {
          const { bytesWritten } = await handle.write(chunk, done, chunk.length - done, position);
          done += bytesWritten;
          position += bytesWritten;
        }
      }),
    clear: () => {
      position = 0;
      return writing(path, () => handle.truncate(0));
    },
    contents: () => loadFile(partPath, path, MOST_BYTES),
  };
}

/** Only a file or a symbolic link may ever give way; a folder, a device or a pipe never does. */
async function refuseIrreplaceable(path: string, force: boolean): Promise<void> {
  const there = await lstat(path).catch(ignoreMissing);
  if (there === undefined || there.isFile() || there.isSymbolicLink()) return;
  throw force
    ? new CertError('FILE_NOT_WRITABLE', { path, detail: 'not-a-file' })
    : new CertError('FILE_EXISTS', { path });
}

async function holds(path: string, { bytes, sha256 }: Received): Promise<boolean> {
  const there: Stats | undefined = await stat(path).catch(() => undefined);
  return there?.size === bytes && (await digestOf(path)) === sha256;
}

const exists = async (path: string): Promise<boolean> => (await lstat(path).catch(() => undefined)) !== undefined;

function ignoreMissing(error: unknown): undefined {
  if (systemCode(error) !== 'ENOENT') throw error;
}
