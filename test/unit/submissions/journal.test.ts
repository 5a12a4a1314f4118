import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../src/domain/submission.ts';
import { createJournal } from '../../../src/submissions/journal.ts';
import { journalEntries, journalText } from '../../../src/submissions/journal-text.ts';
import { watchSyncs } from '../../support/syncs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const AT = '2026-11-24T10:00:00.000+08:00';
const intent = (reference: string, known: string[] = []): JournalEntry => ({
  type: 'intent',
  reference,
  scenario: 'self',
  validDays: 90,
  known,
  at: AT,
});
const outcome = (reference: string, annotationId: string | null): JournalEntry => ({
  type: 'outcome',
  reference,
  annotationId,
  at: AT,
});
const delivery = (annotationId: string): JournalEntry => ({ type: 'delivery', annotationId, at: AT });

const ENTRIES: JournalEntry[] = [
  intent('r-1'),
  outcome('r-1', 'a-1'),
  delivery('a-1'),
  intent('r-2', ['a-1']),
  outcome('r-2', null),
  intent('0d5f5a3e-7a10-4b51-9a55-1f2b6f7f0c55', ['a-1', 'a-"sum":"0123456789abcdef"}']),
];
const ofFirstRelease = (entries: readonly JournalEntry[]): string =>
  entries.map((entry) => `${JSON.stringify({ v: 1, ...entry })}\n`).join('');

/** What is read of a text, or the code of the failure. */
function readBack(text: string): JournalEntry[] | string {
  try {
    return journalEntries('c.jsonl', text);
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}
const flipped = (text: string, byte: number, bit: number): string => {
  const bytes = Buffer.from(text);
  bytes[byte] = (bytes[byte] ?? 0) ^ (1 << bit);
  return bytes.toString('utf8');
};
const JOURNALS = ENTRIES.map((_, index) => ENTRIES.slice(0, index + 1));

const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
const inodeOf = (path: string): number => statSync(path).ino;
/** The references that a journal's text has in it, however it writes them. */
const referencesIn = (path: string): string[] => ['r-1', 'r-2'].filter((one) => textOf(path).includes(one));

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
      { inode: inodeOf(path), seen: [] },
      { inode: own, seen: ['r-1'] },
    ]);
  });

  it('the next, in the place of what was there', async () => {
    const path = join(temporaryFolder(), 'c.jsonl');
    const journal = createJournal(path);
    await journal.append(intent('r-1'));
    const syncs = await watchSyncs(() => referencesIn(path));
    await journal.append(intent('r-2'));
    expect(syncs).toEqual([
      { inode: inodeOf(path), seen: ['r-1'] },
      { inode: inodeOf(dirname(path)), seen: ['r-1', 'r-2'] },
    ]);
  });
});

