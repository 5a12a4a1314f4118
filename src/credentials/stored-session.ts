import * as v from 'valibot';
import { type Session, session } from '../portal/contract/schemas.ts';

const storedSession = v.pipe(v.string(), v.parseJson(), v.pick(session, ['accessToken', 'expiresAt', 'holder']));

export type StoredSession = v.InferOutput<typeof storedSession>;

/** The secret that keeps a session: what later runs need of it, as JSON. */
export const sealSession = ({ accessToken, expiresAt, holder }: Session): string =>
  JSON.stringify({ accessToken, expiresAt, holder });

/** The session in a secret; undefined when it holds none, whoever wrote it. */
export function unsealSession(secret: string): StoredSession | undefined {
  const { success, output } = v.safeParse(storedSession, secret);
  return success ? output : undefined;
}
