/** The secrets in what is sent to a portal, and in what it answers. */
import type { Learning } from '../domain/known-secrets.ts';

/** Fields whose value must not come back in another place: an answer may repeat what was sent, in a header too. */
const SECRET_FIELDS = new Set(['password', 'accessToken', 'idNumber', 'phone', 'answer']);

/** Nothing longer is one. */
const MOST_CHARACTERS = 1_500;
/** No request or answer of the contract has as many, and each makes the search for all of them slower. */
const MOST_SECRETS = 20;

export interface FoundSecret extends Learning {
  readonly secret: string;
}

/** The first twenty, each of at most 1,500 characters. With a stack of its own: a portal may nest deeper than calls can. */
export function* secretsIn(body: unknown, more?: string): Generator<FoundSecret> {
  const isSecret = (name: string, text: string) =>
    (SECRET_FIELDS.has(name) || name === more) && text !== '' && text.length <= MOST_CHARACTERS;
  const left = [body];
  let found = 0;
  for (let value = left.pop(); value !== undefined; value = left.pop())
    for (const [name, member] of Object.entries(value ?? {})) {
      if (typeof member === 'object') left.push(member);
      else if (typeof member === 'string' && isSecret(name, member)) {
        yield { secret: member, isToken: name === 'accessToken' };
        found += 1;
        if (found === MOST_SECRETS) return;
      }
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
