import type { Messages } from '../en/index.ts';
import { commands } from './commands.ts';
import { errors } from './errors.ts';
import { help } from './help.ts';
import { imported } from './imported.ts';
import { registration } from './registration.ts';
import { oneOf } from './usage.ts';
import { trust, verification } from './verification.ts';

export const zhCN: Messages = {
  ...commands,
  errors,
  help,
  imported,
  oneOf,
  register: registration,
  trust,
  verification,
};
