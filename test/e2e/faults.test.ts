import { expect, it } from 'vitest';
import { runFaults } from '../faults/harness.ts';

/** A share of `npm run faults`, always the same. */
const SEED = 1;
const RUNS = 40;

it(`loses nothing and submits nothing twice in ${RUNS} runs with faults (seed ${SEED})`, {
  timeout: 300_000,
}, async () => {
  const tallies = await runFaults({ runs: RUNS, seed: SEED, concurrency: 3 });
  expect(tallies.reduce((sum, { runs }) => sum + runs, 0)).toBe(RUNS);
  const bad = tallies.filter((t) => t.doubleSubmissions + t.lostOutcomes + t.brokenFiles > 0);
  expect(bad).toEqual([]);
});
