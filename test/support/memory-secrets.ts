import type { CertError } from '../../src/errors.ts';
import type { SecretKey, SecretStore, StoreKind } from '../../src/ports/secrets.ts';

export interface MemorySecrets extends SecretStore {
  /** The secrets by `ENTRY:USERNAME@PORTAL`. */
  readonly entries: Map<string, string>;
}

const nameOf = ({ entry, username, portal }: SecretKey) => `${entry}:${username}@${portal}`;

/** A keychain that cannot be used. */
export function brokenKeychain(failure: CertError): SecretStore {
  const fail = () => Promise.reject(failure);
  return { kind: 'keychain', probe: fail, get: fail, set: fail, delete: fail };
}

/** A store for tests: it forgets everything when the test ends. */
export function memorySecrets(kind: StoreKind = 'keychain'): MemorySecrets {
  const entries = new Map<string, string>();
  return {
    kind,
    entries,
    probe: async () => undefined,
    get: async (key) => entries.get(nameOf(key)),
    set: async (key, secret) => void entries.set(nameOf(key), secret),
    delete: async (key) => entries.delete(nameOf(key)),
  };
}
