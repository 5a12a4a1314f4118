import { spawn } from 'node:child_process';

const PAIRS = 15;
const WARM_UP = 2;

const once = (args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> =>
  new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, args, { env, stdio: 'ignore' });
    child.once('error', reject);
    child.once('close', () => resolve(performance.now() - startedAt));
  });

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

/** How often longer `args` takes than `base`, both run by node, as the median of the ratios pair by pair. */
export async function measure(args: readonly string[], base: readonly string[], env: NodeJS.ProcessEnv) {
  const pairs: { ratio: number; ms: number }[] = [];
  for (let run = -WARM_UP; run < PAIRS; run += 1) {
    const baseMs = await once(base, env);
    const ms = await once(args, env);
    if (run >= 0) pairs.push({ ratio: ms / baseMs, ms });
  }
  return { ratio: median(pairs.map(({ ratio }) => ratio)), medianMs: median(pairs.map(({ ms }) => ms)) };
}
