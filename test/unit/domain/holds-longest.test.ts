import { describe, expect, it } from 'vitest';
import { holdsLongest, placesOf } from '../../../src/domain/renewal.ts';

type File = Parameters<typeof placesOf>[0][number];

const file = (path: string, validUntil: string | null, more: Partial<File> = {}): File => ({
  certificateId: 'c-1',
  scenario: 'self',
  path,
  named: false,
  validUntil,
  state: 'good',
  ...more,
});
const gone = { state: 'missing' } as const;

describe('the file that holds longest', () => {
  it.each<[string, File[], string | undefined]>([
    ['of none is none', [], undefined],
    ['is not the latest saved', [file('/b', '2026-12-01'), file('/a', '2027-02-22')], '/a'],
    ['may be the latest saved', [file('/b', '2027-02-22'), file('/a', '2026-12-01')], '/b'],
    ['is the latest saved of two that hold equally long', [file('/b', '2026-12-01'), file('/a', '2026-12-01')], '/b'],
    ['is one that nothing limits', [file('/b', '2027-02-22'), file('/a', null)], '/a'],
    ['may have another name', [file('/b', '2026-12-01'), file('/a', '2027-02-22', { state: 'moved' })], '/a'],
    ['is not one that was changed', [file('/b', '2027-02-22', { state: 'changed' }), file('/a', '2026-12-01')], '/a'],
    ['is not one that is missing', [file('/b', '2027-02-22', gone), file('/a', '2026-12-01')], '/a'],
    ['is none where all are missing', [file('/b', '2027-02-22', gone), file('/a', null, gone)], undefined],
  ])('%s', (_, files, path) => expect(holdsLongest(files)?.path).toBe(path));
});

describe('the places of files', () => {
  it.each<[string, File[], [output: string, path: string][]]>([
    ['a folder', [file('/x/b.pdf', '2026-12-01'), file('/x/a.pdf', '2027-02-22')], [['/x/', '/x/a.pdf']]],
    ['a folder of Windows', [file('C:\\x\\b.pdf', null), file('C:\\x\\a.pdf', null)], [['C:\\x\\', 'C:\\x\\b.pdf']]],
    [
      'two folders',
      [file('/y/b.pdf', '2026-12-01'), file('/x/a.pdf', '2027-02-22')],
      [
        ['/y/', '/y/b.pdf'],
        ['/x/', '/x/a.pdf'],
      ],
    ],
    [
      'files that were named',
      [file('/x/b.pdf', '2026-12-01', { named: true }), file('/x/a.pdf', '2027-02-22', { named: true })],
      [
        ['/x/b.pdf', '/x/b.pdf'],
        ['/x/a.pdf', '/x/a.pdf'],
      ],
    ],
    [
      'a folder with one file left',
      [file('/x/b.pdf', '2027-02-22', gone), file('/x/a.pdf', null)],
      [['/x/', '/x/a.pdf']],
    ],
    [
      'a folder with none left',
      [file('/x/b.pdf', '2026-12-01', gone), file('/x/a.pdf', '2027-02-22', gone)],
      [['/x/', '/x/b.pdf']],
    ],
    [
      'a folder for two scenarios',
      [file('/x/b.pdf', '2026-12-01'), file('/x/a.pdf', '2027-02-22', { scenario: 'court' })],
      [
        ['/x/', '/x/b.pdf'],
        ['/x/', '/x/a.pdf'],
      ],
    ],
    [
      'a folder of two certificates',
      [file('/x/b.pdf', '2026-12-01'), file('/x/a.pdf', '2027-02-22', { certificateId: 'c-2' })],
      [
        ['/x/', '/x/b.pdf'],
        ['/x/', '/x/a.pdf'],
      ],
    ],
  ])('%s', (_, files, places) =>
    expect(placesOf(files).map(({ output, file: { path } }) => [output, path])).toEqual(places),
  );
});
