/** A function says which ports it takes: none takes the whole Context. */
import { parseAst } from 'rolldown/parseAst';
import { describe, expect, it } from 'vitest';
import { type Code, codeOfHouse } from './imports.ts';

/** Where the Context may be named whole: what it is, what `createContext` gives, and what `bind` hands to a command. */
const MAY_NAME_IT: Readonly<Record<string, string>> = {
  'commands/context.ts': 'Context',
  'cli/wiring.ts': 'createContext',
  'commands/command.ts': 'Bind',
};

/** Ports by their names, and the import under its own name. */
const PARTS: Readonly<Record<string, RegExp>> = {
  TSTypeReference: /^Pick<\s*Context,[\s|]*'\w+'(?:[\s|]+'\w+')*\s*>$/,
  TSIndexedAccessType: /^Context\['\w+'\]$/,
  ImportSpecifier: /^(?:type )?Context$/,
};

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly name?: unknown;
  readonly id?: { readonly name?: unknown } | null;
}

/** Every line that names the Context otherwise. */
const wholeContexts = (code: Code): string[] =>
  Object.entries(code)
    .filter(([, text]) => text.includes('Context'))
    .flatMap(([file, text]) => linesOf(parseAst(text, { lang: 'ts' }), file, text));

function linesOf(node: unknown, file: string, text: string): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { type, start, end, name, id } = node as Node;
  if (id && id.name === MAY_NAME_IT[file]) return [];
  if (PARTS[type]?.test(text.slice(start, end))) return [];
  if (type === 'Identifier' && name === 'Context') return [`${file}: ${lineAt(text, start)}`];
  return Object.values(node).flatMap((child) => linesOf(child, file, text));
}

const lineAt = (text: string, position: number): string =>
  text
    .slice(text.lastIndexOf('\n', position) + 1)
    .split('\n', 1)
    .join()
    .trim();

describe('the Context', () => {
  const code = codeOfHouse();
  const found = (line: string) =>
    wholeContexts({ 'commands/copies/view.ts': `import type { Context } from '../context.ts';\n${line}` });

  it('is taken whole by no function', () => expect(wholeContexts(code)).toEqual([]));

  it('is there, where it may be named', () => {
    for (const [file, name] of Object.entries(MAY_NAME_IT)) expect(code[file]).toContain(name);
    expect(wholeContexts({ 'elsewhere.ts': code['cli/wiring.ts'] ?? '' })).not.toEqual([]);
  });

  it.each([
    'export async function run(ctx: Context): Promise<void> {}',
    'const run = ({ terminal }: Context) => terminal;',
    'const run = (ctx: Readonly<Context>) => ctx;',
    "const run = (ctx: Omit<Context, 'prompts'>) => ctx;",
    'const run = (ctx: Pick<Context, keyof Context>) => ctx;',
    "const run = (ctx: Context & { more: string }) => ctx['more'];",
    'type Everything = Context;',
    'interface More extends Context { more: string }',
    'interface Rule { rule(ctx: Context): string }',
    "const run = (ctx: import('../context.ts').Context) => ctx;",
    "import type { Context as Everything } from '../context.ts';",
    'class Command { constructor(readonly ctx: Context) {} }',
  ])('is found whole in %s', (line) => expect(found(line)).not.toEqual([]));

  it.each([
    "const run = (ctx: Pick<Context, 'terminal'>) => ctx;",
    "const run = ({ clock }: Pick<Context, 'clock' | 'terminal'>) => clock;",
    "const run = (ctx: Pick<\n  Context,\n  | 'clock'\n  | 'terminal'\n>) => ctx;",
    "type Waiting = Pick<Context, 'clock' | 'terminal'> & { more: string };",
    "const run = (say: Context['terminal']) => say;",
    '// Context',
  ])('is not found whole in %s', (line) => expect(found(line)).toEqual([]));
});
