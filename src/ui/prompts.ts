import { withoutUnseenEnds } from '../domain/pasted-text.ts';
import { CertError } from '../errors.ts';
import type { Machine } from '../ports/machine.ts';
import type { Prompts } from '../ports/prompts.ts';
import type { Messages } from './messages/en/index.ts';

interface Surroundings extends Pick<Machine, 'stdin' | 'stderr' | 'signal'> {
  /** Whether a person can be asked. */
  readonly interactive: boolean;
  readonly messages: Pick<Messages, 'prompt'>;
}

/** Questions by inquirer, which is loaded when the first is asked. They go to standard error. */
export function createPrompts({ interactive, stdin, stderr, signal, messages }: Surroundings): Prompts {
  const { yes, no, yesOrNo, empty, keys } = messages.prompt;
  /** Without a terminal inquirer would end the process with 0: the question is refused before it is loaded. */
  const ask = async <T>(flag: string, question: object): Promise<T> => {
    if (!interactive) throw new CertError('INPUT_REQUIRED', { flag });
    const { createPromptModule } = (await import('inquirer')).default;
    const prompt = createPromptModule({
      input: stdin as NodeJS.ReadStream,
      output: stderr as NodeJS.WriteStream,
      signal,
    }) as unknown as (questions: readonly object[]) => Promise<{ answer: T }>;
    try {
      return (await prompt([{ ...question, name: 'answer' }])).answer;
    } catch (error) {
      if (!(error instanceof Error) || !/^(ExitPrompt|AbortPrompt|CancelPrompt)Error$/.test(error.name)) throw error;
      throw signal.aborted ? signal.reason : new CertError('INTERRUPTED', {}, { cause: error });
    }
  };
  return {
    confirm: ({ message, flag }) =>
      ask(flag, {
        type: 'confirm',
        message,
        default: false,
        theme: { keywords: { yes, no, error: () => yesOrNo } },
      }),
    text: async ({ message, flag, initial }) =>
      withoutUnseenEnds(
        await ask(flag, {
          type: 'input',
          message,
          validate: (value: string) => value !== '' || empty,
          ...(initial === undefined ? {} : { default: initial }),
        }),
      ),
    secret: ({ message, flag }) => ask(flag, { type: 'password', message, mask: '*', toggleMask: false }),
    select: ({ message, flag, choices }) =>
      ask(flag, {
        type: 'select',
        message,
        choices: [...choices],
        theme: { style: { keysHelpTip: () => keys } },
      }),
  };
}
