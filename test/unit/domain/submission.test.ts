import { describe, expect, it } from 'vitest';
import {
  type Intent,
  type JournalEntry,
  maybeBecame,
  type Outcome,
  openIntents,
  slotsTaken,
  undelivered,
} from '../../../src/domain/submission.ts';

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
