import type { Lookup, LookupResult } from '../../contract/schemas.ts';
import { documentNumber } from '../../domain/id-number.ts';
import { withoutUnseenEnds } from '../../domain/pasted-text.ts';
import { CertError } from '../../errors.ts';
import type { Messages } from '../../ui/messages/en/index.ts';
import { type CommandDefinition, usageError } from '../command.ts';
import type { Context } from '../context.ts';
import { type AnsweringChallenges, withChallenges } from '../shared/challenge.ts';

interface LookupFlags {
  readonly name?: string;
  readonly number?: string;
  readonly idNumberStdin?: boolean;
}

export const lookup: CommandDefinition = {
  configure: (command, { help: { flag } }, bind) =>
    bind(
      command
        .option('--name <name>', flag.holderName)
        .option('--number <number>', flag.managementNumber)
        .option('--id-number-stdin', flag.idNumberStdin),
      (ctx, flags: LookupFlags) => runLookup(ctx, flags),
    ),
};

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
  const result = await withChallenges(ctx, (given) => portal.lookUp({ ...facts, ...given }), 'lookup');
  if (!result.found) throw new CertError('LOOKUP_NOT_FOUND', {}, { data: { lookup: result } });
  terminal.result({ lookup: result }, () => terminal.details(resultDetails(messages, facts, result)));
  terminal.say(messages.lookup.asTold(portal.origin));
}

/** @throws CertError ID_NUMBER_INVALID before anything is sent */
async function askFacts(
  { messages, prompts, readSecretFromStdin }: Pick<Context, 'messages' | 'prompts' | 'readSecretFromStdin'>,
  flags: LookupFlags,
): Promise<Lookup> {
  const { lookup: ask } = messages;
  const given = async (value: string | undefined, message: string, flag: string) => {
    const text = withoutUnseenEnds(value ?? (await prompts.text({ message, flag }))).trim();
    if (text === '') throw usageError('missingValue', { flag });
    return text;
  };
  const name = await given(flags.name, ask.name, '--name');
  const managementNumber = await given(flags.number, ask.number, '--number');
  const typed = flags.idNumberStdin
    ? await readSecretFromStdin('--id-number-stdin')
    : await prompts.secret({ message: ask.idNumber, flag: '--id-number-stdin' });
  const idNumber = documentNumber(typed);
  if (idNumber === undefined) throw new CertError('ID_NUMBER_INVALID', {});
  return { name, idNumber, managementNumber };
}

function resultDetails({ term }: Messages, { name }: Lookup, found: LookupResult): [string, string][] {
  const rows = [
    [term.status, found.status && term.statuses[found.status]],
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
