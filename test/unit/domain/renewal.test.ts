import { describe, expect, it } from 'vitest';
import { isDue, isKept, placesOf } from '../../../src/domain/renewal.ts';

type File = Parameters<typeof placesOf>[0][number];

const file = (over: Partial<File> = {}): File => ({
  certificateId: 'c-1',
  scenario: 'self',
  path: '/folder/a.pdf',
  named: false,
  validUntil: '2026-12-24',
  state: 'good',
  ...over,
});

describe('a file is due', () => {
  it.each([
    ['2026-12-09', 14, false],
    ['2026-12-08', 14, false],
    ['2026-12-07', 14, true],
    ['2026-11-24', 0, false],
    ['2026-11-23', 0, true],
    [null, 90, false],
  ])('that holds until %s, with --min-days %i: %s', (validUntil, minDays, due) =>
    expect(isDue(file({ validUntil }), '2026-11-24', minDays)).toBe(due),
  );
});

describe('a file is still as it was saved', () => {
  it.each([
    ['good', true],
    ['moved', true],
    ['changed', false],
    ['missing', false],
  ] as const)('that is %s: %s', (state, kept) => expect(isKept(file({ state }))).toBe(kept));
});

describe('the places of files', () => {
  const placed = (...files: Partial<File>[]) =>
    placesOf(files.map(file)).map(({ output, file: { path, scenario, certificateId } }) =>
      [output, path, scenario, certificateId].join(' '),
    );

  it.each<[string, Partial<File>[], string[]]>([
    ['a folder, of one that was not named', [{}], ['/folder/ /folder/a.pdf self c-1']],
    ['the file itself, of one that was', [{ named: true }], ['/folder/a.pdf /folder/a.pdf self c-1']],
    ['a folder of Windows', [{ path: 'C:\\folder\\a.pdf' }], ['C:\\folder\\ C:\\folder\\a.pdf self c-1']],
    [
      'one a scenario and a certificate',
      [{}, { scenario: 'other' }, { certificateId: 'c-2' }],
      ['/folder/ /folder/a.pdf self c-1', '/folder/ /folder/a.pdf other c-1', '/folder/ /folder/a.pdf self c-2'],
    ],
    [
      'the one that holds longest',
      [{ validUntil: '2026-12-01' }, { path: '/folder/b.pdf', validUntil: '2027-01-01' }, { path: '/folder/c.pdf' }],
      ['/folder/ /folder/b.pdf self c-1'],
    ],
    [
      'the latest of those that hold as long',
      [{ path: '/folder/new.pdf' }, { path: '/folder/old.pdf' }],
      ['/folder/ /folder/new.pdf self c-1'],
    ],
    [
      'the one without an end before one that has one',
      [{}, { path: '/folder/b.pdf', validUntil: null }],
      ['/folder/ /folder/b.pdf self c-1'],
    ],
    [
      'one that is kept before one that is not, however long that would hold',
      [
        { state: 'missing', validUntil: '2027-12-31' },
        { path: '/folder/b.pdf', state: 'moved' },
      ],
      ['/folder/ /folder/b.pdf self c-1'],
    ],
    [
      'one that is not kept where there is no other',
      [{ state: 'missing' }, { path: '/folder/b.pdf', state: 'changed', validUntil: '2027-12-31' }],
      ['/folder/ /folder/a.pdf self c-1'],
    ],
  ])('are %s', (_, files, places) => expect(placed(...files)).toEqual(places));
});
