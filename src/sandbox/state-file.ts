/** The sandbox's state in a file: whole after every change, also when the process is killed in the middle of one. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { notWritable, reasonOf, systemCode } from '../disk/file-error.ts';
import { CertError, type ContentReason, type FileReason, type SystemCode } from '../errors.ts';
import { replaceFile } from './replace-file.ts';
import { type StateStore, state as stateSchema } from './state.ts';

export function fileStateStore(file: string): StateStore {
  const path = resolve(file);
  const damaged = (detail: ContentReason | FileReason | SystemCode, cause?: unknown) =>
    new CertError('CONFIG_INVALID', { path, detail }, { cause });
  return {
    load: () => {
      let state: unknown;
      try {
        state = JSON.parse(readFileSync(path, 'utf8'));
      } catch (error) {
        if (systemCode(error) === 'ENOENT') return undefined;
        throw damaged(error instanceof SyntaxError ? 'not-json' : reasonOf(systemCode(error) ?? 'EIO'), error);
      }
      const { success, output } = v.safeParse(stateSchema, state);
      if (!success) throw damaged('wrong-value');
      return output;
    },
    save: (state) => {
      try {
        replaceFile(path, JSON.stringify(state));
      } catch (error) {
        throw notWritable(path, error);
      }
    },
  };
}
