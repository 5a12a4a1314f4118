/** What the documents say of commands, flags, variables, scripts and files is there. `test/e2e` runs their blocks. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROUTES } from '../../../src/contract/routes.ts';
import { topics } from '../../../src/ui/messages/en/topics.ts';
import { commandLinesIn, knownFlags, mistakeIn } from '../../support/command-line.ts';
import { type Document, documentPaths, linesOf, parseDocument, ROOT, readDocument } from '../../support/documents.ts';

const documents = documentPaths().map(readDocument);
/** Kinds of blocks: shell is run (`test/e2e/documents.test.ts`), of the others the commands of `cert` are read. */
const LANGUAGES = ['sh', 'json', 'crontab', 'ini', 'bat'];
/** What is read by users of `cert` alone: a flag in it is one of `cert`. */
const forUsers = documents.filter(({ path }) => path !== 'CONTRIBUTING.md');
const changes = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8').split(/^## /m)[1] ?? '';

async function mistakes({ blocks, spans, path }: Document): Promise<string[]> {
  const written = blocks.flatMap((block) => linesOf(block).flatMap(commandLinesIn));
  const mentioned = spans.filter((span) => span.startsWith('cert ')).flatMap(commandLinesIn);
  const found = [
    ...(await Promise.all(written.map((words) => mistakeIn(words)))),
    ...(await Promise.all(mentioned.map((words) => mistakeIn(words, { mentioned: true })))),
  ];
  return found.filter((mistake) => mistake !== undefined).map((mistake) => `${path}: ${mistake}`);
}

describe('the commands of the documents', () => {
  it.each([...documents, parseDocument('CHANGELOG.md', changes)].map((document) => [document.path, document] as const))(
    'of %s are understood',
    async (_, document) => expect(await mistakes(document)).toEqual([]),
  );

  it.each([
    ['```sh\ncert lst\n```'],
    ['```sh\ncert list && cert gett 护士 # get\n```'],
    ['```sh\ncert get --jsn 护士\n```'],
    ['```sh\ncert profile rename one\n```'],
    ['```crontab\n1 2 * * * cert renew --quite\n```'],
    ['```bat\nschtasks /TR "cmd /c cert renw --quiet"\n```'],
    ['```ini\nExecStart=cert renew --min-day 3\n```'],
    ['Run `cert donwload 护士`.'],
    ['Run `cert download --outptu x`.'],
    ['See `cert help privaci`.'],
    ['See `cert trust remov FINGERPRINT`.'],
  ])('are found when they are misspelt: %j', async (text) =>
    expect(await mistakes(parseDocument('x.md', text))).toHaveLength(1),
  );

  it('of hints and messages are understood', async () => {
    const folder = join(ROOT, 'src/ui/messages');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const named = files.flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/`(cert [a-z][^`$]*)/g)].flatMap(([, line = '']) =>
        commandLinesIn(line.replace(/\\+$/, '')).map((words) => ({ file, words })),
      ),
    );
    expect(named.length).toBeGreaterThan(50);
    for (const { file, words } of named)
      expect([file, await mistakeIn(words, { mentioned: true })]).toEqual([file, undefined]);
  });

  it('stand in blocks of a known kind', () => {
    const unknown = documents.flatMap(({ blocks }) => blocks.filter(({ language }) => !LANGUAGES.includes(language)));
    expect(unknown.map(({ place }) => place)).toEqual([]);
  });

  it('name no flag that there is not', async () => {
    const known = await knownFlags();
    const named = forUsers.flatMap(({ path, spans }) =>
      spans.filter((span) => /^--?[a-z]/.test(span)).map((span) => ({ path, flag: span.split(/[ =]/)[0] ?? '' })),
    );
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter(({ flag }) => !known.has(flag))).toEqual([]);
  });

  it('name no variable that there is not', () => {
    const known = new Set(topics.environment.variables.flatMap(([names]) => names.split(', ')));
    const named = forUsers.flatMap(({ text }) => text.match(/\bCERT_[A-Z_]+\b/g) ?? []);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('what else the documents name', () => {
  it('are routes of the contract, by their path', () => {
    const paths = Object.values(ROUTES).map(({ method, path }) => `${method} ${path}`);
    const named = documents
      .flatMap(({ spans }) => spans)
      .filter((span) => /^(GET|POST|DELETE) \/(?!sandbox\/)/.test(span));
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((route) => !paths.includes(route))).toEqual([]);
  });

  it('are npm scripts of this project', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const named = documents.flatMap(({ text }) =>
      [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it.each(documents.map((document) => [document.path, document] as const))(
    'are files and headings, by the links of %s',
    (path, { text }) => {
      const links = [...text.matchAll(/\]\((?!https:)([^)\s]*)\)/g)].map(([, link = '']) => link);
      const isBroken = (link: string) => {
        const [file = '', heading] = link.split('#');
        const target = file === '' ? path : join(dirname(path), file);
        if (!existsSync(join(ROOT, target))) return true;
        return heading !== undefined && !headingsOf(readFileSync(join(ROOT, target), 'utf8')).includes(heading);
      };
      expect(links.filter(isBroken)).toEqual([]);
    },
  );
});

/** Headings as links name them. */
const headingsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
