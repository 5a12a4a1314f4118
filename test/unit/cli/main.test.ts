import type { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { realClock } from '../../../src/cli/main.ts';
import { CertError } from '../../../src/errors.ts';

const DAY_MS = 86_400_000;
/** Node makes a timer that is longer one of 1 ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

describe('the clock', () => {
  it.each([0, 1, 24 * DAY_MS, LONGEST_TIMER_MS, 25 * DAY_MS, 366 * DAY_MS])(
    'sleeps %i ms in timers of Node',
    async (ms) => {
      const timers: number[] = [];
      const pause = (async (timerMs: number) => void timers.push(timerMs)) as typeof setTimeout;
      await realClock(new AbortController().signal, pause).sleep(ms);
      expect(timers.reduce((sum, timer) => sum + timer, 0)).toBe(ms);
      expect(timers.filter((timer) => timer > LONGEST_TIMER_MS)).toEqual([]);
    },
  );

  it('wakes when cert is to end', async () => {
    const controller = new AbortController();
    const sleeping = realClock(controller.signal).sleep(366 * DAY_MS);
    controller.abort(new CertError('INTERRUPTED', {}));
    await expect(sleeping).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
