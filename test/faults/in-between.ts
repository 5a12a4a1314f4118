/** Lists that lag, gateways that answer in the portal's place, and a portal with several names. */
import type { StaleList } from '../support/stale-lists.ts';
import { both, type GatewayAnswer, gateway, nothingBetween, staleLists } from './between.ts';
import { killedAt, killedOnTheWay, type Random, type Scenario } from './scenario.ts';
import type { World } from './world.ts';

const chosen = <T>(items: readonly T[], random: Random): T => items[Math.floor(random() * items.length)] as T;

const RUNS_AGAIN = {
  'killed on the way': killedOnTheWay,
  'killed after the answer': (world: World) => killedAt(world, 'GET', /\/annotations\/[^/]+$/, 'before'),
  'killed before the answer': (world: World) => killedAt(world, 'POST', /\/annotations$/, 'after'),
  'ended with 8': async (world: World) => {
    await world.control('POST', '/settings', { generateAfterMs: 3_000 });
    return [await world.run({ timeout: '1s' })];
  },
  'two at once': (world: World) => Promise.all([world.run(), world.run()]),
} as const;

const LAGS: Readonly<Record<string, readonly StaleList[]>> = {
  'list of certificates': ['certificates'],
  'list of annotations': ['annotations'],
  'both lists': ['certificates', 'annotations'],
};

/** The lists catch up before the command runs again, or they do not. */
const lagging = (name: string, lists: readonly StaleList[]): Scenario[] =>
  Object.entries(RUNS_AGAIN).map(([how, act]) => ({
    name: `${name} lagging, ${how}`,
    run: async (world, random) => {
      world.between = staleLists(...lists);
      const codes = await act(world, random);
      if (random() < 0.5) world.between = nothingBetween;
      return codes;
    },
  }));

const CODES: Readonly<Record<number, readonly string[]>> = {
  401: ['SESSION_EXPIRED'],
  403: ['BLOCKED', 'CHALLENGE_REQUIRED'],
  409: ['CONFLICT', 'QUOTA_EXHAUSTED', 'IDEMPOTENCY_KEY_REUSED'],
};

const answered = (status: number, as: GatewayAnswer['as'], passesOn: boolean): Scenario => ({
  name: `gateway: ${status} as ${as} ${passesOn ? 'after' : 'before'} submission`,
  run: async (world, random) => {
    const answer = { status, as, passesOn, code: chosen(CODES[status] ?? ['BLOCKED'], random) };
    const between = gateway(answer, 1 + Math.floor(random() * 3));
    const isLagging = random() < 0.3;
    const lists = staleLists('certificates', 'annotations');
    world.between = isLagging ? both(lists, between) : between;
    const codes = [await world.run()];
    world.between = isLagging && random() < 0.5 ? lists : nothingBetween;
    return codes;
  },
});

/** Each run calls the portal by another of its names, now and then with lists that lag. */
const spelledOtherwise = (how: string, act: (world: World, random: Random) => Promise<number[]>): Scenario => ({
  name: `another spelling, ${how}`,
  run: async (world, random) => {
    world.spelling = chosen(world.spellings, random);
    const { spelling } = world;
    if (random() < 0.5) world.between = staleLists('certificates', 'annotations');
    const codes = await act(world, random);
    world.spelling = chosen(
      world.spellings.filter((other) => other !== spelling),
      random,
    );
    return codes;
  },
});

const twoSpellings = (world: World, random: Random) => {
  const first = world.run();
  world.spelling = chosen(world.spellings, random);
  return Promise.all([first, world.run()]);
};

export const IN_BETWEEN: readonly Scenario[] = [
  ...Object.entries(LAGS).flatMap(([name, lists]) => lagging(name, lists)),
  ...[308, 401, 403, 409, 502].flatMap((status) =>
    (['problem', 'page'] as const).flatMap((as) => [answered(status, as, false), answered(status, as, true)]),
  ),
  spelledOtherwise('killed on the way', killedOnTheWay),
  spelledOtherwise('killed after the answer', RUNS_AGAIN['killed after the answer']),
  spelledOtherwise('killed before the answer', RUNS_AGAIN['killed before the answer']),
  spelledOtherwise('two at once', twoSpellings),
];
