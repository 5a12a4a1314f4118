/** The sandbox's state in a file: whole after every change, also when the process is killed in the middle of one. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as v from 'valibot';
import { CertError } from '../errors.ts';
import { type StateStore, state as stateSchema } from './state.ts';

export function fileStateStore(file: string): StateStore {
  const path = resolve(file);
  const temporary = `${path}.tmp`;
  const damaged = (detail: string, cause?: unknown) => new CertError('CONFIG_INVALID', { path, detail }, { cause });
  return {
    load: () => {
      let state: unknown;
      try {
        state = JSON.parse(readFileSync(path, 'utf8'));
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw damaged(error instanceof SyntaxError ? 'not JSON' : (codeOf(error) ?? 'unreadable'), error);
      }
      const { success, output } = v.safeParse(stateSchema, state);
      if (!success) throw damaged('not a state of this sandbox');
      return output;
    },
    save: (state) => {
      try {
        // A leftover of a killed process may have other permissions, or be a link to somewhere.
        rmSync(temporary, { force: true });
        writeSynced(temporary, JSON.stringify(state));
        renameSync(temporary, path);
        syncFolder(dirname(path));
      } catch (error) {
        throw new CertError('FILE_NOT_WRITABLE', { path, detail: codeOf(error) ?? '' }, { cause: error });
      }
    },
  };
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

function writeSynced(path: string, text: string): void {
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes a rename durable, where folders can be opened: Windows knows no such thing. */
function syncFolder(folder: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(folder, 'r');
  } catch {
    return;
  }
  try {
    fsyncSync(descriptor);
  } catch {
    // Some file systems refuse to sync a folder.
  } finally {
    closeSync(descriptor);
  }
}
