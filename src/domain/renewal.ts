/** What `renew` looks after: the files that were saved on this machine. */
import { daysBetween, type PlainDay } from './calendar.ts';

interface Limited {
  /** Null where nothing limits it. */
  readonly validUntil: PlainDay | null;
}

interface Kept extends Limited {
  readonly state: 'good' | 'moved' | 'changed' | 'missing';
}

interface Placed extends Kept {
  readonly certificateId: string;
  readonly scenario: string | null;
  readonly path: string;
  /** Whether the person named this very file, not only its folder. */
  readonly named: boolean;
}

/** A place where a certificate is kept for a scenario: a file of its own, or a folder with one copy after another. */
export interface Place<F extends Placed> {
  /** As `--output` takes it. */
  readonly output: string;
  /** The copy that holds longest; where none is still as it was saved, the latest saved. */
  readonly file: F;
}

const folderOf = (path: string): string => path.replace(/[^/\\]*$/, '');
const lastDay = ({ validUntil }: Limited): PlainDay => validUntil ?? '9999-12-31';

/** Whether a file is still as it was saved, if under another name. */
export const isKept = ({ state }: Pick<Kept, 'state'>): boolean => state === 'good' || state === 'moved';

/** The files again, the one that holds longest first; of two that hold equally long the earlier one. */
export const longestFirst = <F extends Limited>(files: readonly F[]): F[] =>
  [...files].sort((a, b) => lastDay(b).localeCompare(lastDay(a)));

/** The file that holds longest of those that are still as they were saved; undefined where none is. */
export const holdsLongest = <F extends Kept>(files: readonly F[]): F | undefined =>
  longestFirst(files.filter(isKept))[0];

/** The files in groups of the same key, in the order of their first ones; never an empty group. */
export function grouped<F>(files: readonly F[], keyOf: (file: F) => readonly unknown[]): [F, ...F[]][] {
  const groups = new Map<string, [F, ...F[]]>();
  for (const file of files) {
    const key = JSON.stringify(keyOf(file));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [file]);
    else group.push(file);
  }
  return [...groups.values()];
}

/** The places of some files, which are given the latest saved first. */
export function placesOf<F extends Placed>(files: readonly F[]): Place<F>[] {
  const outputOf = ({ named, path }: F) => (named ? path : folderOf(path));
  return grouped(files, (file) => [file.certificateId, file.scenario, outputOf(file)]).map((copies) => {
    const file = holdsLongest(copies) ?? copies[0];
    return { output: outputOf(file), file };
  });
}

/** Whether a file holds for less than `minDays` more days. */
export const isDue = ({ validUntil }: Limited, today: PlainDay, minDays: number): boolean =>
  validUntil !== null && daysBetween(today, validUntil) < minDays;
