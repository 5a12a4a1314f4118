/** A line of `src` that is broken on purpose, and the tests of which one has to fail. */
export interface Mutant {
  /** The promise or rule that no longer holds. */
  readonly promise: string;
  /** From the root of the project. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly search: string;
  readonly replace: string;
  readonly tests: readonly string[];
  /** Runs only the tests whose name contains this: a piece of a name as it stands in one of the files. */
  readonly only?: string | undefined;
}

type Broken = readonly [promise: string, search: string, replace: string, only?: string];

/** Mutants of one file that the same tests have to notice. */
export const mutantsOf = (file: string, tests: readonly string[], broken: readonly Broken[]): readonly Mutant[] =>
  broken.map(([promise, search, replace, only]) => ({ promise, file, search, replace, tests, only }));

/** How often a text stands in another. */
export const occurrences = (text: string, search: string): number => text.split(search).length - 1;

/** The code with the line broken. @throws Error where the text to replace does not stand there exactly once */
export function mutated(code: string, { file, search, replace }: Mutant): string {
  const count = occurrences(code, search);
  if (count !== 1) throw new Error(`${file}: found ${count} times, not once: ${search}`);
  return code.replace(search, () => replace);
}
