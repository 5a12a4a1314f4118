/** Runs what the documents tell people to type, against a sandbox. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { OUTPUT } from '../../src/commands/output.ts';
import { EXAMPLES } from '../../src/contract/examples.ts';
import { documentPaths, jsonWithHoles, linesOf, ROOT, readDocument } from '../support/documents.ts';
import { useRealWorld } from '../support/executable.ts';
import { runShell } from '../support/shell.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const world = useRealWorld();
const documents = documentPaths().map(readDocument);

/** What cannot be run here, and why; its commands of `cert` are read by `test/unit/house/documents.test.ts`. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'npm ci && npm install --global .': 'changes this machine',
  'cert renew --exit-code && rsync certificates/ archive:': 'the archive is another machine',
  'systemctl --user enable --now cert-renew.timer': 'changes this machine',
  'loginctl enable-linger': 'changes this machine',
};

/** What stands for something else in a document, or would pull the code away from under the tests. */
const READ_AS: readonly (readonly [string, () => string | Promise<string>])[] = [
  ['https://portal.example', () => world.url],
  ['sleep 3', () => "until node -e 'fetch(`http://127.0.0.1:8321/`).catch(() => process.exit(1))'; do sleep 0.1; done"],
  ['8321', freePort],
  ['npm ci && ', () => ''],
];

const { username, password, idNumber, name, phone } = EXAMPLES.registration;
const SECRETS = { NEW_PASSWORD: password, NEW_ID_NUMBER: idNumber, PASSWORD: 'Sandbox2026' };

/** What a person answers, where a command would ask; the secrets are read from the variables of {@link SECRETS}. */
const ANSWERS: Readonly<Record<string, (command: string) => string>> = {
  'cert register': (command) =>
    `printf '%s\\n' "$NEW_PASSWORD" "$NEW_ID_NUMBER" | ${command} --password-stdin --id-number-stdin --yes` +
    ` --username ${username} --id-type resident-id --name ${name} --phone ${phone} --accept-notice 2026-01 --store file`,
  'cert login': (command) => `printenv PASSWORD | ${command} --username demo_nurse --password-stdin --store file`,
  'cert get 护士': (command) => `${command} --yes`,
};

const answered = (line: string): string => {
  const [, answer] = Object.entries(ANSWERS).find(([start]) => line.startsWith(start)) ?? [];
  return answer === undefined || / --yes\b/.test(line) ? line : answer(line);
};

async function toRun(lines: readonly string[]): Promise<string> {
  let script = lines.map(answered).join('\n');
  for (const [shown, meant] of READ_AS) if (script.includes(shown)) script = script.replaceAll(shown, await meant());
  return script;
}

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(typeof address === 'object' ? address?.port : '');
}

/** The blocks of shell; one that two languages share is run once. */
const scripts = new Map(
  documents
    .flatMap(({ blocks }) => blocks)
    .filter(({ language }) => language === 'sh')
    .map((block) => [linesOf(block).join('\n'), { place: block.place, lines: linesOf(block) }]),
);
const isRun = (line: string): boolean => !(line in NOT_RUN);

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);

/** Holds a document against the published schema of the command that printed it. */
function requireSchema(args: readonly string[], document: unknown): void {
  const words = args.filter((word) => !word.startsWith('-'));
  const command = [words.slice(0, 2).join('-'), words[0] ?? ''].find((candidate) => candidate in OUTPUT);
  const schema = JSON.parse(readFileSync(join(ROOT, 'docs/json', `${command}.schema.json`), 'utf8'));
  expect(ajv.validate(schema, document), `cert ${args.join(' ')}: ${ajv.errorsText()}`).toBe(true);
}

describe.skipIf(process.platform === 'win32')('the blocks of shell in the documents', () => {
  it.each([...scripts.values()].filter(({ lines }) => lines.some(isRun)))(
    'work as they stand: $place',
    async ({ lines }) => {
      const folder = temporaryFolder();
      const { CERT_PORTAL: _, ...env } = world.env(undefined, {
        HOME: folder,
        CERT_CONFIG_DIR: join(folder, 'config'),
        CERT_STATE_DIR: join(folder, 'state'),
        CERT_PASSPHRASE: 'a passphrase of this test',
        ...SECRETS,
      });
      const root = join(folder, 'root.pem');
      writeFileSync(root, await (await fetch(`${world.url}/sandbox/trust-anchor`)).text());
      expect(await world.cert(['trust', 'add', root], env)).toMatchObject({ code: 0 });

      const cwd = lines.some((line) => line.includes('npm ')) ? ROOT : folder;
      const { code, transcript, calls } = await runShell(await toRun(lines.filter(isRun)), { folder, cwd, env });
      expect(code, transcript).toBe(0);
      expect(transcript).not.toMatch(/\n\s+at /);
      expect(calls.length).toBeGreaterThanOrEqual(lines.filter((line) => /^cert (?!sandbox)/.test(line)).length);
      for (const { args, out } of calls) if (args.includes('--json')) requireSchema(args, JSON.parse(out));
    },
    120_000,
  );

  it('are all run, but for those that are listed here', () => {
    const lines = [...scripts.values()].flatMap((script) => script.lines);
    expect(Object.keys(NOT_RUN).filter((line) => !lines.includes(line))).toEqual([]);
  });
});

describe('the JSON in the documents', () => {
  const shown = documents.flatMap(({ path, blocks, spans }) =>
    [...spans, ...blocks.filter(({ language }) => language === 'json').map(({ code }) => code)].map((json) => ({
      path,
      json,
    })),
  );

  it('is part of what cert prints, which is as its published schema says', async () => {
    const printed = async (args: readonly string[], user: string) => {
      const { json } = await world.cert([...args, '--json'], world.env(user));
      requireSchema(args, json);
      return json;
    };
    const success = await printed(['list'], 'demo_nurse');
    const failure = await printed(['annotate', 'c-full', '--yes'], 'demo_full');
    const answers = shown.filter(({ json }) => json.startsWith('{')).map(({ json }) => jsonWithHoles(json));
    expect(answers.length).toBeGreaterThan(1);
    for (const answer of answers as { ok: boolean }[]) expect(answer.ok ? success : failure).toMatchObject(answer);
  });

  it('of the sandbox is what its controls take', async () => {
    const controls = shown.flatMap(({ json }) => {
      const [, method = '', path = '', body] = /^(GET|POST|DELETE) (\/sandbox\/\S+)(?: (\{.*\}))?$/.exec(json) ?? [];
      return path === '' ? [] : [{ method, path, body: body ?? null }];
    });
    expect(controls.length).toBeGreaterThan(3);
    for (const { method, path, body } of controls) {
      const { status } = await fetch(world.url + path, { method, body });
      expect({ method, path, body, status }).toEqual({ method, path, body, status: 200 });
    }
    await fetch(`${world.url}/sandbox/reset`, { method: 'POST', body: '{}' });
  });
});
