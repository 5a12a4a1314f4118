/** One run of test files in a copy of the tree, bounded in time and memory: a broken line may loop, or eat all there is. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Of one process: its JavaScript heap, and all that it allocates (RLIMIT_DATA, where the system knows it). */
const HEAP_MEGABYTES = 1_024;
const DATA_KILOBYTES = 3 * 1_024 * 1_024;
const MOST_OUTPUT = 200_000;

export interface Trial {
  readonly tests: readonly string[];
  /** Only tests whose name contains one of these; all where there is none. */
  readonly only: readonly string[];
  readonly limitMs: number;
  readonly workers: number;
  /** Whether to end with the first test that fails. */
  readonly bail: boolean;
}

interface TestResult {
  readonly fullName: string;
  readonly status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo' | 'disabled';
}

/** What vitest says of a run in its report. */
interface Report {
  readonly testResults: readonly {
    /** The path of the test file. */
    readonly name: string;
    readonly status: 'passed' | 'failed';
    readonly message: string;
    readonly startTime: number;
    readonly endTime: number;
    readonly assertionResults: readonly TestResult[];
  }[];
}

export interface Ended {
  /** Absent where vitest did not get so far. */
  readonly report?: Report | undefined;
  readonly code: number | null;
  readonly isTimedOut: boolean;
  readonly isOutOfMemory: boolean;
  readonly output: string;
}

const running = new Set<number>();

/** Ends every trial that is under way. */
export function endTrials(): void {
  for (const group of running) kill(group);
}

/** Each trial is a process group, so that its end takes along whatever its tests have started. */
function kill(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

const escaped = (name: string): string => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

export async function runTrial(copy: string, { tests, only, limitMs, workers, bail }: Trial): Promise<Ended> {
  const reportFile = join(copy, 'report.json');
  rmSync(reportFile, { force: true });
  const command = [
    process.execPath,
    join(copy, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...['--config', 'test/mutants/vitest.config.ts', '--reporter=json', `--outputFile=${reportFile}`],
    ...[`--maxWorkers=${workers}`, ...(bail ? ['--bail=1'] : [])],
    ...(only.length === 0 ? [] : [`--testNamePattern=${only.map(escaped).join('|')}`]),
    ...tests,
  ];
  const child = spawn('sh', ['-c', `ulimit -d ${DATA_KILOBYTES}; exec "$@"`, 'sh', ...command], {
    cwd: copy,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: `--max-old-space-size=${HEAP_MEGABYTES}`,
      MUTANT_NEEDS_BUILD: tests.some((file) => file.startsWith('test/e2e/')) ? '1' : '',
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output = (output + chunk).slice(-MOST_OUTPUT);
    });
  const group = child.pid as number;
  running.add(group);
  let isTimedOut = false;
  const timer = setTimeout(() => {
    isTimedOut = true;
    kill(group);
  }, limitMs);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  clearTimeout(timer);
  kill(group);
  running.delete(group);
  const isOutOfMemory = /heap out of memory|allocation fail|out of memory/i.test(output);
  return { report: readReport(reportFile), code, isTimedOut, isOutOfMemory, output };
}

function readReport(path: string): Report | undefined {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
