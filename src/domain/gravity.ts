import type { CertError, ExitCode } from '../errors.ts';

/** From the gravest: with which exit code a command ends whose results fail differently. The documents take it from here. */
export const GRAVITY: readonly ExitCode[] = [130, 143, 9, 1, 4, 11, 12, 2, 6, 5, 7, 10, 8, 3];

/** The failure whose exit code a command with several results ends with; undefined when there is none. */
export const gravest = (errors: readonly CertError[]): CertError | undefined =>
  [...errors].sort((a, b) => GRAVITY.indexOf(a.exit) - GRAVITY.indexOf(b.exit))[0];
