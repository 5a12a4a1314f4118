/** The tests of the list, while nothing is broken: they have to pass, and their time is the measure of a broken one's. */
import { relative } from 'node:path';
import type { Mutant } from './mutant.ts';
import { type Ended, runTrial } from './trial.ts';

const LIMIT_MS = 15 * 60_000;

export interface Baseline {
  /** Milliseconds of each test file, by its path. */
  readonly durations: ReadonlyMap<string, number>;
  /** What is not in order, a line each. */
  readonly faults: readonly string[];
}

/** Runs whole the files of which any mutant wants the whole, of the others the tests that are wanted. */
export async function runBaseline(copy: string, mutants: readonly Mutant[], workers: number): Promise<Baseline> {
  const whole = new Set(mutants.flatMap(({ tests, only }) => (only === undefined ? tests : [])));
  const partly = mutants.filter(({ tests, only }) => only !== undefined && !tests.every((file) => whole.has(file)));
  const rest = new Set(partly.flatMap(({ tests }) => tests.filter((file) => !whole.has(file))));
  const only = [...new Set(partly.flatMap((mutant) => mutant.only ?? []))];
  const common = { limitMs: LIMIT_MS, workers, bail: false };
  const ends: Ended[] = [];
  if (whole.size > 0) ends.push(await runTrial(copy, { ...common, tests: [...whole], only: [] }));
  if (rest.size > 0) ends.push(await runTrial(copy, { ...common, tests: [...rest], only }));

  const files = ends.flatMap(({ report }) => report?.testResults ?? []);
  const results = new Map(files.map((file) => [relative(copy, file.name), file]));
  const faults: string[] = [];
  for (const path of [...whole, ...rest]) {
    const result = results.get(path);
    const failed = result?.assertionResults.filter(({ status }) => status === 'failed') ?? [];
    if (result === undefined) faults.push(`${path} did not run:\n${ends.at(-1)?.output.slice(-1_000)}`);
    else if (failed.length > 0) faults.push(`${path} fails: ${failed.map(({ fullName }) => fullName).join('; ')}`);
    else if (result.status === 'failed') faults.push(`${path} does not load: ${result.message}`);
  }
  for (const { file, promise, tests, only: name = '' } of mutants) {
    const passed = tests.flatMap((path) => results.get(path)?.assertionResults ?? []);
    if (!passed.some(({ status, fullName }) => status === 'passed' && fullName.includes(name)))
      faults.push(`${file}: ${promise}: no test is called: ${name}`);
  }
  const durations = [...results].map(([path, { startTime, endTime }]) => [path, endTime - startTime] as const);
  return { durations: new Map(durations), faults };
}
