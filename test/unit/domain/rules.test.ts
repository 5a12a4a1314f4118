import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { meets, PASSWORD_POLICY, USERNAME_POLICY } from '../../../src/domain/credential-policy.ts';
import { parseDurationMs } from '../../../src/domain/duration.ts';

import { gravest } from '../../../src/domain/gravity.ts';
import {
  checkDigit,
  documentNumber,
  isMistypedResidentIdNumber,
  isResidentIdNumber,
  maskIdNumber,
} from '../../../src/domain/id-number.ts';

import { pollDelayMs } from '../../../src/domain/poll-schedule.ts';
import { formerNames, portalIdentity, portalName, portalOrigin } from '../../../src/domain/portal-origin.ts';
import { maskName } from '../../../src/domain/privacy.ts';
import { matching } from '../../../src/domain/selection.ts';
import { CertError, ERRORS, type ErrorCode, EXIT } from '../../../src/errors.ts';

/** Codes are interface: what was published stays. */
const PAGE = readFileSync(new URL('../../../docs/exit-codes.md', import.meta.url), 'utf8');

describe('user names and passwords', () => {
  it.each([
    ['abcd', false],
    ['abcde', true],
    ['A_1234567890123456789'.slice(0, 20), true],
    ['a'.repeat(21), false],
    ['demo-nurse', false],
    ['张三abc', false],
  ])('the user name %s: %s', (name, good) => expect(meets(USERNAME_POLICY, name)).toBe(good));

  it.each([
    ['Abcdef1', false],
    ['Abcdefg1', true],
    ['abcdefg1', false],
    ['ABCDEFG1', false],
    ['Abcdefgh', false],
    [`Abcdefg1${'x'.repeat(7)}`, true],
    [`Abcdefg1${'x'.repeat(8)}`, false],
  ])('the password %s: %s', (password, good) => expect(meets(PASSWORD_POLICY, password)).toBe(good));

  it('are told with their bounds', () => {
    expect(USERNAME_POLICY).toMatchObject({ minLength: 5, maxLength: 20 });
    expect(PASSWORD_POLICY).toMatchObject({ minLength: 8, maxLength: 15 });
  });

  it.each([
    ['a', false],
    ['ab', true],
    ['abc', true],
    ['abcd', false],
    ['xy', false],
  ])('of a portal with a policy of its own: %s: %s', (name, good) =>
    expect(meets({ minLength: 2, maxLength: 3, pattern: '^a.*' }, name)).toBe(good),
  );
});

describe('resident identity numbers (GB 11643)', () => {
  it.each([
    ['11010519491231002X', true],
    ['440524188001010014', true],
    ['110105194912310021', false],
    ['11010519491231002x', false],
    ['1101051949123100', false],
    ['', false],
  ])('%s: %s', (number, good) => expect(isResidentIdNumber(number)).toBe(good));

  it.each([
    ['11010519491231002X', '11010519491231002X'],
    [' 110105 19491231 002x\n', '11010519491231002X'],
    ['１１０１０５１９４９１２３１００２Ｘ', '11010519491231002X'],
    ['110105194912310021', '110105194912310021'],
    ['110105491231002', '110105491231002'],
    ['军字第 ２００１９８８ 号', '军字第2001988号'],
    ['1234567801（b）', '1234567801(B)'],
    ['c 1234\u200b567—8', 'C1234567-8'],
    ['e12345678', 'E12345678'],
    ['H1234567(8)', 'H1234567(8)'],
    ['12345678', '12345678'],
    ['', undefined],
    ['no number!', undefined],
    ['证件', undefined],
    ['A'.repeat(41), undefined],
  ])('a document number typed as %j is %j', (typed, number) => expect(documentNumber(typed)).toBe(number));

  it.each([
    ['110105194912310021', true],
    ['1101051949123100', true],
    ['1101051949123100211', true],
    ['999999199001010017', true],
    ['210105194912990021', true],
    ['11010519491231002X', false],
    ['110105491231002', false],
    ['911123198001010010', false],
    ['军字第2001988号', false],
    ['E12345678', false],
    ['1234567801(B)', false],
    ['12345678901234567', false],
  ])('that %s can only be mistyped is %s', (number, mistyped) =>
    expect(isMistypedResidentIdNumber(number)).toBe(mistyped),
  );

  it.each([
    ['11010519491231002', 'X'],
    ['11111111111111111', '0'],
    ['99999999999999999', '3'],
    ['12345678912345678', '3'],
    ['98765432198765432', '0'],
  ])('%s ends with its check digit, %s', (first17, digit) => {
    expect(checkDigit(first17)).toBe(digit);
    expect(isResidentIdNumber(first17 + digit)).toBe(true);
    for (let at = 0; at < 17; at += 1) {
      const other = String((Number(first17[at]) + 1) % 10);
      expect(isResidentIdNumber(first17.slice(0, at) + other + first17.slice(at + 1) + digit)).toBe(false);
    }
  });

  it.each(['11010519491231002X ', '011010519491231002X', '11010519491231002XX', '1101051949123100２X'])(
    'are nothing else: %j',
    (number) => expect(isResidentIdNumber(number)).toBe(false),
  );

  it.each([
    ['110105********002X', '110105********002X'],
    ['11010519491231002X', '11**************2X'],
    ['E12345678', 'E1*****78'],
    ['1234567', '1*****7'],
    ['123', '1*3'],
    ['1', '1'],
    ['', ''],
  ])('%s is shown as %s', (number, masked) => expect(maskIdNumber(number)).toBe(masked));
});

