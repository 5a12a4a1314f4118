import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/domain/calendar.ts';
import { appliedFor, compacted, isOver, knownAnnotations } from '../../../src/domain/known-annotations.ts';
import { type Intent, type JournalEntry, openIntents } from '../../../src/domain/submission.ts';

const DAY = '2026-11-24';
const daysAgo = (days: number) => `${addDays(DAY, -days)}T10:00:00.000+08:00`;
const WINDOW = { day: DAY, windowDays: 90 };

const intent = (reference: string, age: number, more: Partial<Intent> = {}): Intent => ({
  type: 'intent',
  reference,
  scenario: 'self',
  validDays: 90,
  known: [],
  at: daysAgo(age),
  ...more,
});
const outcome = (reference: string, annotationId: string | null, age: number): JournalEntry => ({
  type: 'outcome',
  reference,
  annotationId,
  at: daysAgo(age),
});
const application = (name: string, age: number, more: Partial<Intent> = {}): JournalEntry[] => [
  intent(`r-${name}`, age, more),
  outcome(`r-${name}`, `a-${name}`, age),
  { type: 'delivery', annotationId: `a-${name}`, at: daysAgo(age) },
];

describe('what was applied for here', () => {
  it.each<[string, JournalEntry[], string[]]>([
    ['the latest first, delivered or not', [...application('1', 9), ...application('2', 3)], ['a-2', 'a-1']],
    ['as long as it counts or holds', [...application('1', 91), ...application('2', 90)], ['a-2']],
    ['as long as it holds where that is longer', application('1', 120, { validDays: 180 }), ['a-1']],
    ['not what was refused, nor what is open', [intent('r-1', 1), outcome('r-1', null, 1), intent('r-2', 1)], []],
    ['by its outcome alone', [outcome('r-1', 'a-1', 90), outcome('r-0', 'a-0', 91)], ['a-1']],
    ['by a clock that was ahead', application('1', -400), ['a-1']],
  ])('is known: %s', (_, entries, ids) => {
    expect(appliedFor(entries, WINDOW)).toEqual(ids);
  });
});

describe('what others applied for', () => {
  it.each<[string, JournalEntry[], string[]]>([
    ['after what is ours, each once', application('2', 3, { known: ['a-1', 'a-0'] }), ['a-2', 'a-1', 'a-0']],
    [
      'what the latest intent saw first',
      [intent('r-1', 9, { known: ['a-0'] }), intent('r-2', 3, { known: ['a-1'] })],
      ['a-1', 'a-0'],
    ],
    ['until it is over', [intent('r-1', 91, { known: ['a-0'] })], []],
  ])('is known: %s', (_, entries, ids) => {
    expect(knownAnnotations(entries, WINDOW)).toEqual(ids);
  });
});

it.each([
  [0, 90, false],
  [90, 90, false],
  [91, 90, true],
  [91, 120, false],
  [-400, 90, false],
])('an application of %i days ago for %i days is over: %s', (age, validDays, over) => {
  expect(isOver(intent('r-1', age, { validDays }), WINDOW)).toBe(over);
});

describe('a long journal', () => {
  const old = (count: number) => Array.from({ length: count }, (_, index) => application(`old-${index}`, 500)).flat();

  it('stays as it is while it is short', () => {
    const entries = old(66);
    expect(compacted(entries)).toEqual(entries);
  });

  it('loses what is over, but neither what is open nor what still counts', () => {
    const open = intent('r-open', 500);
    const recent = [...application('1', 80, { known: ['a-0'] }), ...application('2', 60)];
    const entries = [open, ...recent, ...old(90), ...application('3', 0)];
    const kept = compacted(entries);
    expect(kept.length).toBeLessThan(100);
    expect(openIntents(kept)).toEqual([open]);
    expect(knownAnnotations(kept, WINDOW)).toEqual(knownAnnotations(entries, WINDOW));
  });

  it('keeps all three entries of an application, whatever the clock said', () => {
    const [first, , delivery] = application('1', 3) as [Intent, JournalEntry, JournalEntry];
    const early = [first, outcome('r-1', 'a-1', 900), { ...delivery, at: daysAgo(900) }];
    const entries = [...early, ...old(90), ...application('3', 0)];
    expect(compacted(entries).slice(0, 3)).toEqual(entries.slice(0, 3));
    expect(openIntents(compacted(entries))).toEqual([]);
  });

  it('keeps what a portal may count that counts for longer than the published rule says', () => {
    const longAgo = application('1', 300);
    expect(compacted([...longAgo, ...old(90), ...application('3', 0)])).toEqual(expect.arrayContaining(longAgo));
  });

  it('is as long as it must be', () => {
    const entries = Array.from({ length: 120 }, (_, index) => application(`${index}`, 5)).flat();
    expect(compacted(entries)).toEqual(entries);
  });
});
