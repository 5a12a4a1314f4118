import type { Mutant } from '../mutant.ts';
import { BY_HAND_BROKEN } from './by-hand.ts';
import { COMMANDS_BROKEN } from './commands.ts';
import { DISK_BROKEN } from './disk.ts';
import { DOMAIN_BROKEN } from './domain.ts';
import { PDF_BROKEN } from './pdf.ts';
import { PORTAL_BROKEN } from './portal.ts';
import { SANDBOX_BROKEN } from './sandbox.ts';
import { SEALS_BROKEN } from './seals.ts';
import { SECRETS_BROKEN } from './secrets.ts';
import { SUBMISSIONS_BROKEN } from './submissions.ts';
import { SURROUNDINGS_BROKEN } from './surroundings.ts';

/** Every promise and rule, broken. */
export const MUTANTS: readonly Mutant[] = [
  ...SUBMISSIONS_BROKEN,
  ...DOMAIN_BROKEN,
  ...DISK_BROKEN,
  ...PORTAL_BROKEN,
  ...PDF_BROKEN,
  ...SEALS_BROKEN,
  ...COMMANDS_BROKEN,
  ...SECRETS_BROKEN,
  ...SURROUNDINGS_BROKEN,
  ...SANDBOX_BROKEN,
  ...BY_HAND_BROKEN,
];