describe('personal data', () => {
  it.each([
    ['样张甲', '样**'],
    ['样', '样'],
    ['𠮷野家', '𠮷**'],
    ['', ''],
  ])('the name %s is shown as %s', (name, masked) => expect(maskName(name)).toBe(masked));
});

describe('polling', () => {
  it.each([
    [0, 2_000],
    [20_000, 2_000],
    [21_000, 2_100],
    [300_000, 30_000],
    [600_000, 60_000],
    [86_400_000, 60_000],
  ])('%i ms after the application it waits %i ms', (since, delay) => expect(pollDelayMs(since, 0)).toBe(delay));

  it.each([
    [600_000, 0.5, 63_000],
    [0, 0.5, 2_100],
    [0, 0.999, 2_199.8],
  ])('%i ms after it, with %d of the jitter, %d ms', (since, random, delay) =>
    expect(pollDelayMs(since, random)).toBeCloseTo(delay),
  );
});

describe('durations', () => {
  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
    ['500ms', 500],
    ['1.5h', 5_400_000],
    ['0s', 0],
    ['366d', 366 * 86_400_000],
    ['366.001d', undefined],
    ['1.2345s', undefined],
    ['1 s', undefined],
    ['s', undefined],
    ['', undefined],
    ['24', undefined],
    ['-1s', undefined],
    ['1e3s', undefined],
    ['367d', undefined],
  ])('%s is %s ms', (text, ms) => expect(parseDurationMs(text)).toBe(ms));
});

describe('addresses of portals', () => {
  it.each([
    ['https://portal.example', 'https://portal.example'],
    ['https://Portal.Example:443/', 'https://portal.example'],
    ['https://gateway.example/cert/', 'https://gateway.example/cert'],
    ['http://127.0.0.1:8321', 'http://127.0.0.1:8321'],
    ['http://localhost:8321/', 'http://localhost:8321'],
    ['http://[::1]:80', 'http://[::1]'],
  ])('%s becomes %s', (address, origin) => expect(portalOrigin(address)).toBe(origin));

  it.each([
    ['http://portal.example', 'PORTAL_NOT_HTTPS'],
    ['http://127.0.0.1.example', 'PORTAL_NOT_HTTPS'],
    ['http://localhost.example', 'PORTAL_NOT_HTTPS'],
    ['ftp://portal.example', 'PORTAL_URL_INVALID'],
    ['portal.example', 'PORTAL_URL_INVALID'],
    ['https://user:secret@portal.example', 'PORTAL_URL_INVALID'],
    ['https://portal.example/?token=1', 'PORTAL_URL_INVALID'],
    ['', 'PORTAL_URL_INVALID'],
  ])('%s is refused: %s', (address, code) => {
    expect(() => portalOrigin(address)).toThrow(expect.objectContaining({ code }));
  });

  it('does not repeat a password', () => {
    const thrown = (() => {
      try {
        return portalOrigin('https://user:hunter2@portal.example/?password=hunter2');
      } catch (error) {
        return error as CertError<'PORTAL_URL_INVALID'>;
      }
    })();
    expect(JSON.stringify(thrown)).not.toContain('hunter2');
  });
});

