/** The ports to whoever runs `cert`, a function each: questions, and where secrets come from and are kept. */
import type { Context } from '../commands/context.ts';
import { CertError } from '../errors.ts';
import type { Machine } from '../ports/machine.ts';
import type { Prompts } from '../ports/prompts.ts';
import type { SecretStore, StoreKind } from '../ports/secrets.ts';
import { createPrompts } from '../ui/prompts.ts';
import type { Local } from './local-ports.ts';
import { once } from './once.ts';

export const usePrompts = (
  { prompts, stdin, stderr, signal }: Pick<Machine, 'prompts' | 'stdin' | 'stderr' | 'signal'>,
  { terminal, messages }: Pick<Context, 'terminal' | 'messages'>,
): Prompts => prompts ?? createPrompts({ interactive: terminal.interactive, stdin, stderr, signal, messages });

/** Each store is opened once, when it is first asked for. */
export function secretStores(
  { machine, configFolder, locking }: Local,
  { options, terminal, messages, prompts }: Pick<Context, 'options' | 'terminal' | 'messages' | 'prompts'>,
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
      configFolder,
      locking,
    });
  });
  return async (kind) => (await stores())(kind);
}

/** @throws CertError INPUT_REQUIRED with the flag that asked for it, unless there is exactly one line */
export async function secretFromStdin(stdin: Machine['stdin'], flag: string): Promise<string> {
  const { readSecret } = await import('../credentials/read-secret.ts');
  const secret = await readSecret(stdin);
  if (secret === undefined) throw new CertError('INPUT_REQUIRED', { flag });
  return secret;
}

export async function secretLinesFromStdin(stdin: Machine['stdin'], flags: readonly string[]): Promise<string[]> {
  const { readSecretLines } = await import('../credentials/secret-lines.ts');
  return readSecretLines(stdin, flags);
}
