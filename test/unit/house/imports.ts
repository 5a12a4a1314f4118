/** The rooms of `src`, what each may import, and the imports as they are in the code, type imports too. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'rolldown/parseAst';

const SOURCE = fileURLToPath(new URL('../../../src', import.meta.url));

/** From the top of the house to its ground: imports run down, never up, and never to another room of the same floor. */
export const FLOORS: readonly (readonly string[])[] = [
  ['cli'],
  ['commands'],
  ['ui', 'sandbox', 'config', 'wallet', 'submissions', 'credentials'],
  ['portal', 'browser', 'pdf', 'disk'],
  ['ports'],
  ['contract'],
  ['domain'],
  ['errors.ts'],
];

/** A family of commands may import what several families share, but not another family. */
const SHARED_BY_COMMANDS = 'shared';

/** The code of each file, by its path below `src`. */
export type Code = Readonly<Record<string, string>>;

/** What each file imports of the others, by paths below `src`. */
export type Imports = ReadonlyMap<string, readonly string[]>;

export function codeOfHouse(): Code {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return Object.fromEntries(files.map((file) => [toPosix(file), readFileSync(join(SOURCE, file), 'utf8')]));
}

const toPosix = (path: string): string => path.replaceAll('\\', '/');

export function importsOf(code: Code): Imports {
  return new Map(
    Object.entries(code).map(([file, text]) => [
      file,
      specifiers(text)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => posix.join(dirname(file), specifier))
        .filter((target) => !relative('.', target).startsWith('..')),
    ]),
  );
}

/** Whatever names another module: static, dynamic and type imports, and exports from elsewhere. */
function specifiers(code: string): string[] {
  const found: string[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const source = 'source' in node ? node.source : undefined;
    if (typeof source === 'object' && source !== null && 'value' in source) found.push(String(source.value));
    for (const child of Object.values(node)) walk(child);
  };
  walk(parseAst(code, { lang: 'ts' }));
  return found;
}

const roomOf = (file: string): string => file.split('/', 1)[0] ?? '';
const floorOf = (file: string): number => FLOORS.findIndex((rooms) => rooms.includes(roomOf(file)));
const familyOf = (file: string): string | undefined => /^commands\/([^/]+)\//.exec(file)?.[1];

/** Imports that run up, across a floor, or from one family of commands into another: `FILE imports FILE`. */
export const arrowsAgainstTheHouse = (imports: Imports): string[] =>
  [...imports].flatMap(([file, targets]) =>
    targets.filter((target) => !mayImport(file, target)).map((target) => `${file} imports ${target}`),
  );

function mayImport(file: string, target: string): boolean {
  if (roomOf(file) !== roomOf(target)) return floorOf(file) !== -1 && floorOf(file) < floorOf(target);
  const family = familyOf(target);
  return family === undefined || family === SHARED_BY_COMMANDS || family === familyOf(file);
}

/** A way from a file back to itself, where there is one. */
export function circleIn(imports: Imports): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const target of imports.get(file) ?? []) {
      const circle = visit(target, [...way, file]);
      if (circle !== undefined) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of imports.keys()) {
    const circle = visit(file, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}
