/** The sandbox's state in a file: whole after every change, also when the process is killed in the middle of one. */
import { writeWhole } from '../disk/atomic.ts';
import { readJsonFile } from '../disk/json-file.ts';
import { type State, type StateStore, state as schema } from './state.ts';

/** @param path absolute; its folder must be there */
export function fileStateStore(path: string): StateStore {
  const version = schema.entries.schemaVersion.literal;
  let last: Promise<void> = Promise.resolve();
  return {
    load: () => readJsonFile<State | undefined>({ path, version, schema, empty: undefined }),
    save: (state) => {
      // As it is now; one after the other, so that the latest is what stays.
      const text = JSON.stringify(state);
      last = last.catch(() => undefined).then(() => writeWhole(path, text));
      return last;
    },
  };
}
