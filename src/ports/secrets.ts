/** Where secrets come from and where they are kept. */
export type StoreKind = 'keychain' | 'file' | 'none';

/** A secret's address in a store. */
export interface SecretKey {
  readonly portal: string;
  readonly username: string;
  readonly entry: 'password' | 'session';
}

/** Where secrets come from. */
export interface SecretSource {
  get(key: SecretKey): Promise<string | undefined>;
}

/** Where secrets are kept. Every method throws a CertError with exit code 11 where that is not possible. */
export interface SecretStore extends SecretSource {
  readonly kind: StoreKind;
  /** Whether secrets can be stored now. Leaves nothing behind. */
  probe(): Promise<void>;
  set(key: SecretKey, secret: string): Promise<void>;
  /** Whether there was one. */
  delete(key: SecretKey): Promise<boolean>;
}
