import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { SecretStore } from '../../src/context.ts';
import { CertError, type ErrorCode, type ErrorParams } from '../../src/errors.ts';
import { type KeyringState, spawnUnderKeyring } from './keyring.ts';

export type KeychainCall = [method: 'probe' | 'get' | 'set' | 'delete', ...args: unknown[]];
export type KeychainAnswer =
  | { readonly value?: unknown }
  | { readonly code: ErrorCode; readonly params: ErrorParams[ErrorCode] };

/** The real keychain store, in a process that has a keyring. */
export function remoteKeychain(home: string, state: KeyringState): { store: SecretStore; stop: () => Promise<void> } {
  const script = fileURLToPath(new URL('keychain-child.ts', import.meta.url));
  const child = spawnUnderKeyring(home, state, [process.execPath, '--import', 'tsx', script]);
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('no pipes');
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const answers = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const call = async <T>(...request: KeychainCall): Promise<T> => {
    stdin.write(`${JSON.stringify(request)}\n`);
    const { value: line, done } = await answers.next();
    if (done) throw new Error('the keychain process ended');
    const answer: KeychainAnswer = JSON.parse(line);
    if ('code' in answer) throw new CertError(answer.code, answer.params);
    return answer.value as T;
  };
  return {
    store: {
      kind: 'keychain',
      probe: () => call('probe'),
      get: (key) => call('get', key),
      set: (key, secret) => call('set', key, secret),
      delete: (key) => call('delete', key),
    },
    stop: () => {
      stdin.end();
      return ended;
    },
  };
}
