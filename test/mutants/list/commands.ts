/** What a person is promised: `src/commands`, `src/credentials`, `src/config`, `src/ui`, `src/cli`. */
import { mutantsOf } from '../mutant.ts';

const GET = ['test/commands/copies/get.test.ts'];
const RENEW = ['test/commands/copies/renew.test.ts'];
const WAIT = ['test/commands/copies/wait.test.ts'];
const ANNOTATE = ['test/commands/copies/annotate.test.ts'];
const SESSIONS = ['test/unit/credentials/sessions.test.ts'];
const ENVIRONMENT = ['test/unit/credentials/environment.test.ts'];
const KEYCHAIN = ['test/unit/credentials/keychain.test.ts'];
const STORES = ['test/commands/account/stores.test.ts'];
const PRINTABLE = ['test/unit/ui/printable.test.ts'];
const ASKING = ['test/unit/ui/asking.test.ts'];
const EXECUTABLE = ['test/e2e/executable.test.ts'];

export const COMMANDS_BROKEN = [
  ...mutantsOf(
    'src/commands/certificates/list.ts',
    ['test/commands/copies/lagging-lists.test.ts'],
    [
      [
        'a list is shown while the portal tells no more',
        '    return listed;\n',
        '    throw error;\n',
        'is shown as it is, with a warning',
      ],
    ],
  ),
  ...mutantsOf('src/commands/copies/planning.ts', GET, [
    [
      'older annotations are looked at before a slot is spent',
      'quota.used > counted',
      'false',
      'before it spends a slot',
    ],
    ['a revoked certificate costs no slot', "if (status === 'revoked')", 'if (false)', 'gives a result for each'],
    [
      'no slot is spent for a file whose place is taken',
      'if (force || output ===',
      'if (true || output ===',
      'another file is in the place',
    ],
    [
      'reserved slots are kept',
      ' remaining > reserve) return plan',
      ' true) return plan',
      'never takes reserved slots',
    ],
  ]),
  ...mutantsOf('src/commands/copies/getting.ts', RENEW, [
    [
      'an annotation is saved in its second place too',
      'generating.filter((one) => one.annotation?.id === annotation.id).map(',
      'generating.filter((one) => one.annotation?.id === annotation.id).slice(0, 1).map(',
      'in every place',
    ],
    [
      'an annotation in two places is waited for once',
      '[...new Map(generating.flatMap(({ annotation: one }) => (one ? [[one.id, one]] : []))).values()]',
      'generating.flatMap(({ annotation: one }) => one ?? [])',
      'waits once',
    ],
  ]),
  ...mutantsOf('src/commands/copies/getting.ts', GET, [
    [
      'that the file can be saved is known before the POST',
      'await (await ctx.files()).ensureWritable(target, { force });',
      '',
      'where the file could not be saved',
    ],
  ]),
  ...mutantsOf('src/commands/copies/get.ts', GET, [
    ['a slot needs a yes', 'return yes || agreesTo', 'return true || agreesTo', 'asks a person once'],
    ['a dry run sends nothing', 'if (flags.dryRun)', 'if (false)', '--dry-run'],
  ]),
  ...mutantsOf('src/commands/copies/annotate.ts', ANNOTATE, [
    ['a slot needs a yes', 'if (!flags.yes && !(await agreesTo(ctx, eligible)))', 'if (false)'],
  ]),
  ...mutantsOf('src/commands/copies/generation.ts', WAIT, [
    ['Retry-After is waited for', '(error.params.retryAfterSeconds ?? 0) * 1_000 : 0', '0 : 0', 'keeps to the pace'],
    [
      'the pause after a failure is made',
      'await pause(clock, retryAfterMs(error), deadline);',
      '0;',
      'keeps to the pace',
    ],
    [
      'there is a pause between polls',
      'await pause(clock, intervalMs ?? pollDelayMs(Math.max(0, sinceRequestMs), ctx.random()), deadline);',
      '0;',
      'asks again after',
    ],
    [
      'a long pause is made of pieces',
      'const LONGEST_SLEEP_MS = 60_000;',
      'const LONGEST_SLEEP_MS = 600_000_000;',
      'keeps to the pace',
    ],
    ['a wait ends', ' && clock.now().getTime() < deadline && pausedMs < timeoutMs', '', 'keeps to the pace'],
    ['a pause ends with the wait', 'Math.min(startedAt + ms, deadline)', 'startedAt + ms', 'keeps to the pace'],
    [
      'a portal that is away ends no wait',
      'if (!isCertError(error) || error.exit !== EXIT.unavailable) throw error;',
      'throw error;',
      'survives a portal',
    ],
    [
      'what is generating is told when a wait ends',
      'throw error.withData({ results: latest.map(waitResult) });',
      'throw error;',
      'ends with 4',
    ],
  ]),
  ...mutantsOf(
    'src/commands/account/profile.ts',
    ['test/commands/account/profile.test.ts'],
    [
      ['a rename that fails half-way is undone', 'await trust.move(to, from);', '', 'as a whole or not at all'],
      [
        'a profile in use stays in use under its new name',
        'currentProfile: config.currentProfile === from ? to : config.currentProfile',
        'currentProfile: config.currentProfile',
      ],
      ['no profile takes the name of another', 'if (to !== from && Object.hasOwn(config.profiles, to))', 'if (false)'],
    ],
  ),
  ...mutantsOf('src/commands/account/store.ts', STORES, [
    ['a store is tried before anybody is asked', '    await probe(ctx, kind);\n    return kind;', '    return kind;'],
  ]),
  ...mutantsOf('src/credentials/refused-logins.ts', SESSIONS, [
    ['a password is tried once', 'if (spent !== undefined) throw spent.error;', ''],
  ]),
  ...mutantsOf('src/credentials/sessions.ts', SESSIONS, [
    [
      'a refused password is forgotten',
      "if (isCertError(error, 'INVALID_CREDENTIALS')) await vault.forgetPassword(profile).catch(ignoreFailure);",
      '',
    ],
    ['a given token is not renewed with a password', 'if (environment.CERT_TOKEN) return undefined;', ''],
    ['a session that is about to end is not begun with', 'lifeMs(stored) > MIN_SESSION_LIFE_MS', 'true'],
  ]),
  ...mutantsOf('src/credentials/environment.ts', ENVIRONMENT, [
    ['a secret is for its portal only', 'if (key.portal !== portal) return undefined;', ''],
    ['what cannot be a token is refused', 'if (!ACCESS_TOKEN.test(CERT_TOKEN))', 'if (false)'],
  ]),
  ...mutantsOf(
    'src/config/resolve-account.ts',
    ['test/unit/config/resolve-account.test.ts'],
    [
      [
        'a stored secret is not sent to another portal',
        'named === undefined || samePortal(named.value, chosen.profile.portal)',
        'true',
      ],
      [
        'credentials of the environment leave the stored ones out',
        'applies && credentials === undefined ? chosen : undefined',
        'applies ? chosen : undefined',
      ],
    ],
  ),
  ...mutantsOf('src/credentials/keychain-process.ts', KEYCHAIN, [
    ['a keychain that is silent is ended', "child.kill('SIGKILL');", ''],
    ['a keychain that was silent is not asked again', 'if (spent !== undefined) throw spent;', ''],
  ]),
  ...mutantsOf('src/credentials/keychain.ts', KEYCHAIN, [
    ['a locked keychain is not an empty one', 'if (secret === null) await probe();', ''],
    [
      'a secret that Windows would cut is refused',
      "if (platform === 'win32' && bytes > MAX_WINDOWS_BYTES)",
      'if (false)',
    ],
  ]),
  ...mutantsOf('src/ui/printable.ts', PRINTABLE, [
    ['JSON escapes what is not seen', 'json.replace(UNESCAPED,', 'json.replace(/$^/g,'],
    ['text steers no terminal', "(found.startsWith('\\u001b[') ? found : '')", 'found'],
    ['text has no styles but ours', '\\\\u001b\\\\[(?:1|2|22|31|32|33|39)m|', '\\\\u001b\\\\[[\\\\d;]*[A-Za-z]|'],
    ['a line is one line', "text.replace(/\\s*[\\r\\n]+\\s*/g, ' ')", 'text'],
  ]),
  ...mutantsOf('src/ui/terminal.ts', PRINTABLE, [
    [
      'JSON is printed escaped',
      'printableJson(JSON.stringify(document, hidden, 2))',
      'JSON.stringify(document, hidden, 2)',
    ],
  ]),
  ...mutantsOf('src/ui/terminal.ts', ASKING, [
    ['nobody is asked whose answer comes from elsewhere', 'stdin.isTTY === true &&', ''],
    [
      'nobody is asked who would not see the question',
      '  stderr.isTTY === true &&\n  options.input',
      '  options.input',
    ],
    ['nobody is asked with --no-input', 'options.input &&', ''],
    ['nobody is asked with --json', '!options.json &&\n', ''],
    ['nobody is asked with CI', '!environment.CI &&', ''],
    ['nobody is asked with CERT_NO_INPUT', '!environment.CI &&\n  !environment.CERT_NO_INPUT', '!environment.CI'],
  ]),
  ...mutantsOf('src/ui/prompts.ts', ASKING, [
    [
      'a question without a person is refused',
      "if (!interactive) throw new CertError('INPUT_REQUIRED', { flag });",
      '',
    ],
  ]),
  ...mutantsOf('src/cli/main.ts', EXECUTABLE, [
    [
      'Ctrl-C ends with 130',
      "process.on('SIGINT', endWith('INTERRUPTED'));",
      "process.on('SIGINT', endWith('TERMINATED'));",
      'ends when it is told to',
    ],
    ['SIGTERM ends with 143', "process.on('SIGTERM', endWith('TERMINATED'));", '', 'ends when it is told to'],
    ['SIGHUP ends with 143', "process.on('SIGHUP', endWith('TERMINATED'));", '', 'ends when it is told to'],
  ]),
  ...mutantsOf(
    'src/ui/terminal.ts',
    ['test/commands/planted-secrets.test.ts'],
    [
      [
        'no message repeats a secret of the environment',
        'const shown = (text: string) => hide(printable(text));',
        'const shown = (text: string) => printable(text);',
        'in the wrong place',
      ],
    ],
  ),
];
