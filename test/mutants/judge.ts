/** What the end of a trial says of a mutant. */
import type { Ended } from './trial.ts';

export type Verdict =
  /** A test failed: its name. */
  | { readonly kind: 'noticed'; readonly by: string }
  /** The tests never ended, or ate more than they were allowed to: they would not pass like that. */
  | { readonly kind: 'timed out' | 'out of memory' }
  | { readonly kind: 'survived' }
  /** No verdict: the tests did not run. The list, or this script, is at fault. */
  | { readonly kind: 'void'; readonly why: string };

const TAIL = 1_500;

export function verdictOf({ report, code, isTimedOut, isOutOfMemory, output }: Ended): Verdict {
  if (isTimedOut) return { kind: 'timed out' };
  const files = report?.testResults ?? [];
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.find(({ status }) => status === 'failed');
  if (failed !== undefined) return { kind: 'noticed', by: failed.fullName };
  if (isOutOfMemory) return { kind: 'out of memory' };
  const unloaded = files.find(({ status }) => status === 'failed');
  if (unloaded !== undefined) return { kind: 'void', why: unloaded.message.slice(0, TAIL) };
  const ran = tests.some(({ status }) => status === 'passed');
  if (code === 0 && ran) return { kind: 'survived' };
  if (ran && output.includes('Unhandled')) return { kind: 'noticed', by: 'an error that nobody caught' };
  return { kind: 'void', why: ran ? output.slice(-TAIL) : `no test ran\n${output.slice(-TAIL)}` };
}
