/** What every command line owes whoever runs it, however hostile its surroundings are. */
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ERRORS, type ErrorCode } from '../../src/errors.ts';
import type { Fetch } from '../../src/ports/http.ts';
import { globalFetch, type Installation } from './cert.ts';

type RunOptions = NonNullable<Parameters<Installation['run']>[1]>;

/** What could steer a terminal, or is not seen there: all but line breaks, and the joiners of names and emoji. */
export const STEERING =
  /(?![\n\u200c\u200d])[\p{Control}\p{Format}\p{Surrogate}\p{Line_Separator}\p{Paragraph_Separator}\p{Variation_Selector}\u115f\u1160\u3164\uffa0]/u;

/** The sandbox, with the JSON of one path replaced. */
export const replacing =
  (path: string, change: (text: string) => string, headers: Record<string, string> = {}): Fetch =>
  async (request) => {
    const answer = await globalFetch(request);
    if (new URL(request.url).pathname !== path) return answer;
    const chunks: Uint8Array[] = [];
    for await (const chunk of answer.body) chunks.push(chunk);
    const body = (async function* () {
      yield Buffer.from(change(Buffer.concat(chunks).toString()));
    })();
    return { status: answer.status, headers: { ...answer.headers, ...headers }, body };
  };

export const LIST = '/api/v1/certificates';

/**
 * Runs a command that must fail with a code, as text and with --json: one line that says what is wrong and at most
 * one that says what to do, no stack, nothing that steers a terminal; or one document and nothing else.
 */
export async function expectFailure(
  cert: Installation,
  args: readonly string[],
  expected: ErrorCode,
  options: RunOptions = {},
): Promise<void> {
  const text = await cert.run(args, options);
  const own = args.includes('--') ? ['--json', ...args] : [...args, '--json'];
  const { code, json, out, err } = await cert.run(own, options);
  expect({ code, error: json.error?.code, text: text.code }).toEqual({
    code: ERRORS[expected].exit,
    error: expected,
    text: ERRORS[expected].exit,
  });
  expect(json.ok).toBe(false);
  expect(text.err).toMatch(/^✗ .+$/m);
  const [, ...after] = text.err.trimEnd().split(/^✗ /m);
  expect(after.join('').split('\n').length).toBeLessThanOrEqual(2);
  for (const shown of [text.out, text.err, out, err]) {
    expect(shown).not.toMatch(/\n\s+at .*:\d+/);
    expect(shown).not.toMatch(STEERING);
  }
}

/** Everything in a folder, to tell whether something changed; locks come and go. */
export function snapshot(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !(entry.name === 'locks' && entry.isDirectory()))
      .flatMap((entry): [string, string][] => {
        const path = join(folder, entry.name);
        if (entry.isSymbolicLink()) return [[path, `-> ${readlinkSync(path)}`]];
        if (entry.isDirectory()) return [[path, 'folder'], ...Object.entries(snapshot(path))];
        return [[path, entry.isFile() ? readFileSync(path).toString('base64') : `mode ${lstatSync(path).mode}`]];
      }),
  );
}
