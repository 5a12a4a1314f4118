import type { Meta } from '../../contract/schemas.ts';
import { maskIdNumber } from '../../domain/id-number.ts';
import { maskName } from '../../domain/privacy.ts';
import { CertError, isCertError } from '../../errors.ts';
import type { Portal } from '../../ports/portal.ts';
import { failureOf } from '../../ui/messages/failure.ts';
import type { CommandDefinition } from '../command.ts';
import type { Context } from '../context.ts';
import { type AnsweringChallenges, withChallenges } from '../shared/challenge.ts';
import type { CompletingLogin } from './complete-login.ts';
import { logInWithPassword } from './password-login.ts';
import { type AskingForFields, completeDraft, type Draft, FIELDS, type Field, idTypeLabel } from './registration.ts';
import { type ChoosingStore, readStore } from './store.ts';

interface RegisterFlags {
  readonly username?: string;
  readonly passwordStdin?: boolean;
  readonly idType?: string;
  readonly idNumberStdin?: boolean;
  readonly name?: string;
  readonly phone?: string;
  readonly acceptNotice?: string;
  readonly store?: string;
  readonly yes?: boolean;
}

export const register: CommandDefinition = {
  configure: (command, { help: { flag } }, bind) =>
    bind(
      command
        .option('-u, --username <name>', flag.newUsername)
        .option('--password-stdin', flag.passwordStdin)
        .option('--id-type <type>', flag.idType)
        .option('--id-number-stdin', flag.registerIdNumber)
        .option('--name <name>', flag.registerName)
        .option('--phone <number>', flag.phone)
        .option('--accept-notice <version>', flag.acceptNotice)
        .option('--store <store>', flag.store)
        .option('-y, --yes', flag.yes),
      (ctx, flags: RegisterFlags) => runRegister(ctx, flags),
    ),
};

/** Creates an account at the portal and logs in with it. */
export async function runRegister(
  ctx: AskingForFields &
    ChoosingStore &
    AnsweringChallenges &
    CompletingLogin &
    Pick<Context, 'options' | 'portal' | 'readSecretLines'>,
  flags: RegisterFlags,
): Promise<void> {
  const { messages, terminal } = ctx;
  const store = await readStore(ctx, flags.store);
  const portal = await ctx.portal();
  const meta = await portal.meta();
  if (!meta.features.registration) throw new CertError('FEATURE_NOT_AVAILABLE', { feature: 'registration' });
  terminal.say(messages.register.document);
  const given = await givenFields(ctx.readSecretLines, flags);
  const draft = await registerUntilTaken(ctx, portal, meta, given, flags.yes === true);
  if (draft === undefined) return terminal.result({ account: null }, () => messages.register.declined);
  const { username, password } = draft;
  terminal.partial(messages.register.done(username));
  try {
    const entered = await logInWithPassword(
      ctx,
      portal,
      { username, password },
      { store, acceptNotice: flags.acceptNotice },
    );
    terminal.result({ account: { username }, ...entered }, () => '');
  } catch (error) {
    throw isCertError(error) ? error.withData({ account: { username }, ...error.data }) : error;
  }
}

/** Both secrets come on standard input, a line each: the password first. */
async function givenFields(readSecretLines: Context['readSecretLines'], flags: RegisterFlags): Promise<Draft> {
  const { username, idType, name, phone, passwordStdin, idNumberStdin } = flags;
  const asking = [...(passwordStdin ? ['--password-stdin'] : []), ...(idNumberStdin ? ['--id-number-stdin'] : [])];
  const secrets = asking.length === 0 ? [] : await readSecretLines(asking);
  const password = passwordStdin ? secrets.shift() : undefined;
  return { username, idType, name, phone, password, idNumber: secrets.shift() };
}

/** The fields that another answer can mend, by what the portal refused. */
function mendable(error: unknown): readonly Field[] {
  if (isCertError(error, 'USERNAME_TAKEN')) return ['username'];
  if (!isCertError(error, 'VALIDATION_FAILED')) return [];
  return FIELDS.filter((field) => error.params.fields.some((wrong) => wrong.field === field));
}

/** Undefined when the person declined. What the portal finds wrong is asked for again where somebody is there. */
async function registerUntilTaken(
  ctx: AskingForFields & AnsweringChallenges,
  portal: Pick<Portal, 'register'>,
  meta: Meta,
  given: Draft,
  yes: boolean,
) {
  const { messages, terminal, prompts } = ctx;
  let fields = given;
  for (;;) {
    const draft = await completeDraft(ctx, meta, fields);
    terminal.tell(
      terminal.details([
        [messages.register.field.name, maskName(draft.name)],
        [
          messages.register.field.idNumber,
          `${idTypeLabel(meta, draft.idType, ctx.language)} ${maskIdNumber(draft.idNumber)}`,
        ],
        [messages.register.field.username, draft.username],
      ]),
    );
    const ask = !yes && terminal.interactive;
    if (ask && !(await prompts.confirm({ message: messages.register.confirm, flag: '--yes' }))) return undefined;
    try {
      await withChallenges(ctx, (answer) => portal.register({ ...draft, ...answer }), 'register');
      return draft;
    } catch (error) {
      if (isCertError(error, 'CONNECTION_LOST', 'TIMED_OUT')) terminal.tell(messages.register.unknown(draft.username));
      const wrong = mendable(error);
      if (!isCertError(error) || !terminal.interactive || wrong.length === 0) throw error;
      terminal.tell(failureOf(error, messages).message);
      fields = Object.fromEntries(
        FIELDS.filter((field) => !wrong.includes(field)).map((field) => [field, draft[field]]),
      );
    }
  }
}
