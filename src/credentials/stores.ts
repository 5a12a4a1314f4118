import type { SecretStore, StoreKind } from '../context.ts';
import { CertError } from '../errors.ts';
import { createKeychain } from './keychain.ts';

/** The secret store of a kind. @throws CertError SECRET_STORE_UNAVAILABLE where there is none of that kind */
export function openStore(kind: StoreKind): SecretStore {
  if (kind === 'keychain') return createKeychain();
  throw new CertError('SECRET_STORE_UNAVAILABLE', { store: kind, detail: 'this cert has no such store' });
}
