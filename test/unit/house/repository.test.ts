/** What the host of the repository reads: workflows, issue forms, updates of dependencies. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const { engines, scripts, devDependencies } = JSON.parse(read('package.json'));

const files = readdirSync(join(ROOT, '.github'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yml'))
  .map((name) => `.github/${name.replaceAll('\\', '/')}`);
const below = (folder: string): string[] => files.filter((path) => path.startsWith(`.github/${folder}/`));

// biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
const yaml = (path: string): any => parseDocument(read(path)).toJS();

it.each(files)('%s is YAML without a fault', (path) => {
  const { errors, warnings } = parseDocument(read(path));
  expect([...errors, ...warnings]).toEqual([]);
});

describe.each(below('workflows'))('%s', (path) => {
  interface Step {
    readonly uses?: string;
    readonly run?: string;
  }
  const { permissions, jobs } = yaml(path) as {
    permissions: object;
    jobs: Record<string, { steps: Step[]; 'timeout-minutes': number; permissions?: object }>;
  };
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  it('may only read, and ends', () => {
    expect(permissions).toEqual({ contents: 'read' });
    expect(read(path)).not.toMatch(/secrets\.|pull_request_target/);
    for (const job of Object.values(jobs)) {
      expect(job).not.toHaveProperty('permissions');
      expect(job['timeout-minutes']).toBeGreaterThan(0);
    }
  });

  it('uses actions of a stated major version', () => {
    const uses = steps.flatMap((step) => step.uses ?? []);
    expect(uses.length).toBeGreaterThan(1);
    expect(uses.filter((action) => !/^actions\/[\w-]+@v\d+$/.test(action))).toEqual([]);
  });

  it('runs scripts that are there', () => {
    const named = steps.flatMap(({ run = '' }) => [...run.matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name));
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe('the tests of a change', () => {
  const { matrix } = yaml('.github/workflows/test.yml').jobs.test.strategy;

  it('run on three systems, from the oldest Node on', () => {
    expect(matrix.os).toEqual(['ubuntu-latest', 'macos-latest', 'windows-latest']);
    expect(matrix.node).toEqual([20, 22, 24, 26]);
    expect(engines.node).toMatch(new RegExp(`^>=${matrix.node[0]}\\.`));
    expect(read('.nvmrc')).toBe(`${matrix.node[0]}\n`);
  });
});

it('every night the mutants and the faults run', () =>
  expect(yaml('.github/workflows/nightly.yml').jobs.run.strategy.matrix.script).toEqual(['mutants', 'faults']));

it('updates leave the majors that Node 20 needs', () => {
  const ignored = [...read('.github/dependabot.yml').matchAll(/dependency-name: "?([@\w/-]+)"? # (\d+)$/gm)];
  expect(ignored.length).toBe(yaml('.github/dependabot.yml').updates[0].ignore.length);
  for (const [, name = '', major] of ignored)
    expect(devDependencies[name], name).toMatch(new RegExp(`^\\^?${major}\\.`));
});

describe.each(below('ISSUE_TEMPLATE').filter((path) => !path.endsWith('config.yml')))('%s', (path) => {
  const form = yaml(path) as { name: string; description: string; body: { type: string; id?: string }[] };

  it('asks for the version and for --debug, and warns of secrets', () => {
    for (const asked of ['cert --version', '--debug', 'Never paste passwords, tokens, identity numbers'])
      expect(JSON.stringify(form.body)).toContain(asked);
    expect(JSON.stringify(form.body)).toMatch(/请勿粘贴密码、令牌、证件号码/);
  });

  it('has a name, a description, and fields that can be told apart', () => {
    expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
    const ids = form.body.filter(({ type }) => type !== 'markdown').map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain(undefined);
  });
});
