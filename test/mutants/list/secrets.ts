/** Secrets are shown nowhere, sent only as they are meant, and nothing is opened that was not looked at. */
import { mutantsOf } from '../mutant.ts';

const unit = (name: string) => [`test/unit/${name}.test.ts`];
const KNOWN = unit('domain/known-secrets');
const ECHOES = ['test/commands/echoed-secrets.test.ts'];
const UNLIKELY = ['test/commands/account/unlikely-input.test.ts'];
const DOWNLOAD = ['test/commands/copies/download.test.ts'];

export const SECRETS_BROKEN = [
  ...mutantsOf('src/domain/known-secrets.ts', KNOWN, [
    ['the longest secret is hidden first', '.sort((a, b) => b.length - a.length)', '', 'contains another'],
    ['a secret is hidden where JSON escapes it', "? '\\\\\\\\*' : ''", "? '' : ''", 'is hidden'],
    ['a secret is hidden in escapes', '/[\\\\%&]/.test(text) ? escaped : plain', 'plain', 'is hidden'],
    [
      'a secret is hidden in escapes of either case',
      "eitherCase(number.toString(16).padStart(digits, '0'))",
      "number.toString(16).padStart(digits, '0')",
      'is hidden',
    ],
    ['a secret is hidden in base64', 'known.flatMap(encodings)', '[] as string[]', 'is hidden'],
    ['what is short hides nothing', 'secret.length < least || ', '', 'when it is short'],
    ['a token is always hidden', 'tokens.get(found) === false && ', '', 'said openly'],
    ['a word that is said openly is shown', 'isOpen(found, at, text) ? found : HIDDEN', 'HIDDEN', 'said openly'],
    ['the secret of an address is known decoded too', '[secret, decodedOr(secret)]', '[secret, secret]'],
  ]),
  ...mutantsOf('src/domain/privacy.ts', KNOWN, [
    [
      'an identity number in a text is masked',
      "maskIdNumber(number.slice(0, 17) + found.slice(-1).normalize('NFKC'))",
      'found',
    ],
    ['a number is masked by its check digit', ' || !isResidentIdNumber(number)', ''],
    ['a user name and password before a host are not shown', "1,1000}@/gi, '$1')", "1,1000}@/gi, '$&')"],
  ]),
  ...mutantsOf('src/domain/privacy.ts', ECHOES, [
    [
      'an identity number inside a qualification is masked',
      'maskIdNumbers(known.hide(withoutUserInfo(text)))',
      'known.hide(withoutUserInfo(text))',
      'in any field of a certificate',
    ],
    [
      'what is known to be secret is hidden',
      'maskIdNumbers(known.hide(withoutUserInfo(text)))',
      'maskIdNumbers(withoutUserInfo(text))',
      'in any field of a certificate',
    ],
  ]),
  ...mutantsOf('src/domain/portal-origin.ts', unit('domain/rules'), [
    ['a password in an address is not repeated', '{ url: withoutUserInfo(address) }', '{ url: address }', 'a password'],
    ['a query in an address is not repeated', ".replace(/[?#].*$/s, '')", '', 'a password'],
    ['a user name in an address is refused', ' || url.username || url.password', '', 'is refused'],
  ]),
  ...mutantsOf('src/domain/likely-input.ts', UNLIKELY, [
    ['no password has what no keyboard types', "if (UNTYPABLE.test(value)) return 'untypable';", '', 'in a password'],
    ['no name has blanks', "if (blanks === 'none' && BLANK.test(value)) return 'blank';", '', 'in a name'],
    ['no blank stands before a line break', "blanks === 'inside' && isBlankAtEnd", 'false', 'nor called missing'],
    ['a blank that is typed is meant', "blanks === 'inside' && isBlankAtEnd", 'isBlankAtEnd', 'that a person types'],
    ['a line break leaves nothing', "while (value.charAt(end - 1) === '\\r') end -= 1;", '', 'is mended'],
    ['a byte order mark is left out', "value.startsWith('\\ufeff') ? 1 : 0", '0', 'in the environment'],
  ]),
  ...mutantsOf('src/credentials/read-secret.ts', unit('credentials/read-secret'), [
    ['one line is one secret', 'if (lines.length > flags.length) throw', 'if (false) throw'],
    ['what is too long is not missing', "if (read === 'too-large') throw", 'if (false) throw'],
    ['a line that is empty is missing', 'if (missing !== undefined) throw', 'if (false) throw'],
    ['what is not UTF-8 is no secret', 'fatal: true', 'fatal: false'],
    ['UTF-16 is told apart', 'if (bytes.includes(0)) throw', 'if (false) throw'],
  ]),
  ...mutantsOf('src/cli/wiring.ts', UNLIKELY, [
    ['the environment is looked at before it is sent', 'requireLikely(environment);', '', 'in a password'],
    ['what was mended is told', 'terminal.warn(messages.login.mended(name))', 'void name', 'in the environment'],
  ]),
  ...mutantsOf('src/cli/person-ports.ts', UNLIKELY, [
    [
      'what is typed unseen is looked at',
      'likely(await asking.secret(question), flag, blanksOf(flag, true))',
      'await asking.secret(question)',
      'in a password',
    ],
  ]),
  ...mutantsOf('src/commands/account/ask-username.ts', UNLIKELY, [
    ['a user name is looked at', "likely(given, '--username', 'none')", 'given', 'in a name'],
  ]),
  ...mutantsOf('src/credentials/passphrase.ts', unit('credentials/passphrase'), [
    [
      'a passphrase is looked at before it is used',
      "likely(CERT_PASSPHRASE, 'CERT_PASSPHRASE', 'inside')",
      'CERT_PASSPHRASE',
      'hardly meant',
    ],
  ]),
  ...mutantsOf('src/domain/picture-kind.ts', unit('domain/picture-kind'), [
    [
      'a picture is known by all of its first bytes',
      'picture.subarray(0, PNG.length).equals(PNG)',
      'picture[0] === 0x89',
    ],
    ['a picture has few pixels', 'side >= 1 && side <= MAX_SIDE_PIXELS', 'side >= 1'],
    ['a picture has few bytes', 'if (bytes.length > MAX_BYTES) return undefined;', ''],
  ]),
  ...mutantsOf(
    'src/commands/shared/challenge.ts',
    ['test/commands/account/challenge.test.ts'],
    [['only a picture is shown', 'if (pictureKind(bytes) === undefined)', 'if (false)', 'shown nowhere']],
  ),
  ...mutantsOf('src/pdf/active-content.ts', unit('pdf/active-content'), [
    ['an action that reaches beyond the pages is found', 'ACTIONS.has(action.value)', 'false'],
    ['an entry with scripts or files is found', 'ENTRIES.has(key) && ', 'false && '],
    ['what a PDF opens with is found', "kinds.add('OpenAction')", 'kinds.size'],
    ['of a key that stands twice nothing is known', 'if (dictionary.isAmbiguous) throw', 'if (false) throw'],
  ]),
  ...mutantsOf('src/commands/copies/view.ts', DOWNLOAD, [
    [
      'a PDF that does something is not opened unasked',
      'if (actions !== undefined && actions.length > 0) return',
      'if (false) return',
      'only when a person says so',
    ],
    [
      'a PDF without a signature is not opened unasked',
      'if (verification === undefined || !isSigned(verification)) return',
      'if (false) return',
      'only when a person says so',
    ],
    [
      'off a terminal nothing doubtful is opened',
      'if (!terminal.interactive) throw doubt;',
      '',
      'only when a person says so',
    ],
    ['a PDF in doubt is opened on a yes', '(await isWanted(ctx, doubt))', 'true', 'only when a person says so'],
  ]),
];
