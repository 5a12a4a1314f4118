import { commands } from './commands.ts';
import { errors } from './errors.ts';
import { help } from './help.ts';
import { imported } from './imported.ts';
import { registration } from './registration.ts';
import { oneOf } from './usage.ts';
import { trust, verification } from './verification.ts';

/** All visible text. English defines it; another language that lacks a piece does not compile. */
export const en = { ...commands, errors, help, imported, oneOf, register: registration, trust, verification };
export type Messages = typeof en;
