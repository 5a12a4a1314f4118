/** The secrets in what is sent to a portal, and in what it answers. */
import type { Learning } from '../domain/known-secrets.ts';

/** Fields whose value must not come back in another place: an answer may repeat what was sent, in a header too. */
const SECRET_FIELDS = new Set(['password', 'accessToken', 'idNumber', 'phone', 'answer']);

export interface FoundSecret extends Learning {
  readonly secret: string;
}

/** With a stack of its own: a portal may nest deeper than calls can. */
export function* secretsIn(body: unknown, more?: string): Generator<FoundSecret> {
  const left = [body];
  for (let value = left.pop(); value !== undefined; value = left.pop())
    for (const [name, member] of Object.entries(value ?? {})) {
      if (typeof member === 'object') left.push(member);
      else if (typeof member === 'string' && (SECRET_FIELDS.has(name) || name === more) && member !== '')
        yield { secret: member, isToken: name === 'accessToken' };
    }
}

/** The secrets that a request carries. `more` is a further field that counts as one. */
export function* secretsOf(
  { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body?: string | undefined },
  more?: string,
): Generator<FoundSecret> {
  const token = headers.authorization?.replace(/^Bearer /, '');
  if (token) yield { secret: token, isToken: true };
  if (body !== undefined) yield* secretsIn(parsed(body), more);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
