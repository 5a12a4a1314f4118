/**
 * The submission journal of one certificate: replaced whole, and on the disk before anything else happens. Only who
 * holds the certificate's lock writes it.
 */
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder, writeWhole } from '../disk/atomic.ts';
import { writing } from '../disk/file-error.ts';
import { readText } from '../disk/read-text.ts';
import { compacted } from '../domain/known-annotations.ts';
import type { JournalEntry } from '../domain/submission.ts';
import { CertError, isCertError } from '../errors.ts';
import { journalEntries, journalText } from './journal-text.ts';

export interface Journal {
  /** @throws CertError JOURNAL_INVALID when it is damaged or from a newer version; it is left as it is */
  read(): Promise<JournalEntry[]>;
  /** The entry is on the disk when this resolves. @throws CertError FILE_NOT_WRITABLE, JOURNAL_INVALID */
  append(entry: JournalEntry): Promise<void>;
}

/** `formerPaths`: where earlier releases may have kept it. What is there is read too, and moved by the next entry. */
export function createJournal(path: string, formerPaths: readonly string[] = []): Journal {
  const read = (): JournalEntry[] => {
    const [entries = [], ...others] = [...formerPaths, path].flatMap((one) => [load(one) ?? []].filter(isNotEmpty));
    return others.length === 0 ? entries : merged([...entries, ...others.flat()]);
  };
  return {
    read: async () => read(),
    append: (entry) =>
      writing(path, async () => {
        const entries = [...read(), entry];
        await makeFolder(dirname(path));
        await writeWhole(path, journalText(compacted(entries)));
        // What stays behind is in both, and counts once.
        for (const former of formerPaths) await rm(former, { force: true }).catch(() => undefined);
      }),
  };
}

function load(path: string): JournalEntry[] | undefined {
  try {
    const text = readText(path);
    return text === undefined ? undefined : journalEntries(path, text);
  } catch (error) {
    throw isCertError(error, 'CONFIG_INVALID') ? new CertError('JOURNAL_INVALID', error.params, error) : error;
  }
}

const isNotEmpty = (entries: readonly JournalEntry[]): boolean => entries.length > 0;

/** Each entry once, in the order in which they were written. */
const merged = (entries: readonly JournalEntry[]): JournalEntry[] =>
  [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()].sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at),
  );
