import type { Meta } from '../../contract/schemas.ts';
import { documentNumber, isOldResidentIdNumber, isResidentIdNumber } from '../../domain/id-number.ts';
import { unlikely } from '../../domain/likely-input.ts';
import { passwordStrength } from '../../domain/password-strength.ts';
import { withoutUnseenEnds } from '../../domain/pasted-text.ts';
import { personName } from '../../domain/person-name.ts';
import { CertError } from '../../errors.ts';
import type { Language } from '../../ports/surroundings.ts';
import type { Context } from '../context.ts';
import { followsPolicy } from './follows-policy.ts';

/** What an account is registered with, in the order in which it is asked for. */
export const FIELDS = ['idType', 'idNumber', 'name', 'phone', 'username', 'password'] as const;
export type Field = (typeof FIELDS)[number];
export type Draft = { [F in Field]?: string | undefined };
type Complete = Record<Field, string>;

const RESIDENT_ID = 'resident-id';

/** What asking for fields takes. */
export type AskingForFields = Pick<Context, 'language' | 'messages' | 'prompts' | 'terminal'>;

/** What saying a rule takes. */
type Wording = Pick<Context, 'language' | 'messages'>;

interface FieldRules {
  readonly flag: string;
  /** As the portal gets it; undefined for what cannot be right. */
  read(typed: string, meta: Meta, draft: Draft): string | undefined;
  /** What is right, in words. */
  rule(ctx: Wording, meta: Meta, draft: Draft): string;
  ask(ctx: AskingForFields, meta: Meta, draft: Draft): Promise<string>;
}

/** The kind of document in words. */
export const idTypeLabel = ({ idTypes }: Meta, code: string, language: Language): string => {
  const type = idTypes.find((one) => one.code === code);
  return type === undefined ? code : label(type.label, language);
};

const label = ({ zh, en }: { zh: string; en: string }, language: Language) => (language === 'zh-CN' ? zh : en);

const RULES: { readonly [F in Field]: FieldRules } = {
  idType: {
    flag: '--id-type',
    read: (typed, { idTypes }) => idTypes.find(({ code }) => code === typed)?.code,
    rule: ({ messages }, { idTypes }) => messages.oneOf(idTypes.map(({ code }) => code)),
    ask: ({ prompts, messages, language }, { idTypes }) =>
      prompts.select({
        message: messages.register.field.idType,
        flag: '--id-type',
        choices: idTypes.map((type) => ({ name: label(type.label, language), value: type.code })),
      }),
  },
  idNumber: {
    flag: '--id-number-stdin',
    read: (typed, _, { idType }) => {
      const number = documentNumber(typed);
      if (number === undefined || idType !== RESIDENT_ID) return number;
      return isResidentIdNumber(number) || isOldResidentIdNumber(number) ? number : undefined;
    },
    rule: ({ messages }, _, { idType }) =>
      idType === RESIDENT_ID ? messages.register.idNumberRule : messages.register.documentNumberRule,
    ask: ({ prompts, messages }) =>
      prompts.secret({ message: messages.register.field.idNumber, flag: '--id-number-stdin' }),
  },
  name: {
    flag: '--name',
    read: (typed) => personName(typed) || undefined,
    rule: ({ messages }) => messages.register.nameRule,
    ask: ({ prompts, messages }) => prompts.text({ message: messages.register.field.name, flag: '--name' }),
  },
  phone: {
    flag: '--phone',
    read: (typed) => /^\+?\d{7,15}$/.exec(typed.normalize('NFKC').replace(/[\s\p{Cf}()-]/gu, ''))?.[0],
    rule: ({ messages }) => messages.register.phoneRule,
    ask: ({ prompts, messages }) => prompts.text({ message: messages.register.field.phone, flag: '--phone' }),
  },
  username: {
    flag: '--username',
    read: (typed, { usernamePolicy }) => {
      const username = withoutUnseenEnds(typed);
      return unlikely(username, 'none') === undefined && followsPolicy(usernamePolicy, username) ? username : undefined;
    },
    rule: ({ language }, { usernamePolicy }) => label(usernamePolicy.description, language),
    ask: ({ prompts, messages, language }, { usernamePolicy }) =>
      prompts.text({
        message: messages.register.asked(messages.register.field.username, label(usernamePolicy.description, language)),
        flag: '--username',
      }),
  },
  password: {
    flag: '--password-stdin',
    read: (typed, { passwordPolicy }) => (followsPolicy(passwordPolicy, typed) ? typed : undefined),
    rule: ({ language }, { passwordPolicy }) => label(passwordPolicy.description, language),
    ask: askPassword,
  },
};

/** Asked twice, with its strength; one that does not follow the policy is not asked for again. */
async function askPassword(ctx: AskingForFields, meta: Meta, draft: Draft): Promise<string> {
  const { prompts, messages, language, terminal } = ctx;
  const { passwordPolicy } = meta;
  const flag = '--password-stdin';
  for (;;) {
    const rule = label(passwordPolicy.description, language);
    const password = await prompts.secret({
      message: messages.register.asked(messages.register.field.password, rule),
      flag,
    });
    if (!followsPolicy(passwordPolicy, password)) return password;
    const { username = '', phone = '', idNumber = '' } = draft;
    const known = [username, phone, idNumber.slice(-6), idNumber.slice(6, 14)];
    terminal.say(messages.register.strength(passwordStrength(password, known)));
    if (password === (await prompts.secret({ message: messages.register.repeat, flag }))) return password;
    terminal.say(messages.register.different);
  }
}

/**
 * Reads what was given and asks a person for the rest. What is wrong is asked for again where somebody is there.
 * @throws CertError VALIDATION_FAILED with every field that is wrong, INPUT_REQUIRED for the first that is missing
 */
export async function completeDraft(ctx: AskingForFields, meta: Meta, given: Draft): Promise<Complete> {
  const draft: Draft = {};
  const wrong: { field: Field; message: string }[] = [];
  for (const field of FIELDS) {
    const typed = given[field];
    if (typed === undefined) continue;
    draft[field] = RULES[field].read(typed, meta, { ...given, ...draft });
    if (draft[field] === undefined) wrong.push({ field, message: RULES[field].rule(ctx, meta, draft) });
  }
  if (wrong.length > 0 && !ctx.terminal.interactive) throw new CertError('VALIDATION_FAILED', { fields: wrong });
  for (const { field } of wrong) ctx.terminal.tell(complaint(ctx, meta, field, draft));
  for (const field of FIELDS) {
    while (draft[field] === undefined) {
      if (!ctx.terminal.interactive) throw new CertError('INPUT_REQUIRED', { flag: RULES[field].flag });
      draft[field] = RULES[field].read(await RULES[field].ask(ctx, meta, draft), meta, draft);
      if (draft[field] === undefined) ctx.terminal.tell(complaint(ctx, meta, field, draft));
    }
  }
  return draft as Complete;
}

const complaint = (ctx: Wording, meta: Meta, field: Field, draft: Draft): string =>
  ctx.messages.register.wrong(ctx.messages.register.field[field], RULES[field].rule(ctx, meta, draft));
