/** One run of `cert`: a command line in, an exit code out. */
import type { Bind } from '../commands/command.ts';
import { languageOf } from '../config/language.ts';
import { parseLanguage } from '../config/locale.ts';
import { createKnownSecrets, type KnownSecrets, secretsOfAddress } from '../domain/known-secrets.ts';
import { mendedEnvironment } from '../domain/likely-input.ts';
import { withoutUnseenEnds } from '../domain/pasted-text.ts';
import { withoutSecrets, withoutUserInfo } from '../domain/privacy.ts';
import { CertError, EXIT, type ExitCode, isCertError } from '../errors.ts';
import type { Machine, Output } from '../ports/machine.ts';
import type { GlobalOptions } from '../ports/surroundings.ts';
import type { Terminal } from '../ports/terminal.ts';
import type { Messages } from '../ui/messages/en/index.ts';
import { failureOf } from '../ui/messages/failure.ts';
import { loadMessages, loadTopics } from '../ui/messages/load.ts';
import { createTerminal } from '../ui/terminal.ts';
import { buildProgram, isHelpShown, usageErrorOf } from './program.ts';
import { createContext } from './wiring.ts';

/**
 * Runs one command line (without `node` and the script) and reports how it ended. Rejects only where a part of `cert`
 * itself is missing: then there may be no words to say so.
 */
export async function run(argv: readonly string[], real: Machine): Promise<ExitCode> {
  const { environment, mended } = mendedEnvironment(withoutUnseen(real.environment));
  const machine = { ...real, environment };
  const early = earlyOptions(argv, environment);
  const language = languageOf(machine, early.lang);
  const messages = await loadMessages(language);
  const known = secretsGiven(argv, environment);
  const hide = (text: string) => withoutSecrets(text, known);
  let terminal = await createTerminal({ ...machine, options: early, hide });
  let explanation: string | undefined;
  try {
    const bind: Bind = (command, work) => {
      command.action(async (...received: unknown[]) => {
        const given: GivenOptions = command.optsWithGlobals();
        const options = globalOptions(given, environment);
        // Asked for by the person, numbers are shown; secrets never are.
        const hideHere = given.showPii ? (text: string) => known.hide(withoutUserInfo(text)) : hide;
        terminal = await createTerminal({ ...machine, options, hide: hideHere });
        const explain = (line: string) => {
          explanation = line;
        };
        const context = createContext(machine, { options, language, messages, terminal, explain, known, mended });
        const operands = received.slice(0, -2) as never[];
        await work(context, received.at(-2) as never, ...operands);
      });
    };
    const writeOut = (text: string) => void machine.stdout.write(text);
    const topic = async (name: string) => {
      const { isTopic, topicText } = await import('./help-topics.ts');
      return isTopic(name) ? topicText(name, await loadTopics(language), machine) : undefined;
    };
    const program = await buildProgram({ argv, version: machine.version, messages, bind, topic, writeOut });
    await program.parseAsync([...argv], { from: 'user' });
    await terminal.written();
    return EXIT.done;
  } catch (thrown) {
    if (isHelpShown(thrown)) return EXIT.done;
    if (isMissingPart(thrown)) throw thrown;
    const error = machine.signal.aborted ? endedBy(machine.signal, thrown) : usageErrorOf(thrown);
    return report(error, { terminal, messages, explanation, debug: early.debug, stderr: machine.stderr, hide });
  }
}

/** Secrets are taken as they are. */
const NAMES = /^CERT_(?:PORTAL|PROFILE|USERNAME|LANG|CONFIG_DIR|STATE_DIR)$/;

/** The environment without what was pasted along with names and addresses, and cannot be seen. */
const withoutUnseen = (environment: Machine['environment']): Machine['environment'] =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value !== undefined && NAMES.test(name) ? withoutUnseenEnds(value) : value,
    ]),
  );

const isMissingPart = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'MODULE_NOT_FOUND';