describe('a journal', () => {
  it('gives back what was written, from a private file', async () => {
    const path = join(temporaryFolder(), 'journal', 'c.jsonl');
    const journal = createJournal(path);
    for (const entry of ENTRIES) await journal.append(entry);
    expect(await journal.read()).toEqual(ENTRIES);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('that is not there is empty', async () => {
    expect(await createJournal(join(temporaryFolder(), 'journal', 'c.jsonl')).read()).toEqual([]);
  });

  it('that is too long is cut when it is written', async () => {
    const path = join(temporaryFolder(), 'c.jsonl');
    const at = '2024-01-01T00:00:00+08:00';
    const old = (_: unknown, index: number) => [
      { ...intent(`r-${index}`), at },
      { ...outcome(`r-${index}`, `a-${index}`), at },
    ];
    const many = Array.from({ length: 300 }, old).flat();
    writeFileSync(path, journalText([intent('r-open'), ...many]));
    await createJournal(path).append(intent('r-next'));
    expect((await createJournal(path).read()).length).toBeLessThan(100);
  });
});

describe('damage to a journal', () => {
  it.each(JOURNALS)('of one bit, anywhere, is told', (...entries) => {
    const text = journalText(entries);
    for (let byte = 0; byte < Buffer.byteLength(text); byte += 1)
      for (let bit = 0; bit < 8; bit += 1) expect(readBack(flipped(text, byte, bit))).toBe('JOURNAL_INVALID');
  });

  it.each(JOURNALS)(
    'by a cut, anywhere, is told: no entry but a torn last one, and never an intent, is left out',
    (...entries) => {
      const text = journalText(entries);
      const lastLine = text.lastIndexOf('\n', text.length - 2) + 1;
      const mayBeTorn = entries.at(-1)?.type !== 'intent';
      for (let length = 0; length < text.length; length += 1) {
        const isInLast = length > lastLine && length < text.length - 1;
        const expected =
          length === text.length - 1 ? entries : isInLast && mayBeTorn ? entries.slice(0, -1) : undefined;
        expect(readBack(text.slice(0, length))).toEqual(expected ?? 'JOURNAL_INVALID');
      }
    },
  );

  it('by lines that vanish, move or come twice is told', () => {
    const lines = journalText(ENTRIES).split('\n').slice(0, -1);
    const positions = fc.nat({ max: lines.length - 1 });
    fc.assert(
      fc.property(positions, positions, (from, to) => {
        const without = lines.filter((_, index) => index !== from);
        const moved = without.toSpliced(to, 0, lines[from] as string);
        const twice = lines.toSpliced(to, 0, lines[from] as string);
        for (const changed of [without, moved, twice])
          if (changed.join() !== lines.join()) expect(readBack(`${changed.join('\n')}\n`)).toBe('JOURNAL_INVALID');
      }),
    );
  });

  it('by zeros in place of what had been written is told, and zeros after it are nothing', () => {
    const text = journalText(ENTRIES.slice(0, 2));
    expect(readBack(`${text}${'\0'.repeat(100)}`)).toEqual(ENTRIES.slice(0, 2));
    expect(readBack(text.replace(/[^\n]/g, '\0'))).toBe('JOURNAL_INVALID');
    expect(readBack('\0'.repeat(text.length))).toBe('JOURNAL_INVALID');
    const start = text.slice(0, 20);
    expect(readBack(start + '\0'.repeat(40) + text.slice(60))).toBe('JOURNAL_INVALID');
    const lastLine = text.lastIndexOf('\n', text.length - 2) + 1;
    expect(readBack(text.slice(0, lastLine) + '\0'.repeat(text.length - lastLine))).toEqual(ENTRIES.slice(0, 1));
    const ofIntent = journalText(ENTRIES.slice(0, 1));
    const head = ofIntent.indexOf('\n') + 1;
    expect(readBack(ofIntent.slice(0, head) + '\0'.repeat(ofIntent.length - head))).toBe('JOURNAL_INVALID');
  });

  it.each([
    ['', { detail: 'wrong-value', at: '1' }],
    ['nonsense\n', { detail: 'wrong-value', at: '1' }],
    ['{"v":3,"entries":1}\n', { detail: 'newer-version', at: '1' }],
    [journalText(ENTRIES).replace('r-2', 'r-3'), { detail: 'damaged', at: '5' }],
    ['{"v":1,"type":"intent","reference":1}\n', { detail: 'wrong-value', at: '1' }],
    [ofFirstRelease([{ ...intent('r-1'), at: 'yesterday' }]), { detail: 'wrong-value', at: '1' }],
  ])('leaves the file as it is: %j', async (text, params) => {
    const path = join(temporaryFolder(), 'c.jsonl');
    writeFileSync(path, text);
    const journal = createJournal(path);
    await expect(journal.read()).rejects.toMatchObject({ code: 'JOURNAL_INVALID', params: { path, ...params } });
    await expect(journal.append(intent('r-1'))).rejects.toMatchObject({ code: 'JOURNAL_INVALID' });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('in the place of which a folder is, is told', async () => {
    const path = join(temporaryFolder(), 'c.jsonl');
    mkdirSync(path);
    await expect(createJournal(path).append(intent('r-1'))).rejects.toMatchObject({ code: 'JOURNAL_INVALID' });
  });
});

describe('a journal of the first release', () => {
  it('is read, and written anew with the next entry', async () => {
    const path = join(temporaryFolder(), 'c.jsonl');
    writeFileSync(path, ofFirstRelease(ENTRIES));
    const journal = createJournal(path);
    expect(await journal.read()).toEqual(ENTRIES);
    await journal.append(intent('r-next'));
    expect(await journal.read()).toEqual([...ENTRIES, intent('r-next')]);
    expect(readFileSync(path, 'utf8')).toBe(journalText([...ENTRIES, intent('r-next')]));
  });

  it('cut at any byte forgets no entry that is there to its end', () => {
    const text = ofFirstRelease(ENTRIES);
    for (let length = '{"v":1,'.length; length <= text.length; length += 1) {
      const whole = ENTRIES.filter((_, index) => ofFirstRelease(ENTRIES.slice(0, index + 1)).length - 1 <= length);
      expect(readBack(text.slice(0, length))).toEqual(whole);
    }
  });

  it('with a last line that another character ends, or with zeros, is damaged', () => {
    const text = ofFirstRelease(ENTRIES);
    for (let bit = 0; bit < 8; bit += 1)
      expect(readBack(flipped(text, Buffer.byteLength(text) - 1, bit))).toBe('JOURNAL_INVALID');
    expect(readBack(`${text}\0\0`)).toBe('JOURNAL_INVALID');
  });
});

describe('a journal that has moved', () => {
  const place = () => {
    const folder = temporaryFolder();
    const [path, ...former] = ['new', 'old', 'older'].map((name) => join(folder, `${name}.jsonl`)) as [
      string,
      string,
      string,
    ];
    return { path, former, journal: createJournal(path, former) };
  };

  it('is read where it was, and moved by the next entry', async () => {
    const { path, former, journal } = place();
    writeFileSync(former[0] as string, ofFirstRelease([intent('r-1')]));
    writeFileSync(former[1] as string, journalText([outcome('r-0', 'a-0')]));
    expect(new Set(await journal.read())).toEqual(new Set([intent('r-1'), outcome('r-0', 'a-0')]));
    await journal.append(intent('r-next'));
    expect(former.map((one) => existsSync(one))).toEqual([false, false]);
    expect(await createJournal(path).read()).toHaveLength(3);
  });

  it('and of which the old one stayed behind says everything once', async () => {
    const { path, former, journal } = place();
    writeFileSync(former[0] as string, journalText([intent('r-1')]));
    writeFileSync(path, journalText([intent('r-1'), { ...outcome('r-1', 'a-1'), at: '2026-11-24T10:00:01+08:00' }]));
    expect(await journal.read()).toHaveLength(2);
  });

  it('is refused where the old one is damaged', async () => {
    const { former, journal } = place();
    writeFileSync(former[0] as string, 'nonsense\n');
    await expect(journal.append(intent('r-1'))).rejects.toMatchObject({
      code: 'JOURNAL_INVALID',
      params: { path: former[0] },
    });
  });
});
