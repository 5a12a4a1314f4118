/** A hint can be followed: its commands are understood, and a flag beside them is one of the command that failed. */
import { describe, expect, it } from 'vitest';
import { ERRORS, type ErrorCode } from '../../../src/errors.ts';
import { en } from '../../../src/ui/messages/en/index.ts';
import { zhCN } from '../../../src/ui/messages/zh-CN/index.ts';
import { commandLinesIn, flagsOf, mistakeIn } from '../../support/command-line.ts';

/** Facts of all kinds, as many as there are and as few. */
const FULL = {
  flag: '--yes',
  path: 'a.pdf',
  name: 'work',
  known: ['home'],
  selector: 'x',
  choices: ['c-1 (x)'],
  scenario: 'x',
  days: '91',
  max: 90,
  detail: 'damaged',
  fields: [{ field: 'name', message: 'x' }],
  url: 'https://portal.example',
  portal: 'https://portal.example',
  numbers: ['managementNumber', 'enquiryNumber'],
  certificate: 'c-1',
  id: 'a-1',
  until: '2026-11-27T00:00:00Z',
  validUntil: '2026-11-27',
  helplines: ['000'],
  kind: 'image',
  command: 'lookup',
  source: 'keychain',
  endedAt: '2026-11-27T00:00:00Z',
  nextSlotOn: '2026-11-27',
  reserved: 1,
  rule: { limit: 3, windowDays: 90 },
  version: '1',
  feature: 'lookup',
  store: 'keychain',
  reason: 'no-service',
  count: 2,
  attemptsLeft: 1,
  isEarlier: true,
  invalid: 1,
  unknown: 1,
  fingerprint: 'ab',
  port: 1,
  host: 'portal.example',
  afterMs: 1_000,
  status: 500,
  retryAfterSeconds: 1,
  minCharacters: 12,
  bytes: 1,
  maxBytes: 1,
  damage: { kind: 'digest' },
  type: 'text/html',
  fault: { kind: 'missingCommand' },
  route: 'GET /meta',
  said: 'x',
};
const FEW = { ...FULL, known: [], selector: undefined, portal: undefined, numbers: ['managementNumber'], reserved: 0 };
const OTHER = {
  ...FEW,
  numbers: ['enquiryNumber'],
  rule: undefined,
  source: 'environment',
  command: undefined,
  store: 'file',
};
/** Their faults have many kinds, and their hints name no command. */
const FAULTS: readonly ErrorCode[] = [
  'INPUT_UNLIKELY',
  'PATH_INVALID',
  'PROXY_FAILED',
  'PORTAL_PROTOCOL',
  'FILE_DAMAGED',
  'TLS_FAILED',
  'ENVIRONMENT_INVALID',
];

/** Where a hint names a flag alone: the commands that fail so, which all have it. */
const FAILING: { readonly [C in ErrorCode]?: readonly string[] } = {
  NOTHING_DUE: ['renew'],
  PORT_IN_USE: ['sandbox'],
  QUOTA_EXHAUSTED: ['get', 'renew'],
  FILE_EXISTS: ['get', 'download', 'remind'],
  PROFILE_NOT_FOUND: ['list'],
  SECRET_STORE_UNAVAILABLE: ['login'],
  SECRET_STORE_LOCKED: ['login'],
  SECRET_STORE_DISMISSED: ['login'],
  SECRET_STORE_TIMED_OUT: ['login'],
  SECRET_TOO_LARGE: ['login'],
  UNEXPECTED: ['list'],
};

const hints = (Object.keys(ERRORS) as ErrorCode[])
  .filter((code) => !FAULTS.includes(code))
  .flatMap((code) =>
    [en, zhCN].flatMap(({ errors }) =>
      [FULL, FEW, OTHER].map((facts): [ErrorCode, string] => [
        code,
        (errors[code] as (params: unknown) => { hint?: string })(facts).hint ?? '',
      ]),
    ),
  );

describe('hints', () => {
  it('name commands that there are, with flags that they have', async () => {
    const named = hints.flatMap(([code, hint]) =>
      [...hint.matchAll(/`(cert [^`]*)`/g)].flatMap(([, line = '']) =>
        commandLinesIn(line).map((words) => [code, words] as const),
      ),
    );
    expect(named.length).toBeGreaterThan(100);
    const mistakes = await Promise.all(
      named.map(async ([code, words]) => [code, await mistakeIn(words, { mentioned: true })]),
    );
    expect(mistakes.filter(([, mistake]) => mistake !== undefined)).toEqual([]);
  });

  it('name a flag alone only where the command that failed has it', async () => {
    for (const [code, hint] of hints) {
      if (code === 'INPUT_REQUIRED') continue;
      const flags = hint.replace(/`[^`]*`/g, '').match(/(?<![\w-])--?[a-z][a-z-]*/g) ?? [];
      for (const command of FAILING[code] ?? (flags.length > 0 ? ['none'] : [])) {
        const known = await flagsOf(command);
        expect([code, command, flags.filter((flag) => !known.includes(flag))]).toEqual([code, command, []]);
      }
    }
  });

  it('name no document that is not installed', () => {
    for (const [code, hint] of hints) expect([code, hint]).toEqual([code, expect.not.stringMatching(/docs\/|\.md\b/)]);
  });

  it('tell after a wrong password how to recover it', () => {
    for (const { errors } of [en, zhCN])
      for (const code of ['INVALID_CREDENTIALS', 'ACCOUNT_LOCKED'] as const)
        expect(errors[code]({}).hint).toContain('找回用户名或密码');
  });
});
