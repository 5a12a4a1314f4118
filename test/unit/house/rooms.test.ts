/** Where things are: the rooms of `src`, the direction of their imports, and what each says of itself. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { arrowsAgainstTheHouse, circleIn, codeOfHouse, FLOORS, importsOf } from './imports.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MAX_LINES = 300;

const code = codeOfHouse();
const files = Object.keys(code);
const imports = importsOf(code);
const foldersOf = (path: string) =>
  readdirSync(join(ROOT, path), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));

describe('imports', () => {
  it('are all found', () => {
    const seen = importsOf({
      'cli/a.ts': [
        "import './b.ts';",
        "import type { C } from '../domain/c.ts';",
        "export type * from '../domain/d.ts';",
        "export const load = () => import('../ui/e.ts');",
        "export type F = import('../domain/f.ts').F;",
        "import { readFile } from 'node:fs';",
        "import { version } from '../../package.json';",
      ].join('\n'),
    });
    expect(seen.get('cli/a.ts')?.toSorted()).toEqual([
      'cli/b.ts',
      'domain/c.ts',
      'domain/d.ts',
      'domain/f.ts',
      'ui/e.ts',
    ]);
    expect([...imports.values()].flat().length).toBeGreaterThan(files.length);
  });

  it('lead to files that are there', () => {
    expect([...imports.values()].flat().filter((target) => !(target in code))).toEqual([]);
  });

  it('run down the house', () => expect(arrowsAgainstTheHouse(imports)).toEqual([]));

  it.each([
    ['up', 'domain/calendar.ts', "import '../portal/http.ts';"],
    ['up, of a type', 'portal/http.ts', "import type { Context } from '../commands/context.ts';"],
    ['up, of a type in passing', 'disk/lock.ts', "export type W = import('../wallet/wallet.ts').W;"],
    ['up, when used', 'ports/portal.ts', "export const load = () => import('../portal/client.ts');"],
    ['across a floor', 'wallet/wallet.ts', "export { a } from '../ui/table.ts';"],
    ['from family to family', 'commands/account/login.ts', "import '../copies/get.ts';"],
    ['from what is shared to a family', 'commands/shared/flags.ts', "import '../copies/get.ts';"],
    ['out of an unknown room', 'attic/a.ts', "import '../errors.ts';"],
    ['from the ground', 'errors.ts', "import './domain/calendar.ts';"],
  ])('that run %s are refused', (_, file, text) => {
    expect(arrowsAgainstTheHouse(importsOf({ [file]: text }))).toHaveLength(1);
  });

  it('go in no circle', () => expect(circleIn(imports)).toBeUndefined());

  it('of a circle are named', () => {
    const planted = importsOf({
      'domain/a.ts': "import type { B } from './b.ts';",
      'domain/b.ts': "import './c.ts';",
      'domain/c.ts': "import './b.ts';",
    });
    expect(circleIn(planted)).toEqual(['domain/b.ts', 'domain/c.ts', 'domain/b.ts']);
  });
});

describe('rooms', () => {
  const rooms = FLOORS.flat().filter((room) => room !== 'errors.ts');

  it('are those of the plan, and nothing but errors.ts lies outside of them', () => {
    expect(foldersOf('src').filter((room) => !rooms.includes(room))).toEqual([]);
    expect(files.filter((file) => !file.includes('/'))).toEqual(['errors.ts']);
  });

  it.each([...foldersOf('src'), ...foldersOf('src/commands').map((family) => `commands/${family}`)])(
    '%s says in one paragraph what belongs in it and what does not',
    (room) => {
      const [title, paragraph = '', ...more] = readFileSync(join(ROOT, 'src', room, 'README.md'), 'utf8')
        .trim()
        .split('\n\n');
      expect(title).toBe(`# ${room}`);
      expect(paragraph).toMatch(/\bnot\b|\bnever\b|\bnothing\b|\bno\b/i);
      expect(more).toEqual([]);
    },
  );

  it('have their unit tests in rooms of the same names', () => {
    expect(foldersOf('test/unit').filter((room) => room !== 'house' && !existsSync(join(ROOT, 'src', room)))).toEqual(
      [],
    );
  });
});

describe('files', () => {
  it(`have no more than ${MAX_LINES} lines`, () => {
    expect(files.filter((file) => (code[file] ?? '').trimEnd().split('\n').length > MAX_LINES)).toEqual([]);
  });

  it('of the same name mean the same thing: a port and its adapter, a subject and its words', () => {
    const names = files
      .filter((file) => !/^(ports|ui\/messages)\//.test(file))
      .map((file) => basename(file))
      .filter((name) => name !== 'index.ts');
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});

describe('the map for contributors', () => {
  it('names nothing that is not there', () => {
    const text = ['CONTRIBUTING.md', 'docs/architecture.md']
      .map((file) => readFileSync(join(ROOT, file), 'utf8'))
      .join('\n');
    const named = [...text.matchAll(/`((?:src|test|bin|bench|scripts|docs)\/[^`\s]*)`/g)].map(([, path = '']) => path);
    const missing = named.filter((path) => !/[*A-Z]{2,}|\*/.test(path) && !existsSync(join(ROOT, path)));
    expect(named.length).toBeGreaterThan(10);
    expect(missing).toEqual([]);
  });
});
