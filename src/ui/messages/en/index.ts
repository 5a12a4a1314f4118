import { commands } from './commands.ts';
import { errors } from './errors.ts';
import { help } from './help.ts';

/** All visible text. English defines it; another language that lacks a piece does not compile. */
export const en = { ...commands, errors, help };
export type Messages = typeof en;
