/** Nobody is asked where nobody is: what counts as a person, and what a question does without one. */
import { describe, expect, it } from 'vitest';
import type { Output } from '../../../src/ports/machine.ts';
import type { GlobalOptions } from '../../../src/ports/surroundings.ts';
import { en } from '../../../src/ui/messages/en/index.ts';
import { createPrompts } from '../../../src/ui/prompts.ts';
import { createTerminal } from '../../../src/ui/terminal.ts';

const output = (isTTY: boolean): Output => ({ isTTY, write: () => true, once: () => undefined, on: () => undefined });
const input = (isTTY: boolean) => Object.assign((async function* () {})(), { isTTY });
const options: GlobalOptions = { json: false, quiet: false, debug: false, input: true, color: true };

interface Given {
  readonly stdin?: boolean;
  readonly stdout?: boolean;
  readonly stderr?: boolean;
  readonly options?: Partial<GlobalOptions>;
  readonly environment?: Readonly<Record<string, string>>;
}

const isAsked = async ({ stdin = true, stdout = true, stderr = true, environment = {}, ...given }: Given) => {
  const terminal = await createTerminal({
    stdin: input(stdin),
    stdout: output(stdout),
    stderr: output(stderr),
    environment,
    hide: (text) => text,
    options: { ...options, ...given.options },
  });
  return terminal.interactive;
};

describe('a person is asked', () => {
  it.each<[string, Given]>([
    ['at a terminal', {}],
    ['when the answer goes into a file', { stdout: false }],
    ['with --quiet', { options: { quiet: true } }],
    ['when a variable is empty', { environment: { CI: '', CERT_NO_INPUT: '' } }],
  ])('%s', async (_, given) => expect(await isAsked(given)).toBe(true));
});

describe('nobody is asked', () => {
  it.each<[string, Given]>([
    ['when input comes from elsewhere', { stdin: false }],
    ['when nobody would see the question', { stderr: false }],
    ['with --no-input', { options: { input: false } }],
    ['with --json', { options: { json: true } }],
    ['with CI', { environment: { CI: 'true' } }],
    ['with CERT_NO_INPUT', { environment: { CERT_NO_INPUT: '1' } }],
  ])('%s', async (_, given) => expect(await isAsked(given)).toBe(false));

  const prompts = createPrompts({
    interactive: false,
    stdin: input(false),
    stderr: output(false),
    signal: new AbortController().signal,
    messages: en,
  });
  it.each([
    ['confirm', () => prompts.confirm({ message: '?', flag: '--flag' })],
    ['text', () => prompts.text({ message: '?', flag: '--flag' })],
    ['secret', () => prompts.secret({ message: '?', flag: '--flag' })],
    ['select', () => prompts.select({ message: '?', flag: '--flag', choices: [{ name: 'a', value: 'a' }] })],
  ])('and the flag is named that answers: %s', async (_, ask) => {
    await expect(ask()).rejects.toMatchObject({ code: 'INPUT_REQUIRED', params: { flag: '--flag' } });
  });
});
