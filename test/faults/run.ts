/** `npm run faults -- --runs 500 --seed 1 [--only FAULT]`: breaks `cert` in every known way and prints what was lost. */
import { parseArgs } from 'node:util';
import { runFaults } from './harness.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    seed: { type: 'string' },
    concurrency: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});
const runs = Number(values.runs ?? 500);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
process.stdout.write(`seed ${seed}, ${runs} runs\n`);
const tallies = await runFaults({ runs, seed, only: values.only, concurrency: Number(values.concurrency ?? 4) });

const COLUMNS = ['runs', 'doubleSubmissions', 'lostOutcomes', 'brokenFiles', 'unknown'] as const;
const TITLES = ['fault', 'runs', 'double submissions', 'lost outcomes', 'broken files', 'unknown, said so'];
const totals = COLUMNS.map((column) => tallies.reduce((sum, tally) => sum + tally[column], 0));
const rows = tallies
  .sort((a, b) => a.fault.localeCompare(b.fault))
  .map((tally) => [tally.fault, ...COLUMNS.map((c) => String(tally[c]))]);
const nameWidth = Math.max(...tallies.map(({ fault }) => fault.length));
for (const row of [TITLES, ...rows, ['all', ...totals.map(String)]])
  process.stdout.write(
    `${row.map((cell, index) => (index === 0 ? cell.padEnd(nameWidth) : cell.padStart(TITLES[index]?.length ?? 0))).join('  ')}\n`,
  );
process.exitCode = (totals[1] ?? 0) + (totals[2] ?? 0) + (totals[3] ?? 0) === 0 ? 0 : 1;
