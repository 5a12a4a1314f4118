import { expect, it } from 'vitest';
import { eventsOf, ZONES } from '../support/calendar.ts';
import { useRealWorld } from '../support/executable.ts';

const world = useRealWorld();

it.each(ZONES)('on a machine in %s, the calendar has the day of the portal', async (TZ) => {
  const wanted = ['get', 'c-nurse-2023', '--yes', '-o', 'nurse.pdf', '--json'];
  const { json } = await world.cert(wanted, world.env('demo_nurse', { TZ }));
  const { out } = await world.cert(['remind', '--ics', '-'], world.env(undefined, { TZ }));
  expect(eventsOf(out).map(({ start }) => start)).toEqual([json.data.results[0].file.validUntil]);
});
