/** What is wrong with the list itself: it rots when the code that it promise moves on. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'rolldown/parseAst';
import { type Mutant, mutated, occurrences } from './mutant.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A line for each fault, with the mutant that it is about; none where the list is in order. */
export const faultsOf = (mutants: readonly Mutant[]): string[] => mutants.flatMap(faultOf);

function faultOf(mutant: Mutant): string[] {
  const { promise, file, search, replace, tests, only } = mutant;
  const fault = (what: string) => [`${file}: ${promise}: ${what}`];
  const code = read(file);
  if (code === undefined) return fault('no such file');
  const count = occurrences(code, search);
  if (count !== 1) return fault(`the text to replace stands there ${count} times, not once: ${search}`);
  if (search === replace) return fault('nothing is broken');
  if (!isProgram(mutated(code, mutant))) return fault(`what it replaces it by is no program: ${replace}`);
  const missing = tests.find((test) => !existsSync(join(ROOT, test)));
  if (missing !== undefined || tests.length === 0) return fault(`no such test file: ${missing ?? 'none is named'}`);
  if (only !== undefined && !tests.some((test) => read(test)?.includes(only))) return fault(`no such test: ${only}`);
  return [];
}

const read = (path: string): string | undefined =>
  existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : undefined;

function isProgram(code: string): boolean {
  try {
    parseAst(code, { lang: 'ts' });
    return true;
  } catch {
    return false;
  }
}
