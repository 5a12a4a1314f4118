/**
 * Breaks `cert get`, `annotate` and `renew` in every way that is known, runs the same command again, and looks: at most
 * one new annotation at the portal, the file whole, and the second run finishes the job or says the truth (exit 9).
 * The portal may be at one address for one run and at another for the next, and its lists may lag through both.
 */
import { nothingBetween } from './between.ts';
import type { Random, Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';
import { openWorld } from './world.ts';

export interface Tally {
  readonly fault: string;
  runs: number;
  doubleSubmissions: number;
  lostOutcomes: number;
  brokenFiles: number;
  /** Second runs that ended with 9: allowed only where the portal lets nothing be known. */
  unknown: number;
}

/** The features of the portals that are tried, by turns. */
const FEATURES = [
  { idempotentSubmit: true, echoReference: true },
  { idempotentSubmit: false, echoReference: true },
  { idempotentSubmit: true, echoReference: false },
  { idempotentSubmit: false, echoReference: false },
] as const;

type Features = (typeof FEATURES)[number];

/** Mulberry32: the same numbers for the same seed. */
function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Campaign {
  readonly runs: number;
  readonly seed: number;
  readonly concurrency: number;
  /** Only the faults whose name contains this. */
  readonly only?: string;
}

export async function runFaults({ runs, seed, concurrency, only = '' }: Campaign): Promise<Tally[]> {
  const scenarios = shuffled(
    SCENARIOS.filter(({ name }) => name.includes(only)),
    seeded(seed),
  );
  const tallies = new Map<string, Tally>();
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < runs; index = next++) {
      const [round, position] = [Math.floor(index / scenarios.length), index % scenarios.length];
      const scenario = scenarios[position] as Scenario;
      const tally = tallies.get(scenario.name) ?? emptyTally(scenario.name);
      tallies.set(scenario.name, tally);
      const features = FEATURES[(round + position) % FEATURES.length] as Features;
      await runOne(features, seeded(seed * 100_003 + index), scenario, tally);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return [...tallies.values()];
}

/** In an order of chance, so that a few runs are some of each kind. */
function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

const emptyTally = (fault: string): Tally => ({
  fault,
  runs: 0,
  doubleSubmissions: 0,
  lostOutcomes: 0,
  brokenFiles: 0,
  unknown: 0,
});

/** `annotate` applies anew once it has said what became of its application: it runs again only where it has not. */
const COMMANDS = ['get', 'get', 'annotate', 'renew'] as const;

async function runOne(features: Features, random: Random, scenario: Scenario, tally: Tally): Promise<void> {
  const command = COMMANDS[Math.floor(random() * COMMANDS.length)] as (typeof COMMANDS)[number];
  const world = await openWorld({ command, generateAfterMs: random() < 0.8 ? 0 : 1_200, features });
  try {
    const before = (await world.annotations()).length;
    const codes = await scenario.run(world, random);
    world.watch = () => {};
    await scenario.repair?.(world);
    await world.control('DELETE', '/faults');
    if ((await world.file()) === 'broken') tally.brokenFiles += 1;
    const code = command === 'annotate' && codes.includes(0) ? 0 : await world.run();
    const made = (await world.annotations()).length - before;
    const file = await world.file();
    tally.runs += 1;
    if (made > 1) tally.doubleSubmissions += 1;
    if (file === 'broken') tally.brokenFiles += 1;
    // The copy that was to be renewed is that of the latest annotation where nothing was made.
    const untouched = command !== 'renew' ? 'absent' : made === 0 ? 'whole' : 'earlier';
    // What a list does not show may have been made.
    const mayBe = world.between === nothingBetween ? made === 0 : made <= 1;
    const isHonest = code === 9 && !features.idempotentSubmit && mayBe && file === untouched;
    const isDone = code === 0 && made === 1 && file === (command === 'annotate' ? 'absent' : 'whole');
    if (isHonest) tally.unknown += 1;
    else if (!isDone) tally.lostOutcomes += 1;
  } finally {
    await world.close();
  }
}
