/**
 * The submission journal of one certificate: a line of JSON an entry, appended and synced before anything else
 * happens. Only who holds the certificate's lock reads or writes it.
 */
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { instant } from '../contract/scalars.ts';
import { makeFolder, syncFolder, writeWhole } from '../disk/atomic.ts';
import { writing } from '../disk/file-error.ts';
import { readText } from '../disk/read-text.ts';
import { type JournalEntry, openIntents } from '../domain/submission.ts';
import { CertError, isCertError } from '../errors.ts';

const VERSION = 1;
/** Longer journals are compacted to the entries that still matter. */
const MAX_ENTRIES = 200;
const KEPT_ENTRIES = 50;

const intent = v.object({
  v: v.literal(VERSION),
  type: v.literal('intent'),
  reference: v.string(),
  scenario: v.string(),
  validDays: v.number(),
  known: v.array(v.string()),
  at: instant,
});
const outcome = v.object({
  v: v.literal(VERSION),
  type: v.literal('outcome'),
  reference: v.string(),
  annotationId: v.nullable(v.string()),
  at: instant,
});
const delivery = v.object({
  v: v.literal(VERSION),
  type: v.literal('delivery'),
  annotationId: v.string(),
  at: instant,
});
const line = v.variant('type', [intent, outcome, delivery]);
const newerLine = v.looseObject({ v: v.pipe(v.number(), v.gtValue(VERSION)) });

export interface Journal {
  /** @throws CertError JOURNAL_INVALID when it is damaged or from a newer version; it is left as it is */
  read(): Promise<JournalEntry[]>;
  /** The entry is on the disk when this resolves. @throws CertError FILE_NOT_WRITABLE, JOURNAL_INVALID */
  append(entry: JournalEntry): Promise<void>;
}

export function createJournal(path: string): Journal {
  return {
    read: async () => load(path).entries,
    append: (entry) =>
      writing(path, async () => {
        await makeFolder(dirname(path));
        const before = load(path);
        const entries = [...before.entries, entry];
        if (before.isTorn || entries.length > MAX_ENTRIES)
          return writeWhole(path, compacted(entries).map(serialize).join(''));
        const handle = await open(path, 'a', 0o600);
        try {
          await handle.writeFile(serialize(entry));
          await handle.sync();
        } finally {
          await handle.close();
        }
        if (before.entries.length === 0) await syncFolder(dirname(path));
      }),
  };
}

const serialize = (entry: JournalEntry): string => `${JSON.stringify({ v: VERSION, ...entry })}\n`;

function load(path: string) {
  try {
    return parse(path, readText(path) ?? '');
  } catch (error) {
    throw isCertError(error, 'CONFIG_INVALID') ? new CertError('JOURNAL_INVALID', error.params, error) : error;
  }
}

/** A last line without its end was torn by a crash, and never counted: what it announces had not begun. */
function parse(path: string, text: string): { entries: JournalEntry[]; isTorn: boolean } {
  const lines = text.split('\n');
  const isTorn = lines.pop() !== '';
  const entries = lines.map((json, index): JournalEntry => {
    const content = parseJson(json);
    if (v.is(newerLine, content)) throw new CertError('JOURNAL_INVALID', { path, detail: 'newer-version' });
    const parsed = v.safeParse(line, content);
    if (!parsed.success) throw new CertError('JOURNAL_INVALID', { path, detail: 'wrong-value', at: String(index + 1) });
    const { v: _version, ...entry } = parsed.output;
    return entry;
  });
  return { entries, isTorn };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Every open intent, and the latest entries. */
function compacted(entries: readonly JournalEntry[]): JournalEntry[] {
  if (entries.length <= MAX_ENTRIES) return [...entries];
  const open = new Set<JournalEntry>(openIntents(entries));
  return entries.filter((entry, index) => open.has(entry) || index >= entries.length - KEPT_ENTRIES);
}
