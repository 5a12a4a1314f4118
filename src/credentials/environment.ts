import { ACCESS_TOKEN } from '../domain/access-token.ts';
import { CertError } from '../errors.ts';
import type { SecretSource } from '../ports/secrets.ts';
import { sealSession } from './stored-session.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The secrets of the environment, for the portal of this call: CERT_TOKEN as the session of whoever it belongs to,
 * and CERT_PASSWORD of CERT_USERNAME. An empty variable counts as unset.
 * @throws CertError ENVIRONMENT_INVALID for what cannot be a token
 */
export const environmentSecrets = (
  { CERT_TOKEN, CERT_USERNAME, CERT_PASSWORD }: Environment,
  portal: string,
): SecretSource => ({
  async get(key) {
    if (key.portal !== portal) return undefined;
    if (key.entry === 'password') return key.username === CERT_USERNAME ? CERT_PASSWORD || undefined : undefined;
    if (!CERT_TOKEN) return undefined;
    if (!ACCESS_TOKEN.test(CERT_TOKEN))
      throw new CertError('ENVIRONMENT_INVALID', { name: 'CERT_TOKEN', detail: 'not-a-token' });
    return sealSession({ accessToken: CERT_TOKEN });
  },
});
