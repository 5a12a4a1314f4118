import * as v from 'valibot';
import { session } from '../contract/schemas.ts';
import type { KeptSession } from '../ports/sessions.ts';

const { accessToken, expiresAt, holder } = session.entries;

const storedSession = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ accessToken, expiresAt: v.exactOptional(expiresAt), holder }),
);

/** The secret that keeps a session: what later runs need of it, as JSON. */
export const sealSession = ({ accessToken, expiresAt, holder }: KeptSession): string =>
  JSON.stringify({ accessToken, expiresAt, holder });

/** The session in a secret; undefined when it holds none, whoever wrote it. */
export function unsealSession(secret: string): KeptSession | undefined {
  const { success, output } = v.safeParse(storedSession, secret);
  return success ? output : undefined;
}
