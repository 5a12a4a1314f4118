/** What is on the disk, and when: nothing is sent before its intent would survive a power cut. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../src/domain/submission.ts';
import { createJournal } from '../../../src/submissions/journal.ts';
import { watchSyncs } from '../../support/syncs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const AT = '2026-11-24T10:00:00+08:00';
const intent = (reference: string): JournalEntry => ({
  type: 'intent',
  reference,
  scenario: 'self',
  validDays: 90,
  known: [],
  at: AT,
});
const refused = (reference: string): JournalEntry => ({ type: 'outcome', reference, annotationId: null, at: AT });
const lineOf = (entry: JournalEntry): string => `${JSON.stringify({ v: 1, ...entry })}\n`;

const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
const inodeOf = (path: string): number => statSync(path).ino;
/** The references that a journal's text has in it, however it writes them. */
const referencesIn = (path: string): string[] => ['r-1', 'r-2', 'r-3'].filter((one) => textOf(path).includes(one));

describe.skipIf(process.platform === 'win32')('an entry is on the disk once it is told to be', () => {
  it('the first, with its folder and those above it', async () => {
    const root = temporaryFolder();
    const path = join(root, 'state', 'journal', 'c.jsonl');
    const syncs = await watchSyncs(() => referencesIn(path));
    await createJournal(path).append(intent('r-1'));
    const [own, ...above] = [dirname(path), dirname(dirname(path)), root].map(inodeOf);
    // A new folder is an entry of the one above it.
    expect(new Set(syncs.slice(0, 2).map(({ inode }) => inode))).toEqual(new Set(above));
    expect(syncs.slice(2)).toEqual([
      { inode: inodeOf(path), seen: ['r-1'] },
      { inode: own, seen: ['r-1'] },
    ]);
  });

  it('the next', async () => {
    const path = join(temporaryFolder(), 'c.jsonl');
    const journal = createJournal(path);
    await journal.append(intent('r-1'));
    const syncs = await watchSyncs(() => referencesIn(path));
    await journal.append(intent('r-2'));
    expect(syncs).toEqual([{ inode: inodeOf(path), seen: ['r-1', 'r-2'] }]);
  });

  it('behind a torn line, which goes in the same step', async () => {
    const path = join(temporaryFolder(), 'c.jsonl');
    const journal = createJournal(path);
    await journal.append(intent('r-1'));
    appendFileSync(path, lineOf(intent('r-2')).slice(0, 50));
    const syncs = await watchSyncs(() => referencesIn(path));
    await journal.append(intent('r-3'));
    expect(syncs).toEqual([
      { inode: inodeOf(path), seen: ['r-1', 'r-2'] },
      { inode: inodeOf(dirname(path)), seen: ['r-1', 'r-3'] },
    ]);
  });
});

describe('a journal', () => {
  it('without end is cut to its latest entries, and loses nothing that is open', async () => {
    const path = join(temporaryFolder(), 'c.jsonl');
    const settled = Array.from({ length: 100 }, (_, index) => [intent(`r-${index}`), refused(`r-${index}`)]).flat();
    writeFileSync(path, [intent('open'), ...settled.slice(0, -1)].map(lineOf).join(''));
    const journal = createJournal(path);
    await journal.append(refused('r-99'));
    const entries = await journal.read();
    expect(entries).toEqual([intent('open'), ...settled.slice(-50)]);
  });

  it.each([
    ['damaged', 'nonsense\n', { detail: 'wrong-value', at: '2' }],
    ['of an entry that is none', `${JSON.stringify({ v: 1, type: 'intent' })}\n`, { detail: 'wrong-value', at: '2' }],
    ['of a newer version', `${JSON.stringify({ v: 2, type: 'novelty' })}\n`, { detail: 'newer-version' }],
  ])('%s is refused, and left as it is', async (_, line, params) => {
    const path = join(temporaryFolder(), 'c.jsonl');
    const journal = createJournal(path);
    await journal.append(intent('r-1'));
    appendFileSync(path, line);
    const before = textOf(path);
    const refusal = { code: 'JOURNAL_INVALID', params: { path, ...params } };
    await expect(journal.read()).rejects.toMatchObject(refusal);
    await expect(journal.append(refused('r-1'))).rejects.toMatchObject(refusal);
    expect(textOf(path)).toBe(before);
  });

  it('that is no file is refused', async () => {
    const path = join(temporaryFolder(), 'c.jsonl');
    mkdirSync(path);
    await expect(createJournal(path).read()).rejects.toMatchObject({
      code: 'JOURNAL_INVALID',
      params: { detail: 'not-a-file' },
    });
  });

  it.skipIf(process.platform === 'win32')('is for its owner only', async () => {
    const path = join(temporaryFolder(), 'journal', 'c.jsonl');
    await createJournal(path).append(intent('r-1'));
    expect([path, dirname(path)].map((one) => statSync(one).mode & 0o777)).toEqual([0o600, 0o700]);
  });
});
