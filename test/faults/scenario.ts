/** What can go wrong once, and the ways to kill `cert` in the middle of it. */
import type { World } from './world.ts';

/** A number in [0, 1). */
export type Random = () => number;

export interface Scenario {
  readonly name: string;
  /** Runs the command under the fault, as often as the fault wants, and gives the exit codes; -1 for a run that was killed. */
  run(world: World, random: Random): Promise<number[]>;
  /** Undoes what would make every later run fail too. */
  repair?(world: World): Promise<void>;
}

/** Runs `cert`, and kills it when `kill` says so. */
export const killed = (world: World, kill: (end: () => void) => void, options?: Parameters<World['start']>[0]) =>
  new Promise<number[]>((resolve) => {
    const child = world.start(options);
    child.once('close', (code) => resolve([code ?? -1]));
    kill(() => world.kill(child));
  });

/** SIGKILL at the moment at which the portal has received, or has answered, a request. */
export const killedAt = (world: World, method: string, path: RegExp, moment: 'before' | 'after') =>
  killed(world, (end) => {
    world.watch = (when, request) => {
      if (when === moment && request.method === method && path.test(new URL(request.url).pathname)) end();
    };
  });

export const killedOnTheWay = (world: World, random: Random, options?: Parameters<World['start']>[0]) =>
  killed(world, (end) => setTimeout(end, 200 + random() * 300), options);
