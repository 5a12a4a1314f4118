/** Files, paths, proxies and other surroundings that are not as they should be. */
import { mutantsOf } from '../mutant.ts';

const READING = ['test/unit/disk/reading.test.ts'];
const PASSPHRASE = ['test/unit/credentials/passphrase.test.ts'];
const LOCK = ['test/unit/disk/lock.test.ts'];
const NAMED = ['test/unit/disk/named-path.test.ts'];
const PASTED = ['test/unit/domain/pasted-text.test.ts'];
const SAVED = ['test/unit/wallet/save-files.test.ts'];
const PROXY = ['test/unit/portal/http-tls-proxy.test.ts'];
const STATE_FILE = ['test/unit/sandbox/state-file.test.ts'];
const SECRETS = ['test/unit/credentials/encrypted-file.test.ts'];
const INSTALLATION = ['test/e2e/installation.test.ts'];
const PROOF = ['test/unit/disk/write-proof.test.ts'];
const INPUT = ['test/commands/hostile-input.test.ts'];
const FILES = ['test/commands/hostile-files.test.ts'];
const DOWNLOAD = ['test/commands/copies/download.test.ts'];
const EXECUTABLE = ['test/e2e/executable.test.ts'];

export const SURROUNDINGS_BROKEN = [
  ...mutantsOf('src/disk/ordinary-file.ts', READING, [
    ['only an ordinary file is read', 'if (!there.isFile()) throw', 'if (there.isDirectory()) throw'],
    ['no more is read than was asked for', 'if (bytes > mostBytes) throw', 'if (false) throw'],
  ]),
  ...mutantsOf('src/disk/digest.ts', READING, [
    ['a digest is not taken of a file without end', 'if (bytes > MAX_BYTES) return', 'if (false) return'],
  ]),
  ...mutantsOf('src/disk/read-stream.ts', READING, [
    ['a stream has an end in time', "if (next === 'too-slow') return next;", 'if (next === undefined) return next;'],
    ['a stream is bounded', "if (bytes > mostBytes) return 'too-large';", ''],
    ['a pipe has an end in time', 'while (waitedMs < limitMs)', 'while (true)'],
    ['a pipe is bounded', "if (read.length > mostBytes) return 'too-large';", ''],
    ['the end of a pipe whose writer has gone is seen', 'if (chunk?.length === 0 && read.length > 0) return read;', ''],
  ]),
  ...mutantsOf('src/credentials/passphrase.ts', PASSPHRASE, [
    ['a pipe may bring a passphrase', '?.isFIFO()', '?.isSocket()', 'through a pipe'],
    ['standard input may bring a passphrase', 'STANDARD_INPUT.test(path)', 'false', 'standard input'],
  ]),
  ...mutantsOf('src/disk/lock.ts', LOCK, [
    ['a number that cannot be followed is told', 'if (number > LAST_NUMBER) throw', 'if (false) throw'],
    ['a lock is not tried for without end', 'round < MAX_ROUNDS', 'true', 'given up'],
    ['no process has a negative number', 'pid > 0 &&', ''],
    [
      'an owner that cannot be told keeps its lock',
      "throw new CertError('FILE_NOT_WRITABLE', error.params, error);",
      '',
    ],
    ['what nobody wrote as an owner is none', "detail === 'not-a-file' ||", ''],
  ]),
  ...mutantsOf('src/disk/process-table.ts', LOCK, [
    [
      'a lock of the future is over',
      'Math.abs(now().getTime() - lockedAt.getTime())',
      '(now().getTime() - lockedAt.getTime())',
    ],
  ]),
  ...mutantsOf('src/disk/named-path.ts', NAMED, [
    ['what is there under its very name is meant', "if (given !== '' && isThere(given, here)) return given;", ''],
    ['~ is the home folder', "!path.startsWith('~')", 'true'],
    ['an invisible character is no name', 'if (unseen !== undefined) throw', 'if (false) throw'],
    ["no other person's home is guessed", "throw new CertError('PATH_INVALID', { path, detail: 'other-home' });", ''],
  ]),
  ...mutantsOf('src/disk/wildcards.ts', NAMED, [
    ['hidden names are not meant by *', "name.startsWith('.') === part.startsWith('.') &&", ''],
    ['? is one character', "wanted[at] === '?' ||", ''],
    ['* is any number of characters', 'if (star >= 0)', 'if (false)'],
  ]),
  ...mutantsOf('src/domain/pasted-text.ts', PASTED, [
    ['the ends lose what cannot be seen', '!UNSEEN.test(character)', 'true'],
    ['what cannot be seen is named', '? found : `<', "? '' : `<"],
    ['quotation marks are dropped', 'return isQuoted ?', 'return !isQuoted ?'],
  ]),
  ...mutantsOf('src/domain/portal-origin.ts', INPUT, [
    ['an address is pasted with what cannot be seen', 'withoutUnseenEnds(given)', 'given', 'what cannot be seen'],
  ]),
  ...mutantsOf('src/cli/run.ts', INPUT, [
    ['so is the environment', 'NAMES.test(name) ? withoutUnseenEnds(value) : value', 'value', 'what cannot be seen'],
  ]),
  ...mutantsOf('src/ui/messages/failure.ts', INPUT, [
    ['a failure names what cannot be seen', 'withUnseenNamed(facts) as T', 'facts', 'what cannot be seen'],
  ]),
  ...mutantsOf('src/wallet/save-files.ts', SAVED, [
    [
      'an output that is not there is a folder',
      '!isDangling && isPdf(name) && !isPdf(path)',
      'false',
      'where a file goes',
    ],
    ['a dangling link is no folder', '!isDangling && isPdf(name)', 'isPdf(name)', 'where a file goes'],
  ]),
  ...mutantsOf('src/portal/undici.ts', PROXY, [
    ['this machine needs no proxy', 'if (!isProxied || isLoopback(hostname))', 'if (!isProxied)', 'a proxy'],
  ]),
  ...mutantsOf('src/portal/proxy.ts', PROXY, [
    ['a proxy that cannot be used is not asked', 'if (fault !== undefined) throw', 'if (false) throw', 'a proxy'],
    ['SOCKS is named', "if (scheme?.startsWith('socks'))", 'if (false)', 'a proxy'],
  ]),
  ...mutantsOf('src/sandbox/state-file.ts', STATE_FILE, [
    [
      'changes are saved in order',
      'last.catch(() => undefined).then(() => writeWhole(path, text))',
      'writeWhole(path, text)',
    ],
  ]),
  ...mutantsOf('src/sandbox/create-sandbox.ts', STATE_FILE, [
    [
      'a signature is kept before the trust anchor is handed out',
      'const choiceKept = isKept ? undefined : store?.save(state);',
      'const choiceKept = undefined;',
    ],
  ]),
  ...mutantsOf('src/credentials/age-file.ts', SECRETS, [
    ['secrets of a newer version are told', 'if (v.is(newer, text.output)) throw', 'if (false) throw', 'newer version'],
    ['a newer format is told', 'if (isOfNewerFormat(bytes)) throw', 'if (false) throw', 'newer version'],
  ]),
  ...mutantsOf(
    'src/cli/main.ts',
    ['test/unit/cli/main.test.ts'],
    [['a long sleep is a long sleep', 'Math.min(left, LONGEST_TIMER_MS)', 'left', 'sleeps']],
  ),
  ...mutantsOf('bin/cert.cjs', INSTALLATION, [
    ['a missing build is told', "if (error.code !== 'MODULE_NOT_FOUND' && !isText)", 'if (true)', 'a clone'],
    ['a part that is missing later is told', '.main(process).catch(refuseIncomplete)', '.main(process)', 'a clone'],
    ['an old Node is told', '(major === 20 && minor < 19)', 'false', 'Node'],
  ]),
  ...mutantsOf('src/disk/json-file.ts', PROOF, [
    ['a file is tried under its lock', '=== folder) return prove();', '!== undefined) return prove();'],
  ]),
  ...mutantsOf('src/commands/copies/saving.ts', FILES, [
    ['no file is saved that nobody would remember', 'await wallet.ensureWritable();', '', 'nobody would remember'],
  ]),
  ...mutantsOf('src/commands/copies/saving.ts', DOWNLOAD, [
    [
      'a file that is saved is called saved',
      '.catch((error) => warnOfForgotten(ctx, file.path, error))',
      '',
      'could not be noted',
    ],
  ]),
  ...mutantsOf('src/commands/account/profile.ts', FILES, [
    [
      'an account is removed whole, or not at all',
      'for (const file of [ctx.config, trust]) await file.ensureWritable();',
      '',
      'removed whole',
    ],
  ]),
  ...mutantsOf('src/commands/account/store.ts', FILES, [
    ['nobody logs in who could not be remembered', 'await ctx.config.ensureWritable();', '', 'a file where a folder'],
  ]),
  ...mutantsOf('src/cli/other-programs.ts', EXECUTABLE, [
    ['the demo has surroundings of its own', 'FOR_SELF.test(name)', 'true', 'own surroundings'],
  ]),
];
