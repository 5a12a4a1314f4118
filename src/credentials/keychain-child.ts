/**
 * The keychain of the system, in a process of its own that can be killed: a call of keytar may hang for ever, and then
 * even an orderly end of its process waits for it. A call a line on standard input, an answer a line on standard
 * output, in the same order. When standard input ends, as it does with the parent, this process ends at once.
 */
import { createRequire } from 'node:module';
import type { KeychainAnswer, KeychainCall } from './keychain-process.ts';
import type { Keytar } from './keytar.ts';
import { onLines } from './lines.ts';

const load = createRequire(import.meta.url);
const loaded = loadKeytar();

function loadKeytar(): { readonly keytar: Keytar } | { readonly failure: KeychainAnswer } {
  try {
    return { keytar: load('keytar') };
  } catch (error) {
    const isInstalled = (error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND';
    const reason = isInstalled ? 'library-missing' : 'not-installed';
    return { failure: { error: addonFailure() ?? messageOf(error), reason } };
  }
}

/** Why the addon does not load: keytar itself hides it. */
function addonFailure(): string | undefined {
  try {
    load(`keytar/prebuilds/${process.platform}-${process.arch}/keytar.node`);
  } catch (error) {
    return messageOf(error);
  }
}

async function answer([method, ...args]: KeychainCall): Promise<KeychainAnswer> {
  if ('failure' in loaded) return loaded.failure;
  try {
    const call = loaded.keytar[method] as (...args: string[]) => Promise<string | boolean | null | undefined>;
    return { value: (await call(...args)) ?? null };
  } catch (error) {
    return { error: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

let answered: Promise<unknown> = Promise.resolve();
onLines(process.stdin, (line) => {
  answered = answered
    .then(() => answer(JSON.parse(line)))
    .then((result) => process.stdout.write(`${JSON.stringify(result)}\n`));
});
// On Windows Ctrl-C reaches this process too: it is for the parent.
process.on('SIGINT', () => {});
process.stdin.on('close', () => process.kill(process.pid, 'SIGKILL'));
