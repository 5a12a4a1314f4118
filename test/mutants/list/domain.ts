/** The rules: `src/domain`, `src/errors.ts`, `src/contract`. */
import { mutantsOf } from '../mutant.ts';

const unit = (...names: readonly string[]) => names.map((name) => `test/unit/domain/${name}.test.ts`);
const BOUNDS = ['test/unit/contract/bounds.test.ts'];

export const DOMAIN_BROKEN = [
  ...mutantsOf('src/domain/quota.ts', unit('quota', 'rules', 'get-plan'), [
    ['the window has 90 days and no less', 'windowDays: 90', 'windowDays: 89'],
    ['the window has 90 days and no more', 'windowDays: 90', 'windowDays: 91'],
    ['the window has three slots', 'limit: 3', 'limit: 4'],
  ]),
  ...mutantsOf('src/domain/quota.ts', unit('quota'), [
    [
      'the last day of the window does not count',
      'daysBetween(requestedOn, day) < rule.windowDays',
      'daysBetween(requestedOn, day) <= rule.windowDays',
    ],
    ['what failed takes no slot', "annotation.status !== 'failed'", 'true'],
    ['the next slot frees with the oldest that counts', 'counting[Math.max(0, used - rule.limit)]', 'counting[0]'],
  ]),
  ...mutantsOf('src/domain/calendar.ts', unit('calendar'), [
    ['days are those of Shanghai', 'SHANGHAI_OFFSET_MS = 8 *', 'SHANGHAI_OFFSET_MS = 0 *'],
  ]),
  ...mutantsOf('src/domain/annotation.ts', unit('calendar', 'get-plan', 'quota', 'rules'), [
    [
      'an annotation holds to its application day + validity',
      'addDays(requestedOn, validDays)',
      'addDays(requestedOn, validDays - 1)',
    ],
  ]),
  ...mutantsOf('src/domain/annotation.ts', unit('calendar'), [
    ['an annotation holds through its last day', 'today <= validUntil', 'today < validUntil'],
  ]),
  ...mutantsOf('src/domain/poll-schedule.ts', unit('rules'), [
    ['a portal is asked every 2 s at most', 'MIN_DELAY_MS = 2_000', 'MIN_DELAY_MS = 1_999'],
    ['a portal is asked every 60 s at least', 'MAX_DELAY_MS = 60_000', 'MAX_DELAY_MS = 60_001'],
    ['polls follow the time since the application', 'SHARE_OF_ELAPSED = 0.1', 'SHARE_OF_ELAPSED = 0.2'],
    ['polls of many clients are scattered', '(1 + JITTER * random)', '1'],
  ]),
  ...mutantsOf('src/domain/get-plan.ts', unit('get-plan'), [
    [
      'a file has to hold long enough',
      'daysBetween(today, validUntil) >= minDays',
      'daysBetween(today, validUntil) > minDays',
    ],
    ['a copy of another scenario is no use', 'annotation.scenario === need.scenario &&', ''],
    ['a good file is reused', 'if (reusable !== undefined)', 'if (false)'],
    [
      'what is ready comes before what is generating',
      "const ready = withStatus('ready');",
      'const ready = undefined as A | undefined;',
    ],
    ['what is generating is joined', "annotation === undefined ? { step: 'apply' }", "true ? { step: 'apply' }"],
    ['what is of an unknown status may do', '!isOneOf(ANNOTATION_STATUSES, annotation.status) &&', 'false &&'],
    ['the copy that holds longest is taken', '.sort((a, b) => holdsUntil(b).localeCompare(holdsUntil(a)))', ''],
  ]),
  ...mutantsOf('src/domain/submission.ts', unit('submission'), [
    ['an annotation that was known is not ours', '!intent.known.includes(annotation.id) &&', ''],
    ['an annotation of another intent is not ours', '!taken.has(annotation.id) &&', ''],
    ['an annotation of another reference is not ours', 'annotation.clientReference === undefined &&', ''],
    ['an annotation for something else is not ours', 'asksTheSame(annotation, intent),', 'true,'],
  ]),
  ...mutantsOf('src/domain/portal-origin.ts', unit('rules'), [
    ['plain http is for this machine only', "if (url.protocol === 'http:' && !isLoopback(url.hostname))", 'if (false)'],
    [
      'a host that begins like this machine is another',
      '127(\\.\\d{1,3}){3}|\\[::1\\])$/',
      '127(\\.\\d{1,3}){3}|\\[::1\\])/',
    ],
    ['a query in an address is refused', ' || url.search ||', ' ||'],
  ]),
  ...mutantsOf('src/domain/id-number.ts', unit('rules'), [
    ['a resident number has its check digit', 'checkDigit(number.slice(0, 17)) === number[17]', 'true'],
    ['a number is masked', "'*'.repeat(Math.max(0, number.length - 2 * shown))", 'number.slice(shown, -shown)'],
  ]),
  ...mutantsOf('src/domain/file-name.ts', unit('file-name'), [
    ['no name is a device of Windows', "RESERVED.test(device) ? '_' : ''", "''"],
    ['a name is no path', ".replace(FORBIDDEN, '-')", ''],
    ['nothing invisible is in a name', ".replace(UNSEEN, '')", ''],
    ['a name is bounded', 'const MAX_BYTES = 120;', 'const MAX_BYTES = 1_200;'],
  ]),
  ...mutantsOf('src/domain/renewal.ts', unit('renewal'), [
    [
      'a copy is due from its day on',
      'daysBetween(today, validUntil) < minDays',
      'daysBetween(today, validUntil) <= minDays',
    ],
  ]),
  ...mutantsOf('src/domain/verification.ts', unit('verification'), [
    ['one failed layer makes a file invalid', "if (results.includes('fail')) return 'invalid';", ''],
    [
      'one unknown layer keeps a file from being valid',
      "results.every((result) => result === 'pass')",
      "results.some((result) => result === 'pass')",
    ],
  ]),
  ...mutantsOf('src/domain/gravity.ts', unit('rules'), [
    ['9 is graver than 1', '130, 143, 9, 1, 4,', '130, 143, 1, 9, 4,'],
    ['4 is graver than 11', '1, 4, 11, 12,', '1, 11, 4, 12,'],
    ['6 is graver than 5', '2, 6, 5, 7,', '2, 5, 6, 7,'],
    ['10 is graver than 8, and 8 than 3', '7, 10, 8, 3]', '7, 8, 10, 3]'],
    ['an interruption is the gravest', '[130, 143, 9,', '[9, 130, 143,'],
  ]),
  ...mutantsOf('src/errors.ts', unit('rules'), [
    [
      'an unknown outcome has its exit code',
      'isEarlier?: boolean }>(EXIT.outcomeUnknown)',
      'isEarlier?: boolean }>(EXIT.unavailable)',
    ],
  ]),
  ...mutantsOf('src/contract/scalars.ts', BOUNDS, [
    ['a text is bounded', 'text = line(500)', 'text = line(5_000_000)'],
    [
      'a text steers no terminal',
      "v.transform((value) => value.replace(UNSEEN, '')),",
      'v.transform((value) => value),',
    ],
    ['an identifier is bounded', '{0,127}$/)', '{0,1270}$/)'],
    ['a day is in the calendar', "v.check(isRealDay, 'no such day')", "v.check(() => true, 'no such day')"],
    ['an instant is an instant', 'Date.parse(value) < END_OF_TIME', 'true'],
    ['a number is not negative', 'v.safeInteger(), v.minValue(0)', 'v.safeInteger()'],
    ['a number is bounded', 'v.maxValue(100_000)', 'v.safeInteger()'],
    ['days are bounded', 'v.maxValue(36_525)', 'v.safeInteger()'],
    [
      'a list is bounded',
      'v.pipe(v.array(v.unknown()), v.maxLength(most))',
      'v.pipe(v.array(v.unknown()), v.maxLength(most + 1_000_000))',
    ],
    ['a list is measured before it is read', 'value.length > most ?', 'false ?'],
  ]),
  ...mutantsOf('src/contract/schemas.ts', BOUNDS, [
    ['a page of certificates is bounded', 'list(certificate, 1000)', 'list(certificate, 1001)'],
    ['a list of annotations is bounded', 'list(annotation, 1000)', 'list(annotation, 1001)'],
    ['a picture is bounded', 'v.maxLength(400_000)', 'v.maxLength(4_000_000)'],
  ]),
  ...mutantsOf(
    'src/domain/access-token.ts',
    ['test/unit/domain/access-token.test.ts'],
    [
      ['a token is bounded', '{8,1500}$/', '{8,15000}$/'],
      ['a token is one that a header can carry', '[\\x21-\\x7e]', '[\\x20-\\x7e]'],
    ],
  ),
];
