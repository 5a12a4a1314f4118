/** What `renew` looks after: the files that were saved on this machine. */
import { daysBetween, type PlainDay } from './calendar.ts';

interface Kept {
  readonly certificateId: string;
  readonly scenario: string | null;
  readonly path: string;
  /** Whether the person named this very file, not only its folder. */
  readonly named: boolean;
  readonly validUntil: string | null;
  readonly state: 'good' | 'moved' | 'changed' | 'missing';
}

/** A place where a certificate is kept for a scenario: a file of its own, or a folder with one copy after another. */
export interface Place<F extends Kept> {
  /** As `--output` takes it. */
  readonly output: string;
  /** The copy that holds longest, of those that are still as they were saved; else the latest saved. */
  readonly file: F;
}

const folderOf = (path: string): string => path.replace(/[^/\\]*$/, '');
/** Whether a file is still as it was saved, if under another name. */
export const isKept = ({ state }: Kept): boolean => state === 'good' || state === 'moved';
const lastDay = ({ validUntil }: Kept): string => validUntil ?? '9999-12-31';

/** The places of some files, which are given the latest saved first. */
export function placesOf<F extends Kept>(files: readonly F[]): Place<F>[] {
  const places = new Map<string, Place<F>>();
  for (const file of files) {
    const output = file.named ? file.path : folderOf(file.path);
    const key = JSON.stringify([file.certificateId, file.scenario, output]);
    const best = places.get(key)?.file;
    const isBetter = best === undefined || (isKept(file) && (!isKept(best) || lastDay(file) > lastDay(best)));
    if (isBetter) places.set(key, { output, file });
  }
  return [...places.values()];
}

/** Whether a file holds for less than `minDays` more days. */
export const isDue = ({ validUntil }: Kept, today: PlainDay, minDays: number): boolean =>
  validUntil !== null && daysBetween(today, validUntil) < minDays;
