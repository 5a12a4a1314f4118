/** Reads the text of PDFs as `cert` does, in the built process. */
import { fileURLToPath } from 'node:url';
import { spawnTextChild } from '../../src/cli/other-programs.ts';
import { textInChildren } from '../../src/pdf/text/text-process.ts';

const CHILD = fileURLToPath(new URL('../../dist/text-child.cjs', import.meta.url));

export const startTextChild = () => spawnTextChild(process.env, CHILD);

export const pageText = textInChildren({ spawn: startTextChild });
