/**
 * `npm run mutants [-- --only TEXT] [--jobs 1]`: breaks each line of the list in a copy of the tree and runs the tests
 * that have to notice. Ends with 1 where a mutant survives, with 2 where the list or the tests are not in order.
 */
import { parseArgs } from 'node:util';
import { runBaseline } from './baseline.ts';
import { faultsOf } from './check-list.ts';
import { type Verdict, verdictOf } from './judge.ts';
import { MUTANTS } from './list/index.ts';
import type { Mutant } from './mutant.ts';
import { endTrials, runTrial } from './trial.ts';
import { openWorkshop, whileBroken } from './workshop.ts';

const MOST_JOBS = 2;
const LEAST_LIMIT_MS = 60_000;
/** How many times longer than unbroken the tests may take; the machine may be busy. */
const SLOWNESS = 4;

const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, jobs: { type: 'string' } } });
const jobs = Math.max(1, Math.min(Number(values.jobs ?? MOST_JOBS) || 1, MOST_JOBS));
const chosen = MUTANTS.filter(({ promise, file }) => `${file} ${promise}`.includes(values.only));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const startedAt = Date.now();
stopAt(faultsOf(MUTANTS), 'The list is not in order');

const workshop = openWorkshop(jobs);
const close = (): void => {
  endTrials();
  workshop.remove();
};
process.once('exit', close);
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => process.exit(code));

say(`${chosen.length} mutants; first their tests, with nothing broken`);
const { durations, faults: failures } = await runBaseline(workshop.copies[0] as string, chosen, jobs);
stopAt(failures, 'The tests are not in order');
say(`they pass, after ${seconds(Date.now() - startedAt)}`);

const verdicts = new Map<Mutant, Verdict>();
const waiting = [...chosen];
await Promise.all(workshop.copies.map(work));
process.exitCode = report();

/** Ends the run where something is wrong that is no survivor. */
function stopAt(faults: readonly string[], what: string): void {
  if (faults.length === 0) return;
  for (const fault of faults) say(fault);
  say(`${what}: ${faults.length} to mend. Nothing was broken.`);
  process.exit(2);
}

/** Takes one mutant after the other until there is none left. */
async function work(copy: string): Promise<void> {
  for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
    const { tests, only } = mutant;
    const usualMs = tests.reduce((sum, file) => sum + (durations.get(file) ?? 0), 0);
    const names = only === undefined ? [] : [only];
    const trial = { tests, only: names, limitMs: LEAST_LIMIT_MS + SLOWNESS * usualMs, workers: 1, bail: true };
    const began = Date.now();
    const verdict = verdictOf(await whileBroken(copy, mutant, () => runTrial(copy, trial)));
    verdicts.set(mutant, verdict);
    const by = verdict.kind === 'noticed' ? ` by "${verdict.by}"` : '';
    const kind = verdict.kind === 'survived' ? 'SURVIVED' : verdict.kind;
    say(
      `${verdicts.size}/${chosen.length} ${seconds(Date.now() - began)} ${mutant.file}: ${mutant.promise}: ${kind}${by}`,
    );
  }
}

function report(): number {
  const of = (kind: Verdict['kind']) => [...verdicts].filter(([, verdict]) => verdict.kind === kind);
  for (const [{ file, search, replace, tests }, verdict] of [...of('void'), ...of('survived')]) {
    say(`\n${verdict.kind === 'void' ? 'NO VERDICT' : 'SURVIVED'}  ${file}`);
    say(`  - ${search}\n  + ${replace}\n  ${tests.join(' ')}`);
    if (verdict.kind === 'void') say(verdict.why);
  }
  const kinds = ['noticed', 'timed out', 'out of memory', 'survived', 'void'] as const;
  const counts = kinds.map((kind) => `${of(kind).length} ${kind === 'void' ? 'without a verdict' : kind}`);
  say(`\n${chosen.length} mutants: ${counts.join(', ')}; ${seconds(Date.now() - startedAt)}`);
  if (of('void').length > 0) return 2;
  return of('survived').length > 0 ? 1 : 0;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
