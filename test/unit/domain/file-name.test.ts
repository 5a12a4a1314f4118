import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileName, suspectName } from '../../../src/domain/file-name.ts';

const certificateId = 'c-1001';
const name = (parts: Partial<Parameters<typeof fileName>[0]>, unique = false) =>
  fileName({ qualification: '执业护士', certificateId, ...parts }, { unique });

describe('the file name of a certificate', () => {
  it.each([
    [{}, '执业护士.pdf'],
    [{ validUntil: '2027-02-22' }, '执业护士_至2027-02-22.pdf'],
    [{ qualification: '一级建造师', specialty: '市政公用工程' }, '一级建造师_市政公用工程.pdf'],
    [{ qualification: '一级建造师', specialty: '' }, '一级建造师.pdf'],
    [{ qualification: 'a/b\\c:d*e?f"g<h>i|j' }, 'a-b-c-d-e-f-g-h-i-j.pdf'],
    [{ qualification: '../../etc/passwd' }, 'etc-passwd.pdf'],
    [{ qualification: '-o evil' }, 'o evil.pdf'],
    [{ qualification: '.hidden' }, 'hidden.pdf'],
    [{ qualification: '执业\u202e护士\u200b\u0000\n' }, '执业护士.pdf'],
    [{ qualification: '  a \t b  ' }, 'a b.pdf'],
    [{ qualification: '' }, '证书.pdf'],
    [{ qualification: '...' }, '证书.pdf'],
    [{ qualification: '\ud800' }, '证书.pdf'],
    [{ qualification: 'CON' }, '_CON.pdf'],
    [{ qualification: 'nul.txt' }, '_nul.txt.pdf'],
    [{ qualification: 'COM1 .x' }, '_COM1 .x.pdf'],
    [{ qualification: 'lpt³' }, '_lpt³.pdf'],
    [{ qualification: 'CON', validUntil: '2027-02-22' }, 'CON_至2027-02-22.pdf'],
    [{ qualification: 'COM10' }, 'COM10.pdf'],
    [{ qualification: 'e\u0301' }, '\u00e9.pdf'],
  ])('%j is %s', (parts, expected) => {
    expect(name(parts)).toBe(expected);
  });

  it('names the certificate where another would have the same name', () => {
    expect(name({ validUntil: '2027-02-22' }, true)).toBe('执业护士_至2027-02-22_c-1001.pdf');
  });

  it('shortens the qualification, never the validity or the id', () => {
    const long = name({ qualification: '护'.repeat(200), validUntil: '2027-02-22' }, true);
    expect(long).toMatch(/^护+_至2027-02-22_c-1001\.pdf$/);
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(120);
    expect(Buffer.byteLength(long)).toBeGreaterThan(115);
  });

  it.each([
    [{ qualification: 'a'.repeat(200) }, false, 119],
    [{ qualification: 'a'.repeat(200), validUntil: '2027-02-22' }, true, 119],
    [{ certificateId: 'i'.repeat(200) }, true, '执业护士'.length * 3 + 1 + 40 + 4],
    [{ validUntil: 'd'.repeat(200) }, false, '执业护士'.length * 3 + '_至'.length + 2 + 10 + 4],
  ])('of %j has its bounds', (parts, unique, bytes) => expect(Buffer.byteLength(name(parts, unique))).toBe(bytes));

  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('CON', 'aux', 'NUL .', '.', '..', '/', '护'.repeat(100), 'COM¹'),
  );

  it('is legal everywhere, whatever the portal says', () => {
    fc.assert(
      fc.property(
        anyText,
        anyText,
        anyText,
        anyText,
        fc.boolean(),
        (qualification, specialty, validUntil, id, unique) => {
          const result = fileName({ qualification, specialty, validUntil, certificateId: id }, { unique });
          expect(result).toMatch(/^[^.\-\s].*\.pdf$/u);
          expect(result).not.toMatch(/[<>:"/\\|?*\p{Cc}\p{Cf}\p{Cs}]/u);
          expect(result).not.toMatch(/^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*\./iu);
          expect(Buffer.byteLength(result)).toBeLessThanOrEqual(120);
          expect(result).not.toBe('.pdf');
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the name of a file that was not verified', () => {
  const sha256 = '0123456789abcdef'.repeat(4);

  it('is none that a reader opens, and the same for the same contents', () =>
    expect(suspectName('a.pdf', sha256)).toBe('a.pdf.NOT-VERIFIED-01234567'));

  it.each([
    ['x'.repeat(300), 200],
    ['护'.repeat(100), 198],
  ])('is bounded: %s', (long, bytes) =>
    expect(Buffer.byteLength(suspectName(long, sha256))).toBe(bytes + '.NOT-VERIFIED-01234567'.length),
  );
});
