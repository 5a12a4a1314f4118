import type { ErrorTexts } from '../error-text.ts';
import { inWords } from '../in-words.ts';
import { CONTENT_REASONS, contentAdvice, environmentReason, INPUT_REASONS } from './reasons.ts';

/** What is wrong with the settings, the environment and the files that cert keeps. */
export const setupErrors: Pick<
  ErrorTexts,
  | 'CONFIG_INVALID'
  | 'JOURNAL_INVALID'
  | 'ENVIRONMENT_INVALID'
  | 'INPUT_UNLIKELY'
  | 'SECRETS_DAMAGED'
  | 'PASSPHRASE_FILE_INVALID'
> = {
  INPUT_UNLIKELY: ({ source, reason }) => ({
    message: `${source} was not used: ${INPUT_REASONS[reason].what}.`,
    hint: INPUT_REASONS[reason].advice,
  }),
  CONFIG_INVALID: ({ path, detail, at }) => ({
    message: `${path} cannot be used: ${inWords(CONTENT_REASONS, detail)}${at === undefined ? '' : ` (${at})`}`,
    hint: `Nothing was changed. ${contentAdvice(detail)}`,
  }),
  JOURNAL_INVALID: ({ path, detail, at }) => ({
    message: `What was applied for cannot be read: ${path}: ${inWords(CONTENT_REASONS, detail)}${
      at === undefined ? '' : ` (line ${at})`
    }`,
    hint:
      detail === 'newer-version'
        ? `Nothing was submitted. ${contentAdvice(detail)}`
        : 'Nothing was submitted. Without it an application could be made twice and cost a slot: look at `cert history` first, and move the file away only when every application is settled there.',
  }),
  ENVIRONMENT_INVALID: ({ name, detail, other = '' }) => ({
    message: `${name}: ${environmentReason(detail, other)}`,
    hint: 'See `cert help environment`.',
  }),
  SECRETS_DAMAGED: ({ path, detail }) => ({
    message: `The encrypted file ${path} cannot be read: ${inWords(CONTENT_REASONS, detail)}`,
    hint:
      detail === 'newer-version'
        ? `Nothing was changed. ${contentAdvice(detail)}`
        : 'Nothing was changed. Restore it from a backup, or move it away and log in again.',
  }),
  PASSPHRASE_FILE_INVALID: ({ path, detail }) => ({
    message: `${path} holds no passphrase${detail === undefined ? '.' : `: ${inWords(CONTENT_REASONS, detail)}`}`,
    hint: 'Give a file with one line, or a pipe such as <(pass show cert).',
  }),
};
