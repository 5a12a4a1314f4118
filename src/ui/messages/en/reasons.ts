import type {
  ContentReason,
  EnvironmentReason,
  FileReason,
  InputReason,
  PathReason,
  SystemCode,
  TrustFileReason,
} from '../../../errors.ts';

/** Why a file cannot be read or written. */
export const FILE_REASONS: Readonly<Record<FileReason, string>> = {
  'no-permission': 'permission denied',
  'read-only': 'the disk is read-only',
  'no-folder': 'its folder does not exist',
  'parent-is-file': 'its folder is not a folder',
  'is-folder': 'it is a folder',
  exists: 'it exists already',
  'disk-full': 'no space is left on the disk',
  'disk-quota': 'the disk quota is used up',
  'too-large': 'it is too large',
  'name-too-long': 'the name is too long',
  'link-loop': 'its links go round in circles',
  'in-use': 'another program is using it',
  'in-use-by-cert': 'another cert is using it',
  'not-a-file': 'it is not a file',
  'not-a-lock': 'it is in the way of a lock, and cert did not make it; remove it',
};

/** Why a file of ours cannot be used. */
export const CONTENT_REASONS: Readonly<Record<FileReason | ContentReason, string>> = {
  ...FILE_REASONS,
  'not-json': 'it is not JSON',
  'newer-version': 'a newer version of cert wrote it',
  'wrong-value': 'something in it is not valid',
  damaged: 'it is damaged',
  missing: 'there is no such file',
  'too-slow': 'the program that writes to it did not finish in time',
};

/** What to do about it. Only a file that is of no use to anybody is to be moved away. */
export function contentAdvice(reason: FileReason | ContentReason | SystemCode): string {
  if (reason === 'newer-version') return 'Update cert.';
  if (reason === 'no-permission') return 'Check its permissions and whose it is.';
  return 'Mend the file, or move it away to start afresh.';
}

const ENVIRONMENT_REASONS: Readonly<Record<EnvironmentReason, (other: string) => string>> = {
  'not-a-token': () => 'not a token',
  incomplete: (other) => `not set, and needed together with ${other}`,
  'with-profile': () => 'cannot be used together with --profile',
  'not-absolute': (path) => `not an absolute path: ${path}`,
  'no-home': () => 'names no home folder',
  'not-one-of': (values) => `give one of ${values}`,
};

/** Why something cannot be a path. */
export const PATH_REASONS: Readonly<Record<PathReason, (at: string) => string>> = {
  empty: () => 'it is empty',
  invisible: (at) => `it contains an invisible character (${at})`,
  'other-home': () => 'only your own home folder can be written as ~',
};

/** Why a file is of no use as one of certificates. */
export const TRUST_FILE_REASONS: Readonly<Record<TrustFileReason, string>> = {
  'too-large': 'it is too large',
  'no-certificate': 'no certificate is in it',
  'too-many-certificates': 'too many certificates are in it',
  damaged: 'what it holds cannot be read as certificates',
};

/** What is wrong with a variable. */
export const environmentReason = (reason: EnvironmentReason, other: string): string =>
  ENVIRONMENT_REASONS[reason](other);

/** Why something that was given is not used, and how to give it. */
export const INPUT_REASONS: Readonly<Record<InputReason, { readonly what: string; readonly advice: string }>> = {
  blank: { what: 'it contains a space', advice: 'A user name has no spaces.' },
  'blank-at-end': {
    what: 'it begins or ends with a space',
    advice:
      'In cmd.exe write `echo PASSWORD|` without a space before the bar; if the space belongs to it, type it at the prompt.',
  },
  untypable: {
    what: 'it contains a character that cannot be typed (a control character, an invisible one or a special space)',
    advice: 'Type it instead of pasting it, or save the file again as UTF-8.',
  },
  'several-lines': { what: 'there are more lines than were asked for', advice: 'Give one line for each value.' },
  'too-long': {
    what: 'it is too long',
    advice: 'Check that this is the right file or program: it gives one short line.',
  },
  'not-text': {
    what: 'it is not text in UTF-8',
    advice: 'In PowerShell `>` may write UTF-16: use `Set-Content -Encoding utf8`.',
  },
};
