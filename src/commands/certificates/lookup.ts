import type { LookupResult } from '../../contract/schemas.ts';
import { documentNumber, isMistypedResidentIdNumber } from '../../domain/id-number.ts';
import { personName } from '../../domain/person-name.ts';
import { withoutLabel } from '../../domain/selection.ts';
import { typedNumber } from '../../domain/typed-text.ts';
import { CertError, isCertError } from '../../errors.ts';
import type { Portal } from '../../ports/portal.ts';
import type { Messages } from '../../ui/messages/en/index.ts';
import { inWords } from '../../ui/messages/in-words.ts';
import { type CommandDefinition, usageError } from '../command.ts';
import type { Context } from '../context.ts';
import { type AnsweringChallenges, withChallenges } from '../shared/challenge.ts';

interface LookupFlags {
  readonly name?: string;
  readonly number?: string;
  readonly enquiryNumber?: string;
  readonly idNumberStdin?: boolean;
}

export const lookup: CommandDefinition = {
  configure: (command, { help: { flag } }, bind) =>
    bind(
      command
        .option('--name <name>', flag.holderName)
        .option('--number <number>', flag.managementNumber)
        .option('--enquiry-number <number>', flag.enquiryNumber)
        .option('--id-number-stdin', flag.idNumberStdin),
      (ctx, flags: LookupFlags) => runLookup(ctx, flags),
    ),
};

/** Under which of its numbers a certificate is looked up. */
type NumberUsed = 'managementNumber' | 'enquiryNumber';

interface Facts {
  readonly name: string;
  readonly idNumber: string;
  readonly number: string;
  /** Undefined where nothing tells which number was given. */
  readonly kind: NumberUsed | undefined;
}

/** The third-party check: nobody logs in. The document number goes to the portal and nowhere else. */
export async function runLookup(
  ctx: AnsweringChallenges & Pick<Context, 'portal' | 'readSecretFromStdin'>,
  flags: LookupFlags,
): Promise<void> {
  const { messages, terminal } = ctx;
  const portal = await ctx.portal();
  const facts = await askFacts(ctx, flags);
  const { features } = await portal.meta();
  if (!features.lookup) throw new CertError('FEATURE_NOT_AVAILABLE', { feature: 'lookup' });
  const { result, numbers } = await lookUp(ctx, portal, facts);
  if (!result.found) throw new CertError('LOOKUP_NOT_FOUND', { numbers }, { data: { lookup: result } });
  terminal.result({ lookup: result }, () => terminal.details(resultDetails(messages, facts, result)));
  terminal.say(messages.lookup.asTold(portal.origin));
}

/**
 * A number that does not tell what it is may be either. The second try is made only where the portal asked no challenge
 * at the first: a person, or a code by SMS, is not spent on a guess.
 */
async function lookUp(
  ctx: AnsweringChallenges,
  portal: Pick<Portal, 'lookUp'>,
  { name, idNumber, number, kind }: Facts,
): Promise<{ result: LookupResult; numbers: readonly NumberUsed[] }> {
  let wasAsked = false;
  const tryAs = (used: NumberUsed) =>
    withChallenges(
      ctx,
      (given) => {
        wasAsked ||= given.challenge !== undefined;
        return portal.lookUp({ name, idNumber, [used]: number, ...given });
      },
      'lookup',
    );
  const first = kind ?? 'managementNumber';
  const result = await tryAs(first);
  if (result.found || kind !== undefined || wasAsked) return { result, numbers: [first] };
  try {
    const second = await portal.lookUp({ name, idNumber, enquiryNumber: number });
    return { result: second, numbers: [first, 'enquiryNumber'] };
  } catch (error) {
    if (!isCertError(error)) throw error;
    return { result, numbers: [first] };
  }
}

type Asking = Pick<Context, 'messages' | 'prompts' | 'readSecretFromStdin' | 'terminal'>;

/** @throws CertError ID_NUMBER_INVALID before anything is sent */
async function askFacts(ctx: Asking, flags: LookupFlags): Promise<Facts> {
  const { messages, prompts } = ctx;
  if (flags.number !== undefined && flags.enquiryNumber !== undefined)
    throw usageError('conflict', { one: '--number', other: '--enquiry-number' });
  const given = async (value: string | undefined, message: string, flag: string, read: (typed: string) => string) => {
    const text = read(value ?? (await prompts.text({ message, flag })));
    if (text === '') throw usageError('missingValue', { flag });
    return text;
  };
  const { lookup: ask } = messages;
  const name = await given(flags.name, ask.name, '--name', personName);
  const flag = flags.enquiryNumber === undefined ? '--number' : '--enquiry-number';
  const typed = await given(flags.enquiryNumber ?? flags.number, ask.number, flag, (text) => text.trim());
  const { text, kind } = withoutLabel(typed);
  const number = typedNumber(text);
  if (number === '') throw usageError('missingValue', { flag });
  const labelled = kind === 'certificateNumber' ? undefined : kind;
  return {
    name,
    number,
    kind: flags.enquiryNumber === undefined ? (labelled ?? kindByForm(number)) : 'enquiryNumber',
    idNumber: await askIdNumber(ctx, flags.idNumberStdin === true),
  };
}

/** Some numbers begin with the initials of their name: 查询 (CX) or 管理 (GL). */
function kindByForm(number: string): NumberUsed | undefined {
  if (/^CX/i.test(number)) return 'enquiryNumber';
  return /^GL/i.test(number) ? 'managementNumber' : undefined;
}

/** A number that can only be mistyped is doubted, and a person may say that it is right. */
async function askIdNumber({ messages, prompts, readSecretFromStdin, terminal }: Asking, fromStdin: boolean) {
  const typed = fromStdin
    ? await readSecretFromStdin('--id-number-stdin')
    : await prompts.secret({ message: messages.lookup.idNumber, flag: '--id-number-stdin' });
  const idNumber = documentNumber(typed);
  if (idNumber === undefined) throw new CertError('ID_NUMBER_INVALID', {});
  if (!isMistypedResidentIdNumber(idNumber)) return idNumber;
  const isRight =
    terminal.interactive &&
    (await prompts.confirm({ message: messages.lookup.isIdNumberRight, flag: '--id-number-stdin' }));
  if (!isRight) throw new CertError('ID_NUMBER_INVALID', {});
  return idNumber;
}

function resultDetails({ term }: Messages, { name }: Facts, found: LookupResult): [string, string][] {
  const rows = [
    [term.status, found.status && inWords(term.statuses, found.status)],
    [term.holder, name],
    [term.qualification, found.qualification],
    [term.specialty, found.specialty],
    [term.level, found.level],
    [term.certificateNumber, found.certificateNumber],
    [term.managementNumber, found.managementNumber],
    [term.enquiryNumber, found.enquiryNumber],
    [term.approvedOn, found.approvedOn],
    [term.issuedOn, found.issuedOn],
    [term.issuer, found.issuer],
  ] as const;
  return rows.flatMap(([label, value]): [string, string][] => (value === undefined ? [] : [[label, value]]));
}