describe('the identity of a portal', () => {
  it.each([
    ['https://portal.example', ['https://Portal.Example:443/', 'https://portal.example./', 'HTTPS://PORTAL.EXAMPLE.']],
    ['https://portal.example/~me/%E5', ['https://portal.example/%7Eme/%e5/', 'https://portal.example/x/../~me/%E5//']],
    [
      'http://127.0.0.1:8321',
      [
        'http://LOCALHOST:8321/',
        'http://localhost.:8321',
        'http://[::1]:8321',
        'http://[0:0:0:0:0:0:0:1]:08321',
        'http://127.0.0.2:8321',
        'http://127.1:8321',
        'http://2130706433:8321',
        'http://[::ffff:127.0.0.1]:8321',
        'http://0.0.0.0:8321',
        'http://portal.localhost:8321',
      ],
    ],
    ['http://127.0.0.1', ['http://localhost:80', 'http://[::1]/']],
  ])('%s has many spellings', (identity, addresses) => {
    for (const address of [identity, ...addresses])
      expect([address, portalIdentity(address)]).toEqual([address, identity]);
  });

  it.each([
    ['another port', 'http://127.0.0.1:8321', 'http://127.0.0.1:8322'],
    ['another scheme', 'http://127.0.0.1:8321', 'https://127.0.0.1:8321'],
    ['another path', 'https://portal.example/a', 'https://portal.example/A'],
    ['another machine', 'https://127.0.0.1', 'https://128.0.0.1'],
    ['a name that only looks like this machine', 'https://127.0.0.1', 'https://localhost.example'],
    ['a name that only ends like it', 'https://localhost', 'https://mylocalhost'],
  ])('differs for %s', (_, one, other) => expect(portalIdentity(one)).not.toBe(portalIdentity(other)));

  it('tells names of this machine apart where secrets are at stake', () => {
    expect(portalName('http://localhost:8321')).not.toBe(portalName('http://127.0.0.1:8321'));
    expect(portalName('https://portal.example.')).toBe(portalName('https://portal.example'));
  });

  it.each([
    ['http://localhost:8321', ['http://localhost:8321', 'http://[::1]:8321']],
    ['http://127.0.0.1:8321', ['http://localhost:8321', 'http://[::1]:8321']],
    ['http://127.0.0.2:8321', ['http://127.0.0.2:8321', 'http://localhost:8321', 'http://[::1]:8321']],
    ['https://portal.example', ['https://portal.example.']],
    ['https://portal.example.', ['https://portal.example.']],
  ])('of %s is sought under its former names too', (origin, names) => {
    expect(formerNames(origin)).toEqual(names);
  });

  it('of what is no address is that', () => expect(portalIdentity('nonsense')).toBe('nonsense'));
});

describe('naming a certificate', () => {
  const certificates = [
    { id: 'c-1', certificateNumber: 'ZS1', managementNumber: 'GL1', qualification: '护士执业资格' },
    { id: 'c-2', certificateNumber: 'ZS2', managementNumber: 'GL2', qualification: '护师' },
    { id: 'c-3', certificateNumber: 'c-1', managementNumber: 'GL3', qualification: 'Economist（经济师）' },
  ];
  it.each([
    ['c-2', ['c-2']],
    ['ZS1', ['c-1']],
    ['GL3', ['c-3']],
    ['护', ['c-1', 'c-2']],
    ['护士', ['c-1']],
    ['ECONOMIST', ['c-3']],
    ['(经济师)', ['c-3']],
    ['c-1', ['c-1', 'c-3']],
    ['无', []],
    ['', []],
    [' ', []],
  ])('%j means %j', (selector, ids) => expect(matching(certificates, selector).map(({ id }) => id)).toEqual(ids));
});

describe('the gravest of several failures', () => {
  /** As scripts know it; `CODES` has one error for each. */
  const ORDER = [130, 143, 9, 1, 4, 11, 12, 2, 6, 5, 7, 10, 8, 3];
  const CODES = ORDER.map((exit) => (Object.keys(ERRORS) as ErrorCode[]).find((code) => ERRORS[code].exit === exit));
  const errors = CODES.map((code) => new CertError(code as ErrorCode, {} as never));
  const pairs = ORDER.flatMap((exit, index) => ORDER.slice(index + 1).map((other) => [exit, other] as const));

  it('is told of every exit code but success', () => {
    expect(new Set(ORDER)).toEqual(new Set(Object.values(EXIT).filter((exit) => exit !== EXIT.done)));
  });

  it.each(pairs)('%i before %i', (exit, other) => {
    const pair = errors.filter((error) => error.exit === exit || error.exit === other);
    expect(gravest(pair)?.exit).toBe(exit);
    expect(gravest([...pair].reverse())?.exit).toBe(exit);
  });

  it('is the first of equals', () => {
    const [first, second] = ['c-1', 'c-2'].map((certificate) => new CertError('CERTIFICATE_REVOKED', { certificate }));
    expect(gravest([first, second] as CertError[])).toBe(first);
  });

  it('is nothing where nothing failed', () => expect(gravest([])).toBeUndefined());

  it('is told in the documents', () => expect(PAGE).toContain(`\n${ORDER.join(', ')}.\n`));
});

describe('an error code', () => {
  it.each(Object.keys(ERRORS) as ErrorCode[])('%s has the exit code that the documents promise', (code) => {
    const row = PAGE.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${code}\``));
    expect(Number(row?.split('|')[1])).toBe(ERRORS[code].exit);
    const [, retryable] = PAGE.split('(`error.retryable`)');
    expect(retryable?.includes(`\`${code}\``)).toBe(ERRORS[code].retryable);
  });
});
