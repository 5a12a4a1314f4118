/** Writes the documents of docs/ that follow from the code; with `--check` says which are out of date, and fails. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { documentOf, OUTPUT } from '../src/commands/output.ts';
import { ERRORS, type ErrorCode, EXIT } from '../src/errors.ts';
import { jsonSchema, openApiDocument } from './docs/openapi.ts';
import { verificationPage } from './docs/verification.ts';

const MEANINGS: Record<keyof typeof EXIT, string> = {
  done: 'done, nothing due, or an empty list',
  unexpected: 'unexpected: a bug; the message says how to report it',
  usage: 'usage; or an answer is needed and nobody can be asked',
  notFound: 'no such certificate, annotation or file',
  login: 'login needed, refused, locked, or a challenge is open',
  noSlot: 'no slot left',
  refused: 'the portal refused: revoked, not eligible, notice not accepted, …',
  verification: 'a file failed verification, or could not be verified',
  generating: 'still generating when the time was up',
  outcomeUnknown: 'the outcome of a submission is unknown: not submitted again',
  unavailable: 'portal or network unavailable: try again',
  secretStore: 'keychain or secret store unavailable',
  busy: 'another cert is at work on the same certificate',
  interrupted: 'interrupted (Ctrl-C)',
  terminated: 'terminated',
};

function exitCodes(): string {
  const codes = Object.keys(ERRORS) as ErrorCode[];
  const rows = (Object.keys(EXIT) as (keyof typeof EXIT)[]).map((name) => {
    const errors = codes.filter((code) => ERRORS[code].exit === EXIT[name]).map((code) => `\`${code}\``);
    return `| ${EXIT[name]} | ${MEANINGS[name]} | ${errors.join(' ')} |`;
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
    'With several certificates each has its own result, and the exit code is that of the gravest:',
    '9, 1, 4, 11, 12, 6, 5, 7, 10, 8, 3.',
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
