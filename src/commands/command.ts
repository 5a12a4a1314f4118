import type { Command } from 'commander';
import { CertError, type UsageFacts, type UsageFault } from '../errors.ts';
import type { Messages } from '../ui/messages/en/index.ts';
import type { Context } from './context.ts';

/** A command is two functions: one tells commander its arguments and flags, one does the work. */
export interface CommandDefinition {
  configure(command: Command, messages: Messages, bind: Bind): void;
}

/** Connects a commander command with its work; `args` are the operands, variadic ones as one array. */
export type Bind = <O extends object>(
  command: Command,
  work: (ctx: Context, options: O, ...args: never[]) => Promise<void>,
) => void;

export const usageError = <K extends keyof UsageFacts>(kind: K, facts: UsageFacts[K]): CertError =>
  new CertError('USAGE', { fault: { kind, ...facts } as UsageFault });