/** The secrets that the environment and the command line bring; whoever learns of another one adds it. */
function secretsGiven(argv: readonly string[], environment: Machine['environment']): KnownSecrets {
  const { CERT_PASSWORD, CERT_TOKEN, CERT_PASSPHRASE, CERT_USERNAME } = environment;
  const known = createKnownSecrets();
  known.learn(CERT_PASSWORD);
  known.learn(CERT_PASSPHRASE);
  known.learn(CERT_TOKEN, { isToken: true });
  known.allow(CERT_USERNAME);
  for (const address of [...ADDRESSES.map((name) => environment[name]), ...argv])
    for (const secret of secretsOfAddress(address?.replace(/^--portal=/, ''))) known.learn(secret);
  return known;
}

/** Variables whose address may hold a secret. */
const ADDRESSES = ['CERT_PORTAL', 'HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/** Why `cert` was ended, with what was done before. */
function endedBy({ reason }: AbortSignal, thrown: unknown): unknown {
  return isCertError(reason) && isCertError(thrown) && thrown.data !== undefined
    ? reason.withData(thrown.data)
    : reason;
}

/** What is needed before the command line is understood: the language, and the form of a failure. */
function earlyOptions(argv: readonly string[], environment: Machine['environment']): GlobalOptions {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  const after = words.indexOf('--lang');
  const lang =
    words.find((word) => word.startsWith('--lang='))?.slice('--lang='.length) ??
    (after === -1 ? undefined : words[after + 1]);
  return {
    json: words.includes('--json'),
    quiet: words.includes('-q') || words.includes('--quiet'),
    debug: words.includes('--debug') || Boolean(environment.CERT_DEBUG),
    input: !words.includes('--no-input'),
    color: !words.includes('--no-color'),
    lang: parseLanguage(lang ?? ''),
  };
}

const LANGUAGES = ['zh-CN', 'en'];

interface GivenOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly debug?: boolean;
  readonly input: boolean;
  readonly color: boolean;
  readonly profile?: string;
  readonly portal?: string;
  readonly lang?: string;
  readonly passphraseFile?: string;
  readonly showPii?: boolean;
}

function globalOptions(
  { json = false, quiet = false, debug = false, input, color, profile, portal, lang, passphraseFile }: GivenOptions,
  environment: Machine['environment'],
): GlobalOptions {
  if (lang !== undefined && parseLanguage(lang) === undefined)
    throw new CertError('USAGE', {
      fault: { kind: 'badValue', flag: '--lang', value: lang, expected: { oneOf: LANGUAGES } },
    });
  if (environment.CERT_LANG && parseLanguage(environment.CERT_LANG) === undefined)
    throw new CertError('ENVIRONMENT_INVALID', {
      name: 'CERT_LANG',
      detail: 'not-one-of',
      other: LANGUAGES.join(', '),
    });
  return {
    json,
    quiet,
    debug: debug || Boolean(environment.CERT_DEBUG),
    input,
    color,
    profile: profile && withoutUnseenEnds(profile),
    portal,
    lang: parseLanguage(lang ?? ''),
    passphraseFile,
  };
}

interface End {
  readonly terminal: Terminal;
  readonly messages: Messages;
  readonly explanation: string | undefined;
  readonly debug: boolean;
  readonly stderr: Output;
  /** Takes out what must not be shown, whoever repeats it. */
  readonly hide: (text: string) => string;
}

/** Where an error came from. Its message may repeat what was read or sent, and stays out. */
const traceOf = (error: Error): string =>
  [
    `${error.name} ${'code' in error ? String(error.code) : ''}`.trim(),
    ...(error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []),
  ].join('\n');

function report(thrown: unknown, { terminal, messages, explanation, debug, stderr, hide }: End): ExitCode {
  const error = isCertError(thrown)
    ? thrown
    : new CertError(
        'UNEXPECTED',
        { detail: thrown instanceof Error ? thrown.message : String(thrown) },
        { cause: thrown },
      );
  const failure = failureOf(error, messages);
  const hint = hintOf(error, failure.hint, explanation);
  terminal.failure({ ...failure, hint }, error.data);
  if (debug && error.cause instanceof Error) stderr.write(`${hide(traceOf(error.cause))}\n`);
  return error.exit;
}

/** What to do next. What was under way can be resumed after an interruption, and after another login. */
function hintOf(error: CertError, hint: string | undefined, explanation: string | undefined): string | undefined {
  if (isCertError(error, 'INTERRUPTED', 'TERMINATED')) return explanation;
  return error.exit === EXIT.login && explanation !== undefined ? [hint, explanation].join(' ') : hint;
}
