import { CertError } from '../errors.ts';
import type { Machine } from '../machine.ts';
import type { Prompts } from '../ports/terminal.ts';

interface Surroundings extends Pick<Machine, 'stdin' | 'stderr' | 'signal'> {
  /** Whether a person can be asked. */
  readonly interactive: boolean;
}

/** Questions by inquirer, which is loaded when the first is asked. They go to standard error. */
export function createPrompts({ interactive, stdin, stderr, signal }: Surroundings): Prompts {
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
    confirm: ({ message, flag }) => ask(flag, { type: 'confirm', message, default: false }),
    text: ({ message, flag, initial }) =>
      ask(flag, { type: 'input', message, required: true, ...(initial === undefined ? {} : { default: initial }) }),
    secret: ({ message, flag }) => ask(flag, { type: 'password', message, mask: '*', toggleMask: false }),
    select: ({ message, flag, choices }) => ask(flag, { type: 'select', message, choices: [...choices] }),
  };
}
