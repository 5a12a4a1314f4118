/** Writes the documents of docs/ that follow from the code; with `--check` says which are out of date, and fails. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { documentOf, OUTPUT } from '../src/commands/output.ts';
import { GRAVITY } from '../src/domain/gravity.ts';
import { ERRORS, type ErrorCode, EXIT } from '../src/errors.ts';
import { topics } from '../src/ui/messages/en/topics.ts';
import { jsonSchema, openApiDocument } from './docs/openapi.ts';
import { verificationPage } from './docs/verification.ts';

const { meanings } = topics.exitCodes;

function exitCodes(): string {
  const codes = Object.keys(ERRORS) as ErrorCode[];
  const rows = (Object.keys(EXIT) as (keyof typeof EXIT)[]).map((name) => {
    const errors = codes.filter((code) => ERRORS[code].exit === EXIT[name]).map((code) => `\`${code}\``);
    return `| ${EXIT[name]} | ${meanings[name]} | ${errors.join(' ')} |`;
  });
  const retryable = codes.filter((code) => ERRORS[code].retryable).map((code) => `\`${code}\``);
  return [
    '# Exit codes and error codes',
    '',
    'The exit code tells what kind of end it was; with `--json`, `error.code` tells which. Both are stable.',
    '',
    '| exit | meaning | `error.code` |',
    '|---|---|---|',
    ...rows,
    '',
    `Trying the same command again can help (\`error.retryable\`) after: ${retryable.join(' ')}.`,
    '',
    'With several certificates or files each has its own result, and the exit code is that of the gravest:',
    `${GRAVITY.join(', ')}.`,
    '',
  ].join('\n');
}

const json = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;

const documents: Record<string, string> = {
  'portal-api.openapi.json': json(openApiDocument()),
  'exit-codes.md': exitCodes(),
  'verification.md': verificationPage(),
};
for (const [command, data] of Object.entries(OUTPUT))
  documents[`json/${command}.schema.json`] = json(
    jsonSchema(documentOf(data), `cert ${command.replace('-', ' ')} --json`),
  );

const folder = new URL('../docs/', import.meta.url);
const isCheck = process.argv.includes('--check');
mkdirSync(new URL('json/', folder), { recursive: true });
for (const [name, text] of Object.entries(documents)) {
  const path = new URL(name, folder);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  if (isCheck) {
    process.stderr.write(`docs/${name} is out of date: run \`npm run docs\`\n`);
    process.exitCode = 1;
  } else writeFileSync(path, text);
}
