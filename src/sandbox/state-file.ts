/** The sandbox's state in a file: whole after every change, also when the process is killed in the middle of one. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CertError } from '../errors.ts';
import type { State, StateStore } from './state.ts';

export function fileStateStore(file: string): StateStore {
  const path = resolve(file);
  const temporary = `${path}.tmp`;
  const failed = (error: unknown, detail = (error as NodeJS.ErrnoException).code ?? 'unreadable') =>
    new CertError('CONFIG_INVALID', { path, detail }, { cause: error });
  return {
    load: () => {
      try {
        const state: unknown = JSON.parse(readFileSync(path, 'utf8'));
        if (isState(state)) return state;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw failed(error, error instanceof SyntaxError ? 'not JSON' : undefined);
      }
      throw failed(undefined, 'not a state of this sandbox');
    },
    save: (state) => {
      try {
        const descriptor = openSync(temporary, 'w', 0o600);
        writeFileSync(descriptor, JSON.stringify(state));
        fsyncSync(descriptor);
        closeSync(descriptor);
        renameSync(temporary, path);
      } catch (error) {
        throw new CertError(
          'FILE_NOT_WRITABLE',
          { path, detail: (error as NodeJS.ErrnoException).code ?? '' },
          { cause: error },
        );
      }
    },
  };
}

const isState = (value: unknown): value is State =>
  typeof value === 'object' &&
  value !== null &&
  (value as State).schemaVersion === 1 &&
  Array.isArray((value as State).annotations);
