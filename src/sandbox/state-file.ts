/** The sandbox's state in a file: whole after every change, also when the process is killed in the middle of one. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { CertError } from '../errors.ts';
import { replaceFile } from './replace-file.ts';
import { type StateStore, state as stateSchema } from './state.ts';

export function fileStateStore(file: string): StateStore {
  const path = resolve(file);
  const damaged = (detail: string, cause?: unknown) => new CertError('CONFIG_INVALID', { path, detail }, { cause });
  return {
    load: () => {
      let state: unknown;
      try {
        state = JSON.parse(readFileSync(path, 'utf8'));
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw damaged(error instanceof SyntaxError ? 'not-json' : (codeOf(error) ?? 'unreadable'), error);
      }
      const { success, output } = v.safeParse(stateSchema, state);
      if (!success) throw damaged('wrong-value');
      return output;
    },
    save: (state) => {
      try {
        replaceFile(path, JSON.stringify(state));
      } catch (error) {
        throw new CertError('FILE_NOT_WRITABLE', { path, detail: codeOf(error) ?? '' }, { cause: error });
      }
    },
  };
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;
