/** The list of `npm run mutants`: the code that it breaks moves on, and a line that is not found breaks nothing. */
import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../mutants/check-list.ts';
import { verdictOf } from '../../mutants/judge.ts';
import { MUTANTS } from '../../mutants/list/index.ts';
import { type Mutant, mutated } from '../../mutants/mutant.ts';
import type { Ended } from '../../mutants/trial.ts';

describe('the list of mutants', () => {
  it('breaks lines that are there, once each, for tests that are there', () => expect(faultsOf(MUTANTS)).toEqual([]));

  it('says of each what it breaks', () => {
    const names = MUTANTS.map(({ file, promise, tests }) => `${file}: ${promise} (${tests})`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.length).toBeGreaterThan(40);
  });

  const sound: Mutant = {
    promise: 'the list is looked at',
    file: 'test/mutants/check-list.ts',
    search: "if (search === replace) return fault('nothing is broken');",
    replace: '',
    tests: ['test/unit/house/mutants.test.ts'],
  };
  it.each<[string, Partial<Mutant>, RegExp]>([
    ['a file that is gone', { file: 'src/gone.ts' }, /no such file/],
    ['a line that is gone', { search: 'no such line' }, /0 times/],
    ['a line that is there twice', { search: 'return fault(' }, /\d+ times/],
    ['nothing broken', { replace: sound.search }, /nothing is broken/],
    ['no program left', { replace: 'if (' }, /no program/],
    ['a test file that is gone', { tests: ['test/gone.test.ts'] }, /no such test file/],
    ['no test file', { tests: [] }, /no such test file/],
    ['a test that is gone', { only: 'x'.repeat(99) }, /no such test: x+$/],
  ])('is told of %s', (_, over, text) => {
    expect(faultsOf([sound])).toEqual([]);
    expect(faultsOf([{ ...sound, ...over }])).toEqual([expect.stringMatching(text)]);
  });

  it('replaces by what is written, dollar signs too', () => {
    expect(mutated('a b c', { ...sound, search: 'b', replace: '$&$1' })).toBe('a $&$1 c');
    expect(() => mutated('b b', { ...sound, search: 'b' })).toThrow('2 times');
  });
});

describe('the verdict on a mutant', () => {
  const passed = { fullName: 'one', status: 'passed' } as const;
  const failed = { fullName: 'two', status: 'failed' } as const;
  const file = (...assertionResults: (typeof passed | typeof failed)[]) => ({
    name: 'a.test.ts',
    status: assertionResults.every(({ status }) => status === 'passed') ? ('passed' as const) : ('failed' as const),
    message: 'because',
    startTime: 0,
    endTime: 1,
    assertionResults,
  });
  const ended: Ended = { code: 1, isTimedOut: false, isOutOfMemory: false, output: '' };
  const reportOf = (...results: ReturnType<typeof file>[]) => ({ testResults: results });

  it.each<[string, Partial<Ended>, object]>([
    ['a test that failed', { report: reportOf(file(passed, failed)) }, { kind: 'noticed', by: 'two' }],
    ['no test that failed', { code: 0, report: reportOf(file(passed)) }, { kind: 'survived' }],
    ['no end', { code: null, isTimedOut: true }, { kind: 'timed out' }],
    ['no memory left', { isOutOfMemory: true }, { kind: 'out of memory' }],
    ['no test that ran', { code: 0, report: reportOf(file()) }, { kind: 'void' }],
    [
      'a file that does not load',
      { report: reportOf({ ...file(), status: 'failed' }) },
      { kind: 'void', why: 'because' },
    ],
    ['no report', { output: 'no such option' }, { kind: 'void' }],
    [
      'an error beside the tests',
      { report: reportOf(file(passed)), output: 'Unhandled Rejection' },
      { kind: 'noticed' },
    ],
    ['tests that pass, and a runner that fails', { report: reportOf(file(passed)) }, { kind: 'void' }],
  ])('after %s', (_, over, verdict) => expect(verdictOf({ ...ended, ...over })).toMatchObject(verdict));
});
