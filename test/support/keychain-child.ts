/** The keychain store behind standard input and output: a call a line, an answer a line. */
import { createInterface } from 'node:readline';
import { createKeychain } from '../../src/credentials/keychain.ts';
import { isCertError } from '../../src/errors.ts';
import type { KeychainAnswer, KeychainCall } from './remote-keychain.ts';

const keychain = createKeychain();

async function answer([method, ...args]: KeychainCall): Promise<KeychainAnswer> {
  try {
    const call = keychain[method] as (...args: unknown[]) => Promise<unknown>;
    return { value: await call(...args) };
  } catch (error) {
    if (!isCertError(error)) throw error;
    return { code: error.code, params: error.params };
  }
}

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
