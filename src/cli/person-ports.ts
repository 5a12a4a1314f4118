/** The ports to whoever runs `cert`, a function each: questions, and where secrets come from and are kept. */
import type { Context } from '../commands/context.ts';
import type { KnownSecrets } from '../domain/known-secrets.ts';
import { blanksOf, likely } from '../domain/likely-input.ts';
import type { Machine } from '../ports/machine.ts';
import type { Prompts } from '../ports/prompts.ts';
import type { SecretStore, StoreKind } from '../ports/secrets.ts';
import { createPrompts } from '../ui/prompts.ts';
import type { Local } from './local-ports.ts';
import { once } from './once.ts';

/** What a person types unseen is known as a secret from then on. */
export function usePrompts(
  { prompts, stdin, stderr, signal }: Pick<Machine, 'prompts' | 'stdin' | 'stderr' | 'signal'>,
  { terminal, messages, known }: Pick<Context, 'terminal' | 'messages'> & Knowing,
): Prompts {
  const asking = prompts ?? createPrompts({ interactive: terminal.interactive, stdin, stderr, signal, messages });
  return {
    ...asking,
    select: ({ choices, ...question }) =>
      asking.select({
        ...question,
        choices: choices.map(({ name, value }) => ({ name: terminal.shown(name), value })),
      }),
    secret: async (question) => {
      const { flag } = question;
      return learned(known, likely(await asking.secret(question), flag, blanksOf(flag, true)));
    },
  };
}

interface Knowing {
  readonly known: KnownSecrets;
}

function learned(known: KnownSecrets, secret: string): string {
  known.learn(secret);
  return secret;
}

/** Each store is opened once, when it is first asked for. */
export function secretStores(
  { machine, configFolder, locking }: Local,
  {
    options,
    terminal,
    messages,
    prompts,
    known,
  }: Pick<Context, 'options' | 'terminal' | 'messages' | 'prompts'> & Knowing,
): (kind: StoreKind) => Promise<SecretStore> {
  const stores = once(async () => {
    const { createStores } = await import('../credentials/stores.ts');
    return createStores({
      machine,
      prompts,
      words: { keychainIsSlow: messages.login.keychainIsSlow, passphrase: messages.passphrase },
      interactive: terminal.interactive,
      say: terminal.say,
      passphraseFile: options.passphraseFile,
      learn: known.learn,
      configFolder,
      locking,
    });
  });
  return async (kind) => (await stores())(kind);
}

/** @throws CertError INPUT_REQUIRED, INPUT_UNLIKELY with the flag that asked for it, unless there is exactly one line */
export async function secretFromStdin(stdin: Machine['stdin'], flag: string, known: KnownSecrets): Promise<string> {
  const [secret = ''] = await secretLinesFromStdin(stdin, [flag], known);
  return secret;
}

export async function secretLinesFromStdin(
  stdin: Machine['stdin'],
  flags: readonly string[],
  known: KnownSecrets,
): Promise<string[]> {
  const { readSecrets } = await import('../credentials/read-secret.ts');
  return (await readSecrets(stdin, flags)).map((secret) => learned(known, secret));
}
