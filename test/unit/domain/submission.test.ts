import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Intent,
  isOver,
  type JournalEntry,
  maybeBecame,
  type Outcome,
  openIntents,
  slotsTaken,
  undelivered,
} from '../../../src/domain/submission.ts';
import { createJournal } from '../../../src/submissions/journal.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const AT = '2026-11-24T10:00:00+08:00';
const intent = (reference: string, known: string[] = []): Intent => ({
  type: 'intent',
  reference,
  scenario: 'self',
  validDays: 90,
  known,
  at: AT,
});
const outcome = (reference: string, annotationId: string | null): Outcome => ({
  type: 'outcome',
  reference,
  annotationId,
  at: AT,
});
const listed = (id: string, more: object = {}) => ({ id, scenario: 'self', validDays: 90, ...more });

describe('open intents', () => {
  it.each<[string, JournalEntry[], string[]]>([
    ['nothing', [], []],
    ['an intent alone', [intent('r-1')], ['r-1']],
    ['an intent and its outcome', [intent('r-1'), outcome('r-1', 'a-1')], []],
    ['a refused one', [intent('r-1'), outcome('r-1', null)], []],
    ['one of two', [intent('r-1'), outcome('r-1', 'a-1'), intent('r-2')], ['r-2']],
  ])('of %s', (_, entries, references) => {
    expect(openIntents(entries).map(({ reference }) => reference)).toEqual(references);
  });
});

describe('what an open intent may have become', () => {
  const open = intent('r-1', ['a-0']);
  it.each<[string, ReturnType<typeof listed>[], string[]]>([
    ['nothing new', [listed('a-0')], []],
    ['our reference', [listed('a-1', { clientReference: 'r-1' }), listed('a-2')], ['a-1']],
    ["another's reference", [listed('a-1', { clientReference: 'r-9' })], []],
    ['the one new annotation that matches', [listed('a-1'), listed('a-0')], ['a-1']],
    ['two that match', [listed('a-1'), listed('a-2')], ['a-1', 'a-2']],
    ['other days', [listed('a-1', { validDays: 30 })], []],
    ['another scenario', [listed('a-1', { scenario: 'court' })], []],
  ])('with %s', (_, items, expected) => {
    expect(maybeBecame(open, items, [open]).map(({ id }) => id)).toEqual(expected);
  });

  it('is not the annotation of another intent', () => {
    expect(maybeBecame(open, [listed('a-1')], [open, intent('r-0'), outcome('r-0', 'a-1')])).toEqual([]);
  });

  it.each([
    ['2026-11-24T10:09:59+08:00', false],
    ['2026-11-24T10:10:00+08:00', true],
    ['2026-11-24T09:00:00+08:00', false],
  ])('can still appear at %s: not %s', (now, over) => {
    expect(isOver(open, new Date(now))).toBe(over);
  });
});

describe('what was applied for', () => {
  const delivery = (annotationId: string): JournalEntry => ({ type: 'delivery', annotationId, at: AT });
  it.each<[string, JournalEntry[], string[]]>([
    ['an outcome', [intent('r-1'), outcome('r-1', 'a-1')], ['a-1']],
    ['a refusal', [intent('r-1'), outcome('r-1', null)], []],
    ['an outcome that arrived', [intent('r-1'), outcome('r-1', 'a-1'), delivery('a-1')], []],
    ['one of two', [outcome('r-1', 'a-1'), outcome('r-2', 'a-2'), delivery('a-1')], ['a-2']],
  ])('and not heard of, after %s', (_, entries, ids) => {
    expect(undelivered(entries)).toEqual(ids);
  });

  it('takes a slot unless it was refused', () => {
    const entries = [intent('r-1'), outcome('r-1', 'a-1'), intent('r-2'), outcome('r-2', null), intent('r-3')];
    expect(slotsTaken(entries)).toHaveLength(2);
  });
});

describe('the journal', () => {
  const entries: JournalEntry[] = [
    intent('r-1'),
    outcome('r-1', 'a-1'),
    intent('r-2', ['a-1']),
    outcome('r-2', null),
    intent('r-3'),
  ];

  it('gives back what was written, from a private file', async () => {
    const journal = createJournal(join(temporaryFolder(), 'journal', 'c.jsonl'));
    for (const entry of entries) await journal.append(entry);
    expect(await journal.read()).toEqual(entries);
  });

  it('cut at any byte forgets no intent whose line was whole, and goes on', async () => {
    const path = join(temporaryFolder(), 'c.jsonl');
    const text = entries.map((entry) => `${JSON.stringify({ v: 1, ...entry })}\n`).join('');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: text.length }), async (length) => {
        writeFileSync(path, text.slice(0, length));
        const whole = text.slice(0, length).split('\n').length - 1;
        const journal = createJournal(path);
        expect(await journal.read()).toEqual(entries.slice(0, whole));
        await journal.append(intent('r-next'));
        expect(await journal.read()).toEqual([...entries.slice(0, whole), intent('r-next')]);
      }),
    );
  });

  it('stays short, and keeps what is open', async () => {
    const journal = createJournal(join(temporaryFolder(), 'c.jsonl'));
    await journal.append(intent('r-open'));
    for (let count = 0; count < 120; count += 1) {
      await journal.append(intent(`r-${count}`));
      await journal.append(outcome(`r-${count}`, `a-${count}`));
    }
    const read = await journal.read();
    expect(read.length).toBeLessThan(200);
    expect(openIntents(read).map(({ reference }) => reference)).toEqual(['r-open']);
  });

  it.each([
    ['{"v":2,"type":"intent"}\n', { detail: 'newer-version' }],
    ['nonsense\n', { detail: 'wrong-value', at: '1' }],
    ['{"v":1,"type":"delivery","annotationId":"a-1","at":"then"}\n', { detail: 'wrong-value', at: '1' }],
    ['{"v":1,"type":"intent","reference":1}\n', { detail: 'wrong-value', at: '1' }],
  ])('damaged in the middle is refused, and left as it is: %s', async (text, params) => {
    const path = join(temporaryFolder(), 'c.jsonl');
    writeFileSync(path, text);
    const journal = createJournal(path);
    await expect(journal.read()).rejects.toMatchObject({ code: 'JOURNAL_INVALID', params });
    await expect(journal.append(intent('r-1'))).rejects.toMatchObject({ code: 'JOURNAL_INVALID' });
  });
});
