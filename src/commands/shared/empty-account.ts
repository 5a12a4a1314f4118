import type { Certificate } from '../../contract/schemas.ts';
import type { Context } from '../context.ts';

/** Why there is nothing to do: where the account holds no certificate at all, the possible reasons of that. */
export async function nothingBecause(
  { messages, portal }: Pick<Context, 'messages' | 'portal'>,
  all: readonly Certificate[],
  otherwise: string,
): Promise<string> {
  if (all.length > 0) return otherwise;
  return messages.list.empty((await (await portal()).meta()).helplines);
}
