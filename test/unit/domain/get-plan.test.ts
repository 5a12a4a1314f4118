import { describe, expect, it } from 'vitest';
import { dueOn, mayHold, planGet } from '../../../src/domain/get-plan.ts';

type Situation = Parameters<typeof planGet>[0];

const TODAY = '2026-11-24';
const saved = (validUntil: string | null, more: object = {}) => ({
  annotationId: 'a-0',
  scenario: 'self',
  validUntil,
  ...more,
});
const annotation = (id: string, status: 'ready' | 'generating' | 'expired' | 'failed', more: object = {}) => ({
  id,
  status,
  scenario: 'self',
  requestedAt: '2026-11-24T10:00:00+08:00',
  validDays: 90,
  ...more,
});
const ready = (id: string, validUntil: string, more: object = {}) => annotation(id, 'ready', { validUntil, ...more });
const plan = (situation: Partial<Situation>) =>
  planGet({
    annotationRequired: true,
    annotations: [],
    saved: [],
    scenario: 'self',
    today: TODAY,
    minDays: 1,
    ...situation,
  });

describe('the plan', () => {
  it.each<[string, Partial<Situation>, string]>([
    ['nothing', {}, 'apply'],
    ['a good file', { saved: [saved('2026-12-01')] }, 'up-to-date'],
    ['a file that holds too short', { saved: [saved('2026-12-01')], minDays: 8 }, 'apply'],
    ['a file that holds just long enough', { saved: [saved('2026-12-01')], minDays: 7 }, 'up-to-date'],
    ['a file of the last day', { saved: [saved(TODAY)] }, 'apply'],
    ['a file of the last day, which is enough', { saved: [saved(TODAY)], minDays: 0 }, 'up-to-date'],
    ['a file of yesterday', { saved: [saved('2026-11-23')], minDays: 0 }, 'apply'],
    ['a file for another scenario', { saved: [saved('2026-12-01', { scenario: 'court' })] }, 'apply'],
    ['an annotation that is ready', { annotations: [ready('a-1', '2026-12-01')] }, 'download'],
    [
      'one that is ready for another scenario',
      { annotations: [ready('a-1', '2026-12-01', { scenario: 'court' })] },
      'apply',
    ],
    ['one that is ready but ends too soon', { annotations: [ready('a-1', '2026-12-01')], minDays: 30 }, 'apply'],
    ['one that is generating', { annotations: [annotation('a-1', 'generating')] }, 'join'],
    [
      'one that is generating and will end too soon',
      { annotations: [annotation('a-1', 'generating', { validDays: 13 })], minDays: 14 },
      'apply',
    ],
    [
      'one that is generating and will hold just long enough',
      { annotations: [annotation('a-1', 'generating', { validDays: 14 })], minDays: 14 },
      'join',
    ],
    ['one that expired', { annotations: [annotation('a-1', 'expired', { validUntil: '2026-11-01' })] }, 'apply'],
    ['one that failed', { annotations: [annotation('a-1', 'failed')] }, 'apply'],
    [
      'one that failed after one that is ready',
      { annotations: [annotation('a-2', 'failed'), ready('a-1', '2026-12-01')] },
      'download',
    ],
    [
      'one that is generating after one that is ready',
      { annotations: [annotation('a-2', 'generating'), ready('a-1', '2026-12-01')] },
      'download',
    ],
    ['no need of an annotation', { annotationRequired: false }, 'download'],
    [
      'no need of an annotation, and a file',
      { annotationRequired: false, saved: [saved(null, { annotationId: null, scenario: null })] },
      'up-to-date',
    ],
  ])('with %s', (_, situation, step) => {
    expect(plan(situation).step).toBe(step);
  });

  it('takes the annotation that holds longest', () => {
    const annotations = [ready('a-1', '2026-12-01'), ready('a-2', '2027-01-01')];
    expect(plan({ annotations })).toMatchObject({ step: 'download', annotation: { id: 'a-2' } });
  });
});

it.each([
  ['2026-12-08', 14, '2026-11-25'],
  ['2026-12-08', 1, '2026-12-08'],
  ['2026-12-08', 0, '2026-12-09'],
])('a file until %s that must hold %i days is due on %s', (validUntil, minDays, day) => {
  expect(dueOn(validUntil, minDays)).toBe(day);
  expect(plan({ saved: [saved(validUntil)], minDays, today: day }).step).toBe('apply');
});

it.each([
  ['suspended', '2026-12-01', true],
  ['suspended', '2026-11-01', false],
  ['failed', '2026-12-01', false],
  ['ready', '2026-12-01', false],
])(
  'an annotation that is %s until %s may hold, or come to hold, for all that is known: %j',
  (status, validUntil, may) => {
    expect(mayHold({ ...ready('a-1', validUntil), status }, '2026-11-24')).toBe(may);
  },
);
