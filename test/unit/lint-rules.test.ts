/** The directions of imports and what belongs to `main.ts` alone: the linter refuses what breaks them. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const REFUSED: readonly (readonly [file: string, code: string])[] = [
  ['domain/a.ts', "import '../portal/http.ts';"],
  ['domain/b.ts', "import type { Context } from '../context.ts'; export type X = Context;"],
  ['domain/c.ts', "import 'node:fs';"],
  ['domain/d.ts', 'export const now = () => Date.now();'],
  ['errors.ts', "import './domain/calendar.ts';"],
  ['portal/a.ts', "import '../wallet/wallet.ts';"],
  ['portal/b.ts', "export const load = () => import('../ui/table.ts');"],
  ['wallet/a.ts', "import '../portal/http.ts';"],
  ['wallet/b.ts', 'export const chance = () => Math.random();'],
  ['credentials/a.ts', "import '../config/account.ts';"],
  ['pdf/a.ts', "import '../wallet/wallet.ts';"],
  ['ui/a.ts', "import '../commands/list.ts';"],
  ['ui/b.ts', 'export const now = () => new Date();'],
  ['config/a.ts', "import '../ui/table.ts';"],
  ['ports/a.ts', "import '../wallet/wallet.ts';"],
  ['commands/a.ts', "import '../portal/client.ts';"],
  ['commands/b.ts', "import '../sandbox/sandbox.ts';"],
  ['commands/c.ts', 'export const env = () => process.env;'],
  ['commands/d.ts', "console.log('text');"],
  ['sandbox/a.ts', "import '../portal/client.ts';"],
  ['sandbox/b.ts', "import '../commands/list.ts';"],
  ['wiring.ts', "import './sandbox/sandbox.ts';"],
];

const ALLOWED: readonly (readonly [file: string, code: string])[] = [
  ['domain/z.ts', "import '../errors.ts';\nimport './calendar.ts';\n"],
  ['wallet/z.ts', "import type { Annotation } from '../portal/contract/schemas.ts';\nexport type X = Annotation;\n"],
  ['commands/sandbox.ts', "export const serve = () => import('../sandbox/serve.ts');\n"],
  ['ports/z.ts', "import type { Meta } from '../portal/contract/schemas.ts';\nexport type X = Meta;\n"],
  ['main.ts', 'export const now = () => new Date();\n'],
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
