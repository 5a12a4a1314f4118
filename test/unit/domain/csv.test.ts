import { describe, expect, it } from 'vitest';
import { csvText } from '../../../src/domain/csv.ts';

const lines = (text: string) => text.replace('\ufeff', '').split('\r\n').slice(1, -1);

describe('a table for spreadsheets', () => {
  it('is UTF-8 with its mark, lines that end with CR LF, its titles first', () =>
    expect(csvText(['path', 'verdict'], [['护士.pdf', 'valid']])).toBe('\ufeffpath,verdict\r\n护士.pdf,valid\r\n'));

  it.each([
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\nlines', '"two\nlines"'],
    ['', ''],
  ])('quotes %j', (cell, written) => expect(lines(csvText(['a'], [[cell]]))).toEqual([written]));

  it.each(['=1+1', '+1', '-1.pdf', '@SUM(A1)', '\t=1', '＝1', '=HYPERLINK("x")'])('calculates nothing: %j', (cell) => {
    const [written = ''] = lines(csvText(['a'], [[cell]]));
    expect(written.replace(/^"/, '')).toMatch(/^'/);
  });
});
