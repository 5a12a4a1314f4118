/** What belongs to `main.ts` alone: the linter refuses it elsewhere. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const REFUSED: readonly (readonly [file: string, code: string])[] = [
  ['domain/a.ts', "import 'node:fs';"],
  ['domain/b.ts', 'export const now = () => Date.now();'],
  ['contract/a.ts', "import 'node:crypto';"],
  ['ports/a.ts', "import 'node:fs';"],
  ['wallet/a.ts', 'export const chance = () => Math.random();'],
  ['ui/a.ts', 'export const now = () => new Date();'],
  ['commands/a.ts', 'export const env = () => process.env;'],
  ['commands/b.ts', "console.log('text');"],
  ['cli/run.ts', 'export const env = () => process.env;'],
];

const ALLOWED: readonly (readonly [file: string, code: string])[] = [
  ['disk/z.ts', "import 'node:fs';\n"],
  ['cli/main.ts', 'export const now = () => [new Date(), process.env];\n'],
];

it('the linter refuses what breaks the rules, and nothing else', () => {
  const folder = temporaryFolder();
  for (const name of ['biome.json', 'scripts/lint']) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  for (const [file, code] of [...REFUSED, ...ALLOWED]) {
    const path = join(folder, 'src', file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, code);
  }
  const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', 'src'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const { diagnostics }: { diagnostics: { location: { path: string } }[] } = JSON.parse(stdout);
  const refused = new Set(diagnostics.map(({ location: { path } }) => path.replace(/^src\//, '')));
  expect([...refused].sort()).toEqual(REFUSED.map(([file]) => file).sort());
});
